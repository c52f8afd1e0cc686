import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, pressSave, pressUntil, toast } from "../simulators/merchant.ts";
import { PRODUCTS } from "../simulators/shopify/shop-seeds.ts";
import {
  expectFitForReading,
  type Merchant,
  merchantsOf,
  openFromNavigation,
  openMerchantScene,
} from "./merchant-scene.ts";
import type { ShopScene } from "./shop-scene.ts";

// The days after, in each language: a save that meets another one, a save whose connection drops, and the question why
// an order was not sent. The order comes last, since a save asks first where it would change what orders send.

const MERCHANTS = merchantsOf("asks");

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openMerchantScene(MERCHANTS);
  admin = scene.admin;
  frame = appFrame(admin);
});
afterAll(() => scene.close());

async function openSettings(page: Page, { store, words }: Merchant): Promise<void> {
  await page.goto(adminUrl(store, "/app/settings/advanced"));
  await appFrame(page).getByLabel(words.text("settings.wait")).waitFor();
}

async function savedWait({ store }: Merchant): Promise<unknown> {
  const shown: unknown = JSON.parse(await scene.runShop("show", "--shop", `${store}.myshopify.com`, "--json"));
  return (shown as { readonly settings: Record<string, unknown> }).settings["contextWaitSeconds"];
}

/** The browser writes a line of its own about a request that failed. */
const expectOneFailure = (how: string): void =>
  expect(scene.merchant.consoleErrors.splice(0)).toEqual([expect.stringContaining(how)]);

const isSave = (url: URL): boolean => url.pathname.startsWith("/app/settings");

describe.each(MERCHANTS)("a merchant who reads $language", (merchant) => {
  const { store, words, pixel } = merchant;
  const waitField = (page: Page) => appFrame(page).getByLabel(words.text("settings.wait"));

  beforeAll(async () => {
    await openApp(admin, store);
    const { metaPixelId, token } = pixel;
    await scene.runShop("connect", "--shop", `${store}.myshopify.com`, "--pixel", metaPixelId, "--token", token);
  });
  beforeEach(() => openSettings(admin, merchant));
  afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

  test("who saves in two tabs is shown both choices, and saves the later one by saying so", async () => {
    const other = await admin.context().newPage();
    await openSettings(other, merchant);
    await waitField(admin).fill("61");
    await waitField(other).fill("62");
    await pressSave(other);
    await toast(other, words.text("settings.toast.saved"));
    await other.close();
    await pressSave(admin);
    await toast(admin, words.text("settings.toast.superseded"));
    const clash = frame.getByRole("row").filter({ hasText: words.text("settings.wait") });
    expect((await clash.innerText()).match(/\d+/g)).toEqual(["62", "61"]);
    expect(await waitField(admin).inputValue()).toBe("61");
    expect(await savedWait(merchant)).toBe(62);
    expectOneFailure("409 (Conflict)");
    await expectFitForReading(admin, merchant);
    await frame.getByRole("button", { name: words.text("settings.superseded.keep-mine") }).click();
    await toast(admin, words.text("settings.toast.saved"));
    await expect.poll(() => savedWait(merchant)).toBe(61);
  });

  test("whose connection drops while saving keeps what was typed, is told so, and saves it with the next try", async () => {
    await waitField(admin).fill("1");
    await admin.route(isSave, (route) =>
      route.request().method() === "POST" ? route.abort("connectionreset") : route.continue(),
    );
    await pressSave(admin);
    await toast(admin, words.text("settings.toast.lost"));
    const lost = frame.getByText(words.text("settings.lost"));
    await lost.waitFor();
    expect(await waitField(admin).inputValue()).toBe("1");
    expect(await savedWait(merchant)).not.toBe(1);
    await expectFitForReading(admin, merchant);
    expectOneFailure("net::ERR_CONNECTION_RESET");

    await admin.unroute(isSave);
    await pressSave(admin);
    await toast(admin, words.text("settings.toast.saved"));
    await lost.waitFor({ state: "detached" });
    await expect.poll(() => savedWait(merchant)).toBe(1);
  });

  test("who looks up #1001 learns why it was not sent", async () => {
    const lines = [{ variantId: PRODUCTS[0]?.variants[0]?.id ?? "", quantity: 1 }];
    const order = scene.stack.shopify.placeOrder(store, { lines, country: "DE" });
    expect(order.number).toBe(1001);
    await openFromNavigation(admin, "events", merchant);
    const search = frame.getByRole("search", { name: words.text("events.search") });
    await search.getByLabel(words.text("events.search.label")).fill("#1001");
    await pressUntil(
      search.getByRole("button", { name: words.text("events.search.button") }),
      frame.getByRole("heading", { level: 1, name: words.text("orderPage.heading", { order: "#1001" }) }),
    );
    const line = frame.getByRole("listitem").filter({ hasText: "Purchase" }).first();
    // A decision waits for the shopper's browser first.
    await expect
      .poll(async () => {
        await admin.reload();
        return line.innerText();
      })
      .toContain(words.text("reasons.consent-required-and-unknown"));
    await line.getByText(words.text("states.event.withheld.label")).waitFor();
    await expectFitForReading(admin, merchant);
    const ids = scene.stack.meta.received().map(({ eventId }) => eventId);
    expect(ids).not.toContain(`purchase.${store}.${order.id}`);
  });
});
