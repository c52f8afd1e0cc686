import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { newShopper, type Shopper } from "../simulators/browser.ts";
import { openApp, openAppPage, sendPixelForm, switchEmbedOn, toast } from "../simulators/merchant.ts";
import { PIXEL } from "../simulators/stack.ts";
import { bothLegs, choose, openShopScene, shopUrl, type ShopScene } from "./shop-scene.ts";

export const STORE = "tandem-demo";
export const MUG = "/products/stoneware-mug";

export type Mode = "pixel" | "embed" | "lite";

/** A shop with one pixel and the embed on, and one shopper after another. */
export async function openStorefront() {
  const scene = await openShopScene();
  const { admin, stack } = scene;
  await openApp(admin, STORE);
  await openAppPage(admin, "Settings");
  await sendPixelForm(admin, PIXEL);
  await toast(admin, /Meta accepts the token/);
  await switchEmbedOn(admin, STORE);
  return {
    scene,
    /** In pixel mode the embed is off, as it is right after an install. */
    setMode: (storefrontMode: Mode): Promise<void> => {
      stack.shopify.setEmbeds(STORE, storefrontMode !== "pixel");
      return choose(STORE, { storefrontMode, contextWaitSeconds: 5 }, scene);
    },
    /** Meta forgets; a shopper comes, from where nobody is asked for consent, with a browser that may reach less. */
    visitor: async (from: { readonly browser?: Browser; readonly region?: string } = {}): Promise<Visitor> => {
      stack.meta.reset();
      return aVisitor(scene, from);
    },
  };
}

export type Visitor = {
  readonly shopper: Shopper;
  readonly page: Page;
  /** The address of everything that the shopper's browser asked for. */
  readonly requests: readonly string[];
  readonly hosts: () => readonly string[];
  readonly visit: (path: string) => Promise<unknown>;
  readonly arrived: (name: string, count?: number) => Promise<void>;
  /** Nothing arrived on one leg alone, twice or with other words, and the page's console is quiet. */
  readonly expectPairsOnly: () => void;
  readonly close: () => Promise<void>;
};

async function aVisitor(
  scene: ShopScene,
  { browser = scene.browser, region = "US" }: { readonly browser?: Browser; readonly region?: string },
): Promise<Visitor> {
  const shopper = await newShopper(browser);
  const requests: string[] = [];
  await shopper.context.addCookies([{ name: "simulator_region", value: region, url: shopUrl(STORE, "/") }]);
  shopper.context.on("request", (request) => requests.push(request.url()));
  const page = await shopper.context.newPage();
  return {
    shopper,
    page,
    requests,
    hosts: () => requests.map((url) => new URL(url).host),
    visit: (path) => page.goto(shopUrl(STORE, path)),
    arrived: (name, count = 1) => bothLegs(name, scene, count),
    expectPairsOnly: () => {
      const events = scene.stack.meta.received();
      expect(events.filter(({ merged, differences }) => !merged || differences.length > 0)).toEqual([]);
      expect(events.filter(({ browserCopies, serverCopies }) => browserCopies !== 1 || serverCopies !== 1)).toEqual([]);
      expect(scene.stack.meta.malformed()).toEqual([]);
      expect([...shopper.consoleErrors, ...shopper.failedRequests]).toEqual([]);
    },
    close: () => shopper.close(),
  };
}
