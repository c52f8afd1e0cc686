import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { anOutsideWorld, type OutsideWorld } from "../support/outside-world.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1111111111111111", token: "EAAplain0token" };

let meta: MetaSimulator;
let outside: OutsideWorld;
const alerts: string[] = [];
let app: TestApp;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  outside = await anOutsideWorld((_path, text) => alerts.push(text));
  app = await startTestApp({
    dataDir: "memory://",
    graphUrl: meta.httpUrl,
    environment: { TANDEM_ALERT_WEBHOOK_URL: outside.url, TANDEM_ALERT_SECRET: "a secret that signs the alerts" },
  });
});
afterAll(async () => {
  await app.close();
  await meta.close();
  await outside.close();
});
beforeEach(() => meta.faults.clear());

const ports = () => adminPorts(app.opened, { by: "shopify-user 1", role: "owner" });
/** What the page learns once Meta has answered; the first question is answered before. */
async function checked(shop: ShopDomain, pixelId: string): Promise<unknown> {
  expect(await ports().checkPixel(shop, pixelId)).toEqual({ state: "running" });
  return vi.waitFor(async () => {
    const work = await ports().checkPixel(shop, pixelId);
    if (work.state === "running") throw new Error("Meta has not answered yet");
    return work.result;
  }, PATIENCE_MS);
}
const viewOf = (shop: ShopDomain) => ports().setup(shop);

/** A shop with a pixel that nobody has checked, as a restored or an imported one is. */
async function anUncheckedShop() {
  const shop = app.domain(await app.connectedShop({ metaPixelId: "2222222222222222", token: "EAAother" }));
  const { id } = await app.opened.settings.connect(shop, { ...PIXEL, testEventCode: "TEST1" });
  return { shop, id };
}

test("a token that Meta accepts is confirmed by the check, which touches nothing else", async () => {
  const { shop, id } = await anUncheckedShop();
  expect((await viewOf(shop)).facts.unconfirmedPixels).toContain(PIXEL.metaPixelId);

  expect(await checked(shop, id)).toEqual({ kind: "checked", answer: "valid" });

  const { facts, profile } = await viewOf(shop);
  expect(facts.unconfirmedPixels).not.toContain(PIXEL.metaPixelId);
  expect(profile.pixels).toContainEqual(expect.objectContaining({ id, state: "active", testEventCode: "TEST1" }));
});

test("an expired token blocks the pixel, with that reason, and a token that is right again mends it", async () => {
  const { shop, id } = await anUncheckedShop();
  const pixel = async () => (await viewOf(shop)).profile.pixels.find((one) => one.id === id);
  meta.faults.next({ kind: "token-expired" });

  expect(await checked(shop, id)).toEqual({ kind: "checked", answer: "refused" });
  expect(await pixel()).toMatchObject({
    state: "blocked",
    stateReason: expect.stringContaining("has expired") as string,
  });

  expect(await checked(shop, id)).toEqual({ kind: "checked", answer: "valid" });
  expect(await pixel()).toMatchObject({ state: "active", stateReason: null });
});

test("the operator is alerted to what a check found, as to what the daily one finds", async () => {
  const { shop, id } = await anUncheckedShop();
  meta.faults.next({ kind: "token-expired" });
  await checked(shop, id);
  await checked(shop, id);

  const kinds = () =>
    alerts.filter((alert) => alert.includes(shop)).map((alert) => /"kind":"([a-z-]+)"/.exec(alert)?.[1]);
  await expect.poll(() => kinds().sort()).toEqual(["pixel-blocked", "pixel-mended"]);
});

test("no answer of Meta, and a pixel of another shop, change nothing", async () => {
  const { shop, id } = await anUncheckedShop();
  const other = await anUncheckedShop();
  meta.faults.next({ kind: "connection-reset" });

  expect(await checked(shop, id)).toEqual({ kind: "checked", answer: "unreachable" });
  expect(await checked(other.shop, id)).toEqual({ kind: "no-such-pixel" });
  expect(await checked(shop, "not-a-uuid")).toEqual({ kind: "no-such-pixel" });

  const { facts, profile } = await viewOf(shop);
  expect(facts.unconfirmedPixels).toContain(PIXEL.metaPixelId);
  expect(profile.pixels.map(({ state }) => state)).not.toContain("blocked");
});
