import type { FrameLocator, Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, openAppPage, sendPixelForm, toast } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "checks";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await openAppPage(admin, "Settings");
});
afterAll(() => scene.close());

const card = () => frame.getByRole("region", { name: `Pixel ${PIXEL.metaPixelId}`, exact: true });

/** The card says that Meta is being asked before it says what Meta answers, without the page being opened again. */
async function checkNow(says: RegExp): Promise<void> {
  const asked = card().getByText("Being checked").waitFor();
  await card().getByRole("button", { name: "Check now" }).click();
  await asked;
  await toast(admin, says);
  await card().getByText("Being checked").waitFor({ state: "detached" });
}

test("an address of Events Manager is as good as the number in it", async () => {
  const address = `https://business.facebook.com/events_manager2/list/dataset/${PIXEL.metaPixelId}/overview?business_id=99`;
  await frame.getByLabel("Pixel ID").fill(address);
  await frame.getByText(`This address names the pixel ${PIXEL.metaPixelId}.`).waitFor();
  await sendPixelForm(admin, { ...PIXEL, metaPixelId: address });
  await toast(admin, /Meta accepts the token/);
  await card().getByText("Sending").waitFor();
});

test("a check tells a wrong token from an expired one, and mends the pixel once the token is right", async () => {
  const { faults } = scene.stack.meta;
  faults.next({ kind: "error", status: 400, code: 190, message: "Malformed access token" });
  await checkNow(/Meta does not accept the token/);
  await card()
    .getByText(/does not accept/)
    .waitFor();
  expect(await card().innerText()).not.toMatch(/has expired/);

  await checkNow(/Meta accepts the token/);
  await card().getByText("Sending").waitFor();

  faults.next({ kind: "token-expired" });
  await checkNow(/Meta does not accept the token/);
  await card()
    .getByText(/has expired/)
    .waitFor();

  await checkNow(/Meta accepts the token/);
  await card().getByText("Sending").waitFor();
  expect(scene.merchant.consoleErrors).toEqual([]);
});

test("a token is stored while Meta holds its answer, and every tab shows that Meta is being asked", async () => {
  const { faults } = scene.stack.meta;
  const otherTab = await admin.context().newPage();
  const home = await openApp(otherTab, STORE);
  await admin.bringToFront();

  faults.set({ kind: "timeout" });
  await sendPixelForm(admin, PIXEL);
  await toast(admin, "Pixel stored. Meta is being asked about the token");
  await card().getByText("Being checked").waitFor();
  await otherTab.reload();
  await home.getByText(`Meta is being asked about the token of pixel ${PIXEL.metaPixelId}`).waitFor();

  // Both tabs learn how it ended by themselves, and what Meta did not confirm is not green.
  await toast(admin, "Pixel connected, but Meta could not be reached to check it");
  await card().getByText("Not checked yet").waitFor();
  await home.getByText(`Meta has not confirmed the token of pixel ${PIXEL.metaPixelId}`).waitFor();
  await otherTab.close();

  faults.clear();
  await checkNow(/Meta accepts the token/);
  await card().getByText("Sending").waitFor();
  expect(scene.merchant.consoleErrors).toEqual([]);
});

test("a tab whose timers stood still in the background learns at its return how a check ended", async () => {
  const { faults } = scene.stack.meta;
  const asking = await admin.context().newPage();
  await asking.clock.install();
  const home = await openApp(asking, STORE);
  await openAppPage(asking, "Settings");
  const pixel = home.getByRole("region", { name: `Pixel ${PIXEL.metaPixelId}`, exact: true });
  await pixel.getByText("Sending").waitFor();

  // Meta keeps the page waiting, and its next question would come on a timer.
  faults.set({ kind: "timeout" });
  await asking.clock.pauseAt((await asking.evaluate(() => Date.now())) + 60_000);
  await pixel.getByRole("button", { name: "Check now" }).click();
  await pixel.getByText("Being checked").waitFor();

  // Each return asks once, and one of them is the first after the end of the check.
  const comeBack = () =>
    home.locator("body").evaluate(({ ownerDocument }) => ownerDocument.dispatchEvent(new Event("visibilitychange")));
  await expect
    .poll(
      async () => {
        await comeBack();
        return pixel.innerText();
      },
      { interval: 500 },
    )
    .toContain("Sending");
  await toast(asking, "Not checked: Meta could not be reached");
  faults.clear();
  await asking.close();
  expect(scene.merchant.consoleErrors).toEqual([]);
});

test("a page that is opened while a check ends is shown", async () => {
  const [opened, checked] = [aGate(), aGate()];
  const after = (gate: Gate) => async (route: Route) => {
    await gate.opening;
    await route.continue();
  };
  await admin.goto(adminUrl(STORE, "/app/settings"));
  await card().getByText("Sending").waitFor();
  await admin.route(/pixel-check/, after(opened));
  // The list of routes, if a page has to ask for it, and the other page's data.
  await admin.route(/__manifest|storefront-events\.data/, after(checked));

  await card().getByRole("button", { name: "Check now" }).click();
  await card().getByText("Being checked").waitFor();
  const link = frame.getByRole("link", { name: "Storefront events" });
  const answered = admin.waitForResponse(/pixel-check/);
  await link.click();
  opened.open();
  await answered;
  checked.open();
  await frame.getByRole("heading", { level: 1, name: "Settings: Storefront events" }).waitFor();
  await admin.unrouteAll({ behavior: "wait" });
});

type Gate = ReturnType<typeof aGate>;

function aGate() {
  let open = (): void => undefined;
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opening, open: () => open() };
}
