import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { anOutsideWorld, type OutsideWorld } from "../support/outside-world.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { anAttempt } from "../support/store-scenes.ts";
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
/** Asks until the check under way has ended. */
async function endOfCheck(shop: ShopDomain, pixelId: string): Promise<unknown> {
  return vi.waitFor(async () => {
    const work = await ports().checkPixel(shop, pixelId);
    if (work.state === "running") throw new Error("Meta has not answered yet");
    return work.result;
  }, PATIENCE_MS);
}
/** What the page learns once Meta has answered; the first question is answered before. */
async function checked(shop: ShopDomain, pixelId: string): Promise<unknown> {
  expect(await ports().checkPixel(shop, pixelId)).toEqual({ state: "running" });
  return endOfCheck(shop, pixelId);
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

  expect(await checked(shop, id)).toMatchObject({ kind: "checked", answer: "refused", problems: [{ field: "token" }] });
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

/** What the pixel's form sends. */
const connect = (shop: ShopDomain, token = "", pixelId = PIXEL.metaPixelId) =>
  ports().connectPixel(shop, { pixelId, token, testEventCode: "" });

const idOf = (connected: Awaited<ReturnType<typeof connect>>): string =>
  connected.kind === "connected" ? connected.pixelId : "";

test("connecting is answered while Meta holds its answer, and every page shows that Meta is being asked", async () => {
  const shop = app.domain(await app.connectedShop({ metaPixelId: "2222222222222222", token: "EAAother" }));
  meta.faults.set({ kind: "timeout" });

  const connected = await connect(shop, PIXEL.token);

  expect(connected).toEqual({ kind: "connected", pixelId: expect.any(String) as string });
  const id = idOf(connected);
  expect(await ports().checkPixel(shop, id)).toEqual({ state: "running" });
  expect((await viewOf(shop)).facts).toMatchObject({
    pixelsBeingChecked: [PIXEL.metaPixelId],
    unconfirmedPixels: expect.arrayContaining([PIXEL.metaPixelId]) as string[],
  });

  // The second token's check does not wait for the first one's.
  meta.faults.clear();
  await connect(shop, PIXEL.token);
  expect(await endOfCheck(shop, id)).toEqual({ kind: "checked", answer: "valid" });
  const { facts } = await viewOf(shop);
  expect(facts.pixelsBeingChecked).toEqual([]);
  expect(facts.unconfirmedPixels).not.toContain(PIXEL.metaPixelId);
});

test.each([
  ["a token that Meta does not know", { kind: "error", status: 400, code: 190 }, "token"],
  ["a pixel that the token does not belong to", { kind: "error", status: 400, code: 100, subcode: 33 }, "pixelId"],
] as const)("%s blocks what was stored, at the field that is wrong", async (_, fault, field) => {
  const shop = app.domain(await app.connectedShop({ metaPixelId: "2222222222222222", token: "EAAother" }));
  meta.faults.set(fault);
  const id = idOf(await connect(shop, PIXEL.token));

  expect(await endOfCheck(shop, id)).toMatchObject({ kind: "checked", answer: "refused", problems: [{ field }] });
  const pixel = async () => (await viewOf(shop)).profile.pixels.find((one) => one.id === id);
  expect(await pixel()).toMatchObject({ state: "blocked", hasToken: true });

  // Sent again without a token, the refusal of the stored one stands until Meta takes it back.
  await connect(shop);
  expect(await pixel()).toMatchObject({ state: "blocked" });
  expect(await endOfCheck(shop, id)).toMatchObject({ answer: "refused" });
  meta.faults.clear();
  await connect(shop);
  expect(await endOfCheck(shop, id)).toEqual({ kind: "checked", answer: "valid" });
  expect(await pixel()).toMatchObject({ state: "active", stateReason: null });
});

test("what Meta said of the earlier token says nothing about the one that replaces it", async () => {
  const { shop, id } = await anUncheckedShop();
  expect(await checked(shop, id)).toEqual({ kind: "checked", answer: "valid" });
  await app.opened.events.recordAttempt({ ...anAttempt(shop, id), startedAt: new Date() });
  meta.faults.set({ kind: "connection-reset" });

  await connect(shop, "EAAanother0token");

  expect(await endOfCheck(shop, id)).toEqual({ kind: "checked", answer: "unreachable" });
  const { facts } = await viewOf(shop);
  expect(facts.unconfirmedPixels).toContain(PIXEL.metaPixelId);
  expect(facts.pixelsBeingChecked).toEqual([]);
});

test("a check that no process ends is not shown for ever, and the worker's next round makes it", async () => {
  const { shop, id } = await anUncheckedShop();
  const { prisma } = app.opened.database;
  await app.opened.settings.startCheck(shop, id);
  expect((await viewOf(shop)).facts.pixelsBeingChecked).toEqual([PIXEL.metaPixelId]);

  const longAgo = new Date(Date.now() - 60_000);
  await prisma.pixel.update({ where: { shop, id }, data: { checkingSince: longAgo } });
  expect((await viewOf(shop)).facts.pixelsBeingChecked).toEqual([]);
  const due = { activeMs: 86_400_000, blockedMs: 86_400_000, limit: 1_000, now: new Date() };
  expect(await app.opened.settings.takeUnchecked(due)).toContainEqual(expect.objectContaining({ id }));
});
