import type { Browser, Page } from "playwright-core";
import { expect, vi } from "vitest";
import { askControlSocket } from "../../app/cli/control-socket.server.ts";
import { launchChromium, newShopper, type Shopper } from "../simulators/browser.ts";
import { adminUrl, appFrame } from "../simulators/merchant.ts";
import type { ReceivedEvent } from "../simulators/meta/event-ledger.ts";
import { addToCart, answerBanner, pay } from "../simulators/shopper.ts";
import type { ShopSeed } from "../simulators/shopify/shop-seeds.ts";
import { type Stack, startStack } from "../simulators/stack.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { PATIENCE_MS } from "../support/patience.ts";

/** The app, both platforms, a browser, and a merchant in front of the admin. */
export type ShopScene = {
  readonly stack: Stack;
  readonly browser: Browser;
  readonly merchant: Shopper;
  /** The merchant's tab. */
  readonly admin: Page;
  /** `npm run shop` with these arguments, answered by the running app; throws with its words where it refuses. */
  readonly runShop: (...argv: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
};

export type SceneOptions = {
  readonly shops?: readonly ShopSeed[];
  /** For the app's environment. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function openShopScene(options: SceneOptions = {}): Promise<ShopScene> {
  const folder = await aMigratedDataFolder();
  const stack = await startStack({ dataDir: folder.path, ...options });
  const browser = await launchChromium({ hosts: stack.hosts });
  const merchant = await newShopper(browser);
  return {
    stack,
    browser,
    merchant,
    admin: await merchant.context.newPage(),
    runShop: async (...argv) => {
      const answer = await askControlSocket(folder.path, argv);
      if (answer?.exitCode !== 0) throw new Error(answer?.stderr ?? "the app does not answer on its control socket");
      return answer.stdout;
    },
    close: async () => {
      await browser.close();
      await stack.close();
      await folder.remove();
    },
  };
}

export const shopUrl = (store: string, path = ""): string => `https://${store}.myshopify.com${path}`;

/** The address of a visitor who is not asked for consent. */
export const WITHOUT_BANNER = "simulator_region=US";

/** What the web pixel runs with. The app publishes to it last, after the theme's metafield. */
export function publishedTo(store: string, { stack }: ShopScene): Readonly<Record<string, unknown>> {
  const config = stack.shopify.shop(store).installation.webPixel?.settings["config"] ?? "{}";
  // Written by the app under test; what is wrong in it shows in the expectations.
  return JSON.parse(config) as Record<string, unknown>;
}

type StorefrontChoice = { readonly storefrontMode: "pixel" | "embed" | "lite"; readonly contextWaitSeconds: number };

/** Saves these settings, and waits until the browsers get them. The admin's form has tests of its own. */
export async function choose(store: string, choice: StorefrontChoice, scene: ShopScene): Promise<void> {
  const { storefrontMode, contextWaitSeconds } = choice;
  const version = (): number => Number(publishedTo(store, scene)["version"] ?? 0);
  const before = version();
  const options = ["--storefront-mode", storefrontMode, "--context-wait", String(contextWaitSeconds)];
  await scene.runShop("set", "--shop", `${store}.myshopify.com`, ...options);
  await vi.waitFor(() => expect(version()).toBeGreaterThan(before), PATIENCE_MS);
}

export const received = (name: string, { stack }: Pick<ShopScene, "stack">): ReceivedEvent[] =>
  stack.meta.received().filter(({ eventName }) => eventName === name);

/** Waits until Meta has counted so many events of a name, each from both legs. */
export const bothLegs = (name: string, scene: Pick<ShopScene, "stack">, count = 1): Promise<void> =>
  vi.waitFor(() => {
    const merged = received(name, scene).filter((event) => event.merged);
    expect(merged.length, `${name} events from both legs`).toBe(count);
  }, PATIENCE_MS);

/** What the merchant reads in the ledger about an order; empty while it says nothing. */
export async function ledgerLine(store: string, orderId: string, { admin }: ShopScene): Promise<string> {
  await admin.goto(adminUrl(store, `/app/events?order=${orderId}`));
  const toItsPage = admin.locator(`[href*="/app/orders/${orderId}"]`);
  const row = appFrame(admin).getByRole("row").filter({ has: toItsPage });
  await row.or(appFrame(admin).getByText("No event matches")).first().waitFor();
  return (await row.count()) === 0 ? "" : row.innerText();
}

export type Purchasing = {
  readonly store: string;
  readonly product?: string;
  readonly query?: string;
  readonly banner?: "Accept";
  readonly quantity?: number;
  readonly payment?: Parameters<typeof pay>[1];
};

/**
 * From a product to the thank-you page. The shopper stays on each page until Meta has its event from both legs, and
 * leaves the checkout at once. Returns the order's id.
 */
export async function buy(page: Page, purchasing: Purchasing, scene: ShopScene): Promise<string> {
  const { store, product = "stoneware-mug", query = "", banner, quantity = 1, payment } = purchasing;
  await page.goto(shopUrl(store, `/products/${product}?${query}`));
  if (banner) await answerBanner(page, banner);
  await bothLegs("ViewContent", scene);
  await addToCart(page, quantity);
  await bothLegs("AddToCart", scene);
  await page.goto(shopUrl(store, "/checkout"));
  await bothLegs("InitiateCheckout", scene);
  return pay(page, payment);
}
