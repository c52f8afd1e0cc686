import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  appFrame,
  openApp,
  openAppPage,
  openSettingsPage,
  pressSave,
  sendPixelForm,
  toast,
} from "../simulators/merchant.ts";
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { ledgerLine, openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "rules";
const VARIANT = PRODUCTS[0]?.variants[0]?.id ?? "";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await openAppPage(admin, "Settings");
  await sendPixelForm(admin, PIXEL);
  await toast(admin, /Meta accepts the token/);
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

const nameOfFocus = (): Promise<string | null> =>
  frame.locator("body").evaluate((body) => body.ownerDocument.activeElement?.getAttribute("name") ?? null);

const savedSettings = async (): Promise<unknown> =>
  JSON.parse(await scene.runShop("show", "--shop", `${STORE}.myshopify.com`, "--json"));

/** A sale at the till, to someone from where no consent is asked for: it waits for no browser. */
const sellAtTill = () =>
  scene.stack.shopify.placeOrder(STORE, { lines: [{ variantId: VARIANT, quantity: 2 }], source: "pos", country: "US" });

test("a rule entered in the form applies to the next sale, and a dry run of that sale shows it", async () => {
  await openSettingsPage(admin, "Advanced");
  const form = frame.getByRole("form", { name: "Advanced" });
  await form.getByRole("button", { name: "Add a rule" }).click();
  await pressSave(admin);
  await toast(admin, /Not saved/);
  await expect.poll(nameOfFocus).toBe("rules.0.value");
  await form.getByLabel("Rule 1: named").fill("pos");
  await form.getByLabel("Report OrderRefunded when an order is refunded").check();
  await pressSave(admin);
  await toast(admin, /Settings saved/);
  const rules = [{ action: "withhold", match: "channel", value: "pos" }];
  expect(await savedSettings()).toMatchObject({
    settings: { orders: { refundEvent: true, upsellEvent: false, rules } },
  });

  const sale = sellAtTill();
  await expect.poll(() => ledgerLine(STORE, sale.id, scene)).toMatch(/Not sent/);
  await openAppPage(admin, "Dry run");
  await frame.getByLabel("Order number").fill(`#${sale.number}`);
  await frame.getByRole("button", { name: "Try it" }).click();
  await frame.getByText("Your rule for channel pos.").waitFor();
  await expect.poll(() => scene.stack.meta.received()).toEqual([]);
});

/** The orders of the file's earlier sales would have gone another way, which the form says first. */
const saveAfterTheRehearsal = () => frame.getByRole("button", { name: "Save", exact: true }).click();

test("JSON without an order is refused at its field, which gets the focus", async () => {
  await openAppPage(admin, "Dry run");
  await frame.getByLabel("The order comes from").selectOption("pasted");
  await frame.getByLabel("Order as JSON").fill("{");
  await frame.getByRole("button", { name: "Try it" }).click();
  await frame.getByText("This is not JSON.").first().waitFor();
  await expect.poll(nameOfFocus).toBe("json");
});

test("the last rule can be removed, and the value setting shows the last order's value by each choice", async () => {
  const sale = sellAtTill();
  await expect.poll(() => ledgerLine(STORE, sale.id, scene)).toMatch(/Purchase/);
  await openAppPage(admin, "Settings");
  await openSettingsPage(admin, "Purchase");
  await frame.getByText(`Your latest order, #${sale.number}`).waitFor();
  const values = await frame.locator("tr[data-basis] td:nth-of-type(1)").allInnerTexts();
  expect(new Set(values).size).toBeGreaterThan(1);
  await openSettingsPage(admin, "Advanced");
  const form = frame.getByRole("form", { name: "Advanced" });
  await form.getByRole("button", { name: "Remove rule 1" }).click();
  await pressSave(admin);
  await saveAfterTheRehearsal();
  // Leaving sooner would ask.
  await admin.locator("#save-bar").waitFor({ state: "hidden" });
  expect(await savedSettings()).toMatchObject({ settings: { orders: { rules: [] } } });
});

test("events without an answer can be withheld in some regions, and the ledger shows the reason", async () => {
  await openAppPage(admin, "Settings");
  await openSettingsPage(admin, "Consent");
  const form = frame.getByRole("form", { name: "Consent" });
  await form.getByLabel("Orders without an answer").selectOption("regions");
  await form.getByLabel("Regions").fill("Europe");
  await pressSave(admin);
  await expect.poll(nameOfFocus).toBe("noAnswer");
  await form.getByLabel("Regions").fill("us");
  await pressSave(admin);
  await saveAfterTheRehearsal();
  await expect.poll(savedSettings).toMatchObject({ settings: { noAnswer: ["US"] } });
  const sale = sellAtTill();
  await expect
    .poll(() => ledgerLine(STORE, sale.id, scene))
    .toMatch(/Not sent[^]*chose not to send events without one/);
  expect(scene.stack.meta.received().map(({ eventId }) => eventId)).not.toContain(`purchase.${STORE}.${sale.id}`);
});
