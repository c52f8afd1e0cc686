import { isDeepStrictEqual } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect, vi } from "vitest";
import { newShopper, type Shopper } from "../simulators/browser.ts";
import { connectPixel, openApp, switchEmbedOn } from "../simulators/merchant.ts";
import { type ReceivedEvent, serverData } from "../simulators/meta/event-ledger.ts";
import { PIXEL } from "../simulators/stack.ts";
import { choose, openShopScene, type SceneOptions, shopUrl, type ShopScene } from "./shop-scene.ts";
import { PATIENCE_MS } from "../support/patience.ts";

export const STORE = "tandem-demo";
export const MUG = "/products/stoneware-mug";

export const MODES = ["pixel", "embed", "lite"] as const;
export type Mode = (typeof MODES)[number];

/** A shop with one pixel and the embed on, and one shopper after another. */
export async function openStorefront(options: SceneOptions = {}) {
  const scene = await openShopScene(options);
  const { admin, stack } = scene;
  await openApp(admin, STORE);
  await connectPixel(admin, PIXEL);
  await switchEmbedOn(admin, STORE);
  let chosen = "";
  let visitors = 0;
  return {
    scene,
    /** In pixel mode the embed is off, as it is right after an install, unless the merchant switched it on. */
    setMode: async (storefrontMode: Mode, wish: ModeWish = {}): Promise<void> => {
      const { contextWaitSeconds = PATIENT_S, embedOn = storefrontMode !== "pixel" } = wish;
      stack.shopify.setEmbeds(STORE, embedOn);
      const choice = { storefrontMode, contextWaitSeconds };
      if (JSON.stringify(choice) !== chosen) await choose(STORE, choice, scene);
      chosen = JSON.stringify(choice);
    },
    /** A shopper comes, from where nobody is asked for consent, with a browser of a version that nobody else has. */
    visitor: (wish: VisitorWish = {}): Promise<Visitor> => aVisitor(scene, { version: (visitors += 1), ...wish }),
  };
}

// An order waits for its receipt no longer than this; where the receipt comes, it does not wait.
const PATIENT_S = 60;

export type ModeWish = { readonly contextWaitSeconds?: number; readonly embedOn?: boolean };

export type VisitorWish = {
  readonly browser?: Browser;
  readonly region?: string;
  /** Hosts that this browser does not reach. The browser itself says so on the console; nobody else may say anything. */
  readonly unreachable?: readonly string[];
  /** Runs before the visitor's first page. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
};

export type Visitor = {
  readonly shopper: Shopper;
  readonly page: Page;
  /** The address of everything that the shopper's browser asked for. */
  readonly requests: readonly string[];
  /** The hosts of those requests that are not Shopify's. */
  readonly foreignHosts: () => readonly string[];
  readonly visit: (path: string) => Promise<unknown>;
  /** What Meta got of this visitor, on either leg; of one name, where one is given. */
  readonly received: (name?: string) => readonly ReceivedEvent[];
  /** Waits until so many events of a name have come from both legs. */
  readonly arrived: (name: string, count?: number) => Promise<void>;
  /** Waits until everything that arrived did so on both legs, once each and in the same words. */
  readonly expectPairsOnly: () => Promise<void>;
  /** Fails when any page wrote to its console, threw, or missed a request. */
  readonly close: () => Promise<void>;
};

async function aVisitor(scene: ShopScene, wish: VisitorWish & { readonly version: number }): Promise<Visitor> {
  const { browser = scene.browser, region = "US", unreachable = [], version, prepare } = wish;
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.${version}.0`;
  const shopper = await newShopper(browser, { userAgent });
  const requests: string[] = [];
  await shopper.context.addCookies([{ name: "simulator_region", value: region, url: shopUrl(STORE, "/") }]);
  shopper.context.on("request", (request) => requests.push(request.url()));
  await prepare?.(shopper.context);
  const page = await shopper.context.newPage();
  // Told by the browser, because a leg of the visitor before may still be on its way.
  const received = (name?: string): readonly ReceivedEvent[] =>
    scene.stack.meta
      .received()
      .filter((event) => userAgentOf(event) === userAgent && event.eventName === (name ?? event.eventName));
  return {
    shopper,
    page,
    requests,
    received,
    foreignHosts: () => requests.map((url) => new URL(url).host).filter((host) => !host.endsWith("shopify.com")),
    visit: (path) => page.goto(shopUrl(STORE, path)),
    arrived: (name, count = 1) =>
      vi.waitFor(() => {
        const merged = received(name).filter((event) => event.merged);
        const all = received().map(({ eventName, legs }) => `${eventName} (${legs.join(", ")})`);
        expect(merged.length, `${name} events from both legs, of ${all.join(", ")}`).toBe(count);
      }, PATIENCE_MS),
    expectPairsOnly: async () => {
      await vi.waitFor(() => expect(received().map(disagreement).filter(Boolean)).toEqual([]), PATIENCE_MS);
      expect(scene.stack.meta.malformed()).toEqual([]);
    },
    close: async () => {
      const noise = noiseOf(shopper, unreachable);
      await shopper.close();
      expect(noise, "what the pages' console and network said").toEqual([]);
    },
  };
}

const userAgentOf = ({ browser, server }: ReceivedEvent): unknown =>
  browser?.userAgent ?? (server && userDataOf(server.event)["client_user_agent"]);

/** What is wrong with an event that did not come from both legs once each, saying the same; null where it did. */
function disagreement({ browser, server, browserCopies, serverCopies, eventName }: ReceivedEvent): object | null {
  if (!browser || !server) return { eventName, browser: browser?.parameters, server: server?.event };
  const { customData, fbp } = browser;
  const sent = serverData(server) ?? {};
  const there = {
    customData: Object.fromEntries(Object.keys(customData).map((key) => [key, sent[key]])),
    fbp: userDataOf(server.event)["fbp"] ?? null,
    page: pageOf(server.event["event_source_url"]),
    copies: [1, 1],
  };
  const here = { customData, fbp, page: pageOf(browser.url), copies: [browserCopies, serverCopies] };
  return isDeepStrictEqual(here, there) ? null : { eventName, browser: here, server: there };
}

// Meta's own script tells the whole of an address that is plain; everything else tells it filtered.
const pageOf = (url: unknown): unknown => String(url).split("?")[0];

/** The server leg's `user_data`. */
export const userDataOf = (event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  // Meta's documented shape; the simulator refuses any other.
  event["user_data"] as Readonly<Record<string, unknown>>;

/** For the page: what a web pixel hears of the cookies in the first second comes late, and is what was there before the page. */
export function lateCookies(): void {
  const post = Reflect.get(Worker.prototype, "postMessage") as (this: Worker, message: object) => void;
  Worker.prototype.postMessage = function (this: Worker, message: { readonly kind?: string }) {
    const isEarly = message.kind === "answer" && performance.now() < 1000;
    setTimeout(() => post.call(this, isEarly ? { ...message, value: "" } : message), isEarly ? 300 : 0);
  };
}

/** The browser's own remark on a resource that it could not load. */
const UNLOADED = /^error: Failed to load resource: (?:net::ERR_|the server responded)/;

function noiseOf({ consoleLines, failedRequests }: Shopper, unreachable: readonly string[]): readonly string[] {
  const isExpected = (line: string): boolean =>
    unreachable.some((host) => /[:/]/.test(line.split(`//${host}`)[1] ?? ""));
  return [
    ...consoleLines.filter((line) => !(UNLOADED.test(line) && isExpected(line))),
    ...failedRequests.filter((line) => !isExpected(line)),
  ];
}
