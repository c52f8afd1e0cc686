import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  adminUrl,
  appFrame,
  openApp,
  openAppPage,
  openSettingsPage,
  pressDiscard,
  pressSave,
  toast,
} from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "saving";
const SETTINGS = adminUrl(STORE, "/app/settings/advanced");
const WAIT = "Maximum wait for browser data";
const DAYS = "Days that an order may wait to count";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
});
afterAll(() => scene.close());
beforeEach(() => openSettings(admin));

async function openSettings(page: Page): Promise<void> {
  await page.goto(SETTINGS);
  await appFrame(page).getByLabel(WAIT).waitFor();
}

const saved = async (): Promise<Record<string, unknown>> => {
  const shown: unknown = JSON.parse(await scene.runShop("show", "--shop", `${STORE}.myshopify.com`, "--json"));
  return (shown as { readonly settings: Record<string, unknown> }).settings;
};

test("the save bar appears with the first change, saves it, and goes", async () => {
  const bar = admin.locator("#save-bar");
  expect(await bar.isVisible()).toBe(false);
  await frame.getByLabel(WAIT).fill("31");
  await bar.waitFor();
  await pressSave(admin);
  await toast(admin, /Settings saved/);
  await bar.waitFor({ state: "hidden" });
  expect(await saved()).toMatchObject({ contextWaitSeconds: 31 });
});

test("discarding puts every field back, also one that other fields follow", async () => {
  await openSettingsPage(admin, "Purchase");
  const cards = frame.getByLabel("Gift cards");
  const before = await cards.inputValue();
  await cards.selectOption("leave-out");
  await frame.getByLabel("Send Purchase when").selectOption("tagged");
  await frame.getByLabel("Tag that makes an order count").fill("Confirmed");
  await pressDiscard(admin);
  await admin.locator("#save-bar").waitFor({ state: "hidden" });
  await expect.poll(() => cards.inputValue()).toBe(before);
  await expect.poll(() => frame.getByLabel("Send Purchase when").inputValue()).toBe("paid");
  await frame.getByLabel("Tag that makes an order count").waitFor({ state: "hidden" });
});

test("adding a rule is a change, which can be discarded", async () => {
  await frame.getByRole("button", { name: "Add a rule" }).click();
  await frame.getByLabel("Rule 1: named").waitFor();
  await pressDiscard(admin);
  await frame.getByLabel("Rule 1: named").waitFor({ state: "detached" });
});

test("leaving with changes asks: staying keeps them, and going loses them", async () => {
  const asked: string[] = [];
  let answer: "stay" | "leave" = "stay";
  const decide = (dialog: { message(): string; accept(): Promise<void>; dismiss(): Promise<void> }): void => {
    asked.push(dialog.message());
    void (answer === "leave" ? dialog.accept() : dialog.dismiss());
  };
  admin.on("dialog", decide);
  await frame.getByLabel(WAIT).fill("44");
  await admin.locator("#save-bar").waitFor();
  const link = admin.locator("#app-nav").getByRole("link", { name: "Events" });
  await link.click();
  await expect.poll(() => asked.length).toBe(1);
  expect(await frame.getByLabel(WAIT).inputValue()).toBe("44");
  answer = "leave";
  await link.click();
  await frame.getByRole("heading", { level: 1, name: "Events" }).waitFor();
  await admin.locator("#save-bar").waitFor({ state: "hidden" });
  admin.off("dialog", decide);
  await openAppPage(admin, "Settings");
  expect(asked).toHaveLength(2);
});

test.each([
  ["a connection that drops", "drop"],
  ["an answer of 500", "fail"],
] as const)("%s keeps everything typed and says so, and the next try saves it", async (_name, how) => {
  const next = how === "drop" ? "52" : "53";
  await frame.getByLabel(WAIT).fill(next);
  await frame.getByLabel(DAYS).fill("31");
  const isSave = (url: URL): boolean => url.pathname.startsWith("/app/settings");
  await admin.route(isSave, (route) => {
    if (route.request().method() !== "POST") return route.continue();
    return how === "drop" ? route.abort("connectionreset") : route.fulfill({ status: 500, body: "Unexpected" });
  });
  await pressSave(admin);
  await toast(admin, /Not saved/);
  await frame.getByText("Everything you typed is still here").waitFor();
  expect(await frame.getByLabel(WAIT).inputValue()).toBe(next);
  await admin.unroute(isSave);
  await pressSave(admin);
  await toast(admin, /Settings saved/);
  await frame.getByText("Everything you typed is still here").waitFor({ state: "detached" });
  await expect.poll(saved).toMatchObject({ contextWaitSeconds: Number(next), orders: { waitForPaymentDays: 31 } });
});

async function twoTabs(mine: string, theirs: string): Promise<void> {
  const other = await admin.context().newPage();
  await openSettings(other);
  await frame.getByLabel(WAIT).fill(mine);
  await appFrame(other).getByLabel(WAIT).fill(theirs);
  await pressSave(other);
  await toast(other, /Settings saved/);
  await other.close();
  await pressSave(admin);
  await toast(admin, /Not saved: somebody saved a newer version/);
}

/** What the form shows of both, in one line each. */
const clash = () => frame.getByRole("row").filter({ hasText: WAIT }).innerText();

test("of two tabs the later one is shown both choices, and saves its own only when it says so", async () => {
  await twoTabs("61", "62");
  expect((await clash()).match(/\d+/g)).toEqual(["62", "61"]);
  expect(await saved()).toMatchObject({ contextWaitSeconds: 62 });
  await frame.getByRole("button", { name: "Save mine" }).click();
  await toast(admin, /Settings saved/);
  await expect.poll(saved).toMatchObject({ contextWaitSeconds: 61 });
});

test("a form saves again and again, and never against its own earlier version", async () => {
  for (const seconds of ["81", "82", "83"]) {
    await frame.getByLabel(WAIT).fill(seconds);
    await pressSave(admin);
    await admin.locator("#save-bar").waitFor({ state: "hidden" });
    expect(await saved()).toMatchObject({ contextWaitSeconds: Number(seconds) });
  }
  expect(await frame.getByText("is newer than the one you see").count()).toBe(0);
});

/** Presses Save and holds it back, once it is on its way, until the returned function is called. */
async function holdSave(): Promise<() => Promise<void>> {
  const isSave = (url: URL): boolean => url.pathname.startsWith("/app/settings");
  let answer: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (answer = resolve));
  await admin.route(isSave, async (route) => {
    if (route.request().method() === "POST") await released;
    await route.continue();
  });
  // The press is a message of the admin to the app's frame: what is typed before it arrives is saved with it.
  const onItsWay = admin.waitForRequest((request) => request.method() === "POST" && isSave(new URL(request.url())));
  await pressSave(admin);
  await onItsWay;
  return async () => {
    answer();
    await toast(admin, /Settings saved/);
    await admin.unroute(isSave);
  };
}

test("what is typed while a save is on its way stays, and the next save takes it", async () => {
  await frame.getByLabel(WAIT).fill("91");
  const release = await holdSave();
  await frame.getByLabel(DAYS).fill("33");
  await release();
  expect(await frame.getByLabel(DAYS).inputValue()).toBe("33");
  expect(await frame.getByText("is newer than the one you see").count()).toBe(0);
  await pressSave(admin);
  await expect.poll(saved).toMatchObject({ contextWaitSeconds: 91, orders: { waitForPaymentDays: 33 } });
  await admin.locator("#save-bar").waitFor({ state: "hidden" });
});

test("a save pressed before the last one is answered is not lost, and is none against its own author", async () => {
  await frame.getByLabel(WAIT).fill("94");
  const release = await holdSave();
  await frame.getByLabel(DAYS).fill("35");
  await frame.getByRole("form", { name: "Advanced" }).evaluate((form) => (form as HTMLFormElement).requestSubmit());
  await release();
  await expect.poll(saved).toMatchObject({ contextWaitSeconds: 94, orders: { waitForPaymentDays: 35 } });
  await admin.locator("#save-bar").waitFor({ state: "hidden" });
  expect(await frame.getByText("is newer than the one you see").count()).toBe(0);
});

test("or takes the newer version", async () => {
  await twoTabs("71", "72");
  await frame.getByRole("button", { name: "Take the newer version" }).click();
  await expect.poll(() => frame.getByLabel(WAIT).inputValue()).toBe("72");
  await admin.locator("#save-bar").waitFor({ state: "hidden" });
  expect(await saved()).toMatchObject({ contextWaitSeconds: 72 });
});
