import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Claim, Settlement } from "../../app/outbox/types.ts";
import type { TestDatabase } from "../support/databases.ts";
import { after, anAttempt, aScene, claimAs, CONSENT, NOON, type Scene } from "../support/store-scenes.ts";

const settledAs = (settlement: Settlement) => (claim: Claim) => ({ claim, settlement, traceId: null, attemptIds: [] });
const DELIVERED = settledAs({ kind: "delivered" });
const REFUSED = settledAs({ kind: "refused", reason: "invalid-parameter" });

/** What the outbox promises from the decision to Meta's word, on any database. */
export function deliveryBattery(makeDatabase: () => Promise<TestDatabase>): void {
  describe("events on their way out", () => {
    let database: TestDatabase;
    const scene = (): Promise<Scene> => aScene(database);
    beforeAll(async () => void (database = await makeDatabase()));
    afterAll(() => database.close());

    test("a decision to send makes one delivery for each pixel, and is made once", async () => {
      const { store, event, send, pixel, row, deliveries } = await scene();
      const pixels = [await pixel(), await pixel()];
      await store.add(event(1), null);
      await store.decide([send(1, pixels)], NOON);
      await store.decide(
        [{ kind: "withhold", key: send(1, []).key, reason: "consent-browser-declined", consent: null }],
        NOON,
      );
      expect(await row(1)).toMatchObject({ state: "queued", reason: null, consent: CONSENT });
      const made = await deliveries(1);
      expect(made.map((delivery) => delivery.pixelId)).toEqual([...pixels].sort());
      expect(made.every((delivery) => delivery.state === "queued")).toBe(true);
    });

    test("a withheld event keeps its reason and no personal data", async () => {
      const { store, event, key, row, deliveries } = await scene();
      await store.add(event(1), null);
      await store.decide(
        [{ kind: "withhold", key: key(1), reason: "consent-required-and-unknown", consent: null }],
        NOON,
      );
      expect(await row(1)).toMatchObject({
        state: "withheld",
        reason: "consent-required-and-unknown",
        settledAt: NOON,
      });
      expect((await row(1)).body).toEqual({ ...event(1).body, user_data: {} });
      expect(await deliveries(1)).toEqual([]);
    });

    test("an event that Meta would refuse ends as refused, with its reason and without personal data", async () => {
      const { store, event, key, row } = await scene();
      await store.add(event(1), null);
      const refused = { kind: "withhold", ending: "refused", reason: "no-customer-data", consent: null } as const;
      await store.decide([{ ...refused, key: key(1) }], NOON);
      expect(await row(1)).toMatchObject({ state: "refused", reason: "no-customer-data", body: { user_data: {} } });
    });

    test("a blocked pixel's new deliveries are held, and an event without any pixel is withheld", async () => {
      const { store, event, send, pixel, row, deliveries } = await scene();
      await Promise.all([store.add(event(1), null), store.add(event(2), null)]);
      await store.decide([send(1, [await pixel("blocked")]), send(2, [crypto.randomUUID()])], NOON);
      expect(await deliveries(1)).toMatchObject([{ state: "held", reason: "blocked" }]);
      expect((await row(1)).state).toBe("queued");
      expect(await row(2)).toMatchObject({ state: "withheld", reason: "no-pixel", body: { user_data: {} } });
    });

    test("a pixel never gets another shop's event", async () => {
      const [mine, other] = [await scene(), await scene()];
      await mine.store.add(mine.event(1), null);
      await mine.store.decide([mine.send(1, [await other.pixel()])], NOON);
      expect(await mine.row(1)).toMatchObject({ state: "withheld", reason: "no-pixel" });
    });

    test("claims come in the order of the events, up to the limit, and never twice", async () => {
      const { store, pixel, queued, key, event } = await scene();
      const id = await pixel();
      await queued(5, [id]);
      const first = await store.claim(id, claimAs("one", { limit: 3 }));
      expect(first.map((claim) => claim.eventId)).toEqual([1, 2, 3].map((n) => key(n).eventId));
      expect(first[0]).toMatchObject({
        claimedBy: "one",
        attempts: 0,
        pixelId: id,
        eventTime: after(1_000),
        actionSource: "website",
        browserSentAt: null,
        lastReason: null,
      });
      expect(JSON.parse(first[0]?.json ?? "")).toEqual(event(1).body);
      expect(await store.claim(id, claimAs("two"))).toHaveLength(2);
      expect(await store.claim(id, claimAs("three"))).toEqual([]);
    });

    test("workers that claim at the same moment never share a delivery", async () => {
      const { store, pixel, queued } = await scene();
      const id = await pixel();
      await queued(120, [id]);
      const claimed = await Promise.all(
        Array.from({ length: 6 }, (_, n) => store.claim(id, claimAs(`worker-${n}`, { limit: 30 }))),
      );
      const ids = claimed.flat().map((claim) => claim.eventId);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await store.claim(id, claimAs("last"));
      expect(ids.length + rest.length).toBe(120);
    });

    test("a dead worker's claim is taken over, and its later result is not stored", async () => {
      const { store, pixel, queued, row, deliveries } = await scene();
      const id = await pixel();
      await queued(1, [id]);
      const dead = await store.claim(id, claimAs("dead", { until: after(60_000) }));
      expect(await store.claim(id, claimAs("early", { now: after(59_999) }))).toEqual([]);
      const heir = await store.claim(id, claimAs("heir", { now: after(60_000), until: after(120_000) }));
      expect(heir).toHaveLength(1);
      expect(await store.settle(dead.map(REFUSED), after(60_001))).toEqual({ settled: 0, lost: 1 });
      expect((await deliveries(1))[0]).toMatchObject({ state: "queued", claimedBy: "heir", attempts: 0 });
      expect(await store.settle(heir.map(DELIVERED), after(60_002))).toEqual({ settled: 1, lost: 0 });
      expect(await store.settle(heir.map(REFUSED), after(60_003))).toEqual({ settled: 0, lost: 1 });
      expect((await row(1)).state).toBe("delivered");
    });

    test("released claims can be claimed at once, but not another worker's", async () => {
      const { store, pixel, queued } = await scene();
      const id = await pixel();
      await queued(2, [id]);
      const [first, second] = await store.claim(id, claimAs("one"));
      if (!first || !second) throw new Error("two deliveries were queued");
      await store.release([first, { ...second, claimedBy: "someone else" }]);
      expect((await store.claim(id, claimAs("two"))).map((claim) => claim.eventId)).toEqual([first.eventId]);
    });

    test("an answer is stored with its attempts, and a retry waits until its time", async () => {
      const { store, pixel, queued, deliveries, shop, row } = await scene();
      const id = await pixel();
      await queued(1, [id]);
      const attempts = [await store.recordAttempt(anAttempt(shop, id)), await store.recordAttempt(anAttempt(shop, id))];
      const again = settledAs({ kind: "retry", at: after(5_000), reason: "meta-unavailable" });
      const first = (await store.claim(id, claimAs("one"))).map(again);
      await store.settle(
        first.map((one) => ({ ...one, attemptIds: attempts.slice(0, 1) })),
        NOON,
      );
      expect(await store.claim(id, claimAs("early", { now: after(4_999) }))).toEqual([]);
      const [claim] = await store.claim(id, claimAs("two", { now: after(5_000), until: after(9_000) }));
      expect(claim?.attempts).toBe(1);
      if (!claim) throw new Error("the retry was due");
      await store.settle([{ ...DELIVERED(claim), traceId: "T", attemptIds: attempts.slice(1) }], after(5_001));
      expect(await deliveries(1)).toMatchObject([
        { state: "delivered", reason: null, attempts: 2, attemptIds: attempts, traceId: "T", claimedBy: null },
      ]);
      expect(await row(1)).toMatchObject({ state: "delivered", reason: null, settledAt: after(5_001) });
    });

    test("an event ends as refused or expired if no pixel accepted it", async () => {
      const { store, pixel, queued, row } = await scene();
      const id = await pixel();
      await queued(2, [id]);
      const [first, second] = await store.claim(id, claimAs("one"));
      if (!first || !second) throw new Error("two deliveries were queued");
      const tooOld = settledAs({ kind: "expired", reason: "older-than-7-days" });
      await store.settle([REFUSED(first), tooOld(second)], NOON);
      expect(await row(1)).toMatchObject({ state: "refused", reason: "invalid-parameter" });
      expect(await row(2)).toMatchObject({ state: "expired", reason: "older-than-7-days" });
    });

    test("an event with two pixels ends with the second, and is delivered if one delivery was", async () => {
      const { store, pixel, queued, row } = await scene();
      const [a, b] = [await pixel(), await pixel()];
      await queued(1, [a, b]);
      await store.settle((await store.claim(a, claimAs("one"))).map(DELIVERED), NOON);
      expect((await row(1)).state).toBe("queued");
      await store.settle((await store.claim(b, claimAs("two"))).map(REFUSED), NOON);
      expect(await row(1)).toMatchObject({ state: "delivered", reason: null });
    });

    test("pixels that end at the same moment leave no event open", async () => {
      const { store, pixel, queued, shop } = await scene();
      const [a, b] = [await pixel(), await pixel()];
      await queued(60, [a, b]);
      const claims = await Promise.all([a, b].map((id) => store.claim(id, claimAs(`worker-${id}`))));
      await Promise.all(claims.flatMap((batch) => batch.map((claim) => store.settle([DELIVERED(claim)], NOON))));
      expect(await database.prisma.event.count({ where: { shop, state: "delivered" } })).toBe(60);
    });

    test("the sweep returns what is due, and nothing else", async () => {
      const { store, event, pixel, queued, shop } = await scene();
      const mine = async (now: Date) => {
        const work = await store.due(now);
        return [work.shops.includes(shop), work.pixels.filter((one) => one.shop === shop).map((one) => one.pixelId)];
      };
      const [busy, idle] = [await pixel(), await pixel()];
      await queued(1, [busy]);
      await store.add(event(2), null);
      expect(await mine(NOON)).toEqual([false, [busy]]);
      expect(await mine(after(90_000))).toEqual([true, [busy]]);
      await store.claim(busy, claimAs("one", { until: after(60_000) }));
      expect(await mine(after(59_999))).toEqual([false, []]);
      expect(await mine(after(60_000))).toEqual([false, [busy]]);
      await database.prisma.pixel.update({ where: { id: busy }, data: { state: "blocked" } });
      expect(await mine(after(60_000))).toEqual([false, []]);
      expect(idle).not.toBe(busy);
    });

    test("the sweep detects an order and a receipt that were committed without seeing each other", async () => {
      const { store, event, receipt, shop } = await scene();
      await store.add(event(1), null);
      const { checkoutToken, orderId } = receipt(1);
      const row = { shop, checkoutToken, orderId, receipt: JSON.parse(JSON.stringify(receipt(1))) as object };
      await database.prisma.browserContext.create({ data: row });
      expect((await store.due(NOON)).shops).toContain(shop);
      expect((await store.takeUndecided(shop, 10, NOON))[0]?.receipt).toEqual(receipt(1));
    });

    test("after an uninstall no event of the shop is open and no personal data remains", async () => {
      const { store, event, pixel, queued, row, deliveries, receipt, shop } = await scene();
      const [a, b] = [await pixel(), await pixel()];
      await queued(2, [a, b]);
      const claims = await store.claim(a, claimAs("one"));
      await store.settle(claims.slice(0, 1).map(DELIVERED), NOON);
      await store.add(event(3), null);
      await store.add(event(4, { state: "waiting-for-payment", reason: "waiting-for-payment" }), null);
      await store.addReceipt(receipt(9));
      expect(await store.withholdShop(shop, "app-uninstalled", after(1))).toBe(4);
      expect(await row(1)).toMatchObject({ state: "delivered" });
      for (const n of [2, 3, 4]) {
        expect(await row(n)).toMatchObject({ state: "withheld", reason: "app-uninstalled", settledAt: after(1) });
      }
      for (const n of [1, 2, 3, 4]) expect(await row(n)).toMatchObject({ body: { user_data: {} } });
      expect((await deliveries(2)).map((delivery) => delivery.state)).toEqual(["refused", "refused"]);
      expect(await store.settle(claims.slice(1).map(DELIVERED), after(2))).toEqual({ settled: 0, lost: 1 });
      expect(await database.prisma.browserContext.count({ where: { shop } })).toBe(0);
      expect((await store.due(after(1e9))).shops).not.toContain(shop);
      expect(await store.withholdShop(shop, "app-uninstalled", after(3))).toBe(0);
    });

    test("a disconnected pixel leaves no event open", async () => {
      const { store, pixel, queued, row } = await scene();
      const [gone, stays] = [await pixel(), await pixel()];
      await queued(1, [gone]);
      await store.add((await scene()).event(1), null);
      expect(await store.abandonPixel(gone, "pixel-disconnected", NOON)).toBe(1);
      expect(await row(1)).toMatchObject({ state: "refused", reason: "pixel-disconnected" });
      expect(await store.abandonPixel(stays, "pixel-disconnected", NOON)).toBe(0);
    });
  });
}
