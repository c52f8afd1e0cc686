import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Claim, Settlement } from "../../app/outbox/types.ts";
import type { TestDatabase } from "../support/databases.ts";
import { after, aScene, claimAs, NOON, type Scene } from "../support/store-scenes.ts";

const settledAs = (settlement: Settlement) => (claim: Claim) => ({ claim, settlement, traceId: null, attemptIds: [] });
const DELIVERED = settledAs({ kind: "delivered" });

/** What the outbox promises of pixels that are mended or made to wait, and of the workers that send for them. */
export function pauseBattery(makeDatabase: () => Promise<TestDatabase>): void {
  describe("a pixel that is held or backs off", () => {
    let database: TestDatabase;
    const scene = (): Promise<Scene> => aScene(database);
    beforeAll(async () => void (database = await makeDatabase()));
    afterAll(() => database.close());

    test("a blocked pixel's deliveries wait for the merchant and are due at once after the repair", async () => {
      const { store, pixel, queued, deliveries } = await scene();
      const id = await pixel();
      await queued(3, [id]);
      const inFlight = await store.claim(id, claimAs("one", { limit: 1 }));
      await database.prisma.pixel.update({ where: { id }, data: { state: "blocked" } });
      expect(await store.hold(id, "token-invalid")).toBe(2);
      await store.settle(inFlight.map(settledAs({ kind: "held", reason: "token-invalid" })), NOON);
      expect(await store.claim(id, claimAs("two"))).toEqual([]);
      expect(await deliveries(1)).toMatchObject([{ state: "held", reason: "token-invalid", attempts: 1 }]);
      await database.prisma.pixel.update({ where: { id }, data: { state: "active" } });
      expect(await store.releaseHeld(id, NOON)).toBe(3);
      expect(await store.claim(id, claimAs("three"))).toHaveLength(3);
    });

    test("a paused pixel's deliveries are not claimed", async () => {
      const { store, pixel, queued } = await scene();
      const id = await pixel();
      await queued(1, [id]);
      await database.prisma.pixel.update({ where: { id }, data: { state: "paused" } });
      expect(await store.claim(id, claimAs("one"))).toEqual([]);
    });

    test("a pixel repaired while its last answer is being stored holds nothing", async () => {
      const { store, pixel, queued, deliveries } = await scene();
      const id = await pixel();
      await queued(2, [id]);
      const [first] = await store.claim(id, claimAs("one", { limit: 1 }));
      if (!first) throw new Error("two deliveries were queued");
      // The pixel was blocked and is active again by now.
      expect(await store.hold(id, "token-invalid")).toBe(0);
      await store.settle([settledAs({ kind: "held", reason: "token-invalid" })(first)], NOON);
      expect(await deliveries(1)).toMatchObject([{ state: "queued", claimedBy: null }]);
      expect(await store.claim(id, claimAs("two"))).toHaveLength(2);
    });

    test("deliveries held for an active pixel are released by the next sweep, and those held too long expire", async () => {
      const { store, pixel, queued, deliveries, row, shop } = await scene();
      const [stranded, blocked] = [await pixel("blocked"), await pixel("blocked")];
      await queued(3, [stranded]);
      await database.prisma.pixel.update({ where: { id: stranded }, data: { state: "active" } });
      expect(await store.releaseStranded(NOON)).toContainEqual({ shop, pixelId: stranded });
      expect(await store.claim(stranded, claimAs("one"))).toHaveLength(3);

      await database.prisma.delivery.deleteMany({ where: { shop } });
      await database.prisma.event.deleteMany({ where: { shop } });
      await queued(3, [blocked]);
      const tooLong = { before: after(3_000), beforeInStore: after(-1e9), reason: "Too old.", now: after(4_000) };
      // The other scenes of this database hold some too.
      expect(await store.expireHeld(tooLong)).toBeGreaterThanOrEqual(2);
      expect(await deliveries(1)).toMatchObject([{ state: "expired", reason: "Too old. blocked" }]);
      expect(await row(1)).toMatchObject({ state: "expired", reason: "Too old. blocked", settledAt: after(4_000) });
      expect(await row(3)).toMatchObject({ state: "queued" });
    });

    test("a pixel that backs off gives no claims before its time, and a success resets it", async () => {
      const { store, pixel, queued, shop } = await scene();
      const id = await pixel();
      await queued(3, [id]);
      const failureCounts: number[] = [];
      const until = (failures: number): Date => (failureCounts.push(failures), after(failures * 1_000));
      await store.backOff(id, until);
      await store.backOff(id, until);
      const mine = async (now: Date) => (await store.due(now)).pixels.filter((one) => one.shop === shop);
      expect(await store.claim(id, claimAs("early", { now: after(1_999) }))).toEqual([]);
      expect(await mine(after(1_999))).toEqual([]);
      expect(await mine(after(2_000))).toEqual([{ shop, pixelId: id }]);
      const claims = await store.claim(id, claimAs("one", { now: after(2_000), limit: 1 }));
      await store.settle(claims.map(DELIVERED), after(2_001));
      expect(await store.claim(id, claimAs("two", { limit: 1 }))).toHaveLength(1);
      await store.backOff(id, until);
      expect(failureCounts).toEqual([1, 2, 1]);
      await store.releaseHeld(id, NOON);
      expect(await store.claim(id, claimAs("three"))).toHaveLength(1);
    });

    test("a running worker can extend its claims, a dead one cannot", async () => {
      const { store, pixel, queued } = await scene();
      const id = await pixel();
      await queued(2, [id]);
      const claims = await store.claim(id, claimAs("one", { until: after(1_000) }));
      expect(await store.renew(claims, after(5_000))).toBe(2);
      expect(await store.claim(id, claimAs("two", { now: after(4_999) }))).toEqual([]);
      await store.claim(id, claimAs("heir", { now: after(5_000), until: after(9_000), limit: 1 }));
      expect(await store.renew(claims, after(9_000))).toBe(1);
    });

    test("the browser leg is stored for the pixels that it went to", async () => {
      const { store, pixel, queued, receipt } = await scene();
      const [sentTo, other] = [await pixel(), await pixel()];
      const { metaPixelId } = await database.prisma.pixel.findFirstOrThrow({ where: { id: sentTo } });
      await queued(1, [sentTo, other]);
      await store.addReceipt(receipt(1, { leg: { sent: true, to: [metaPixelId] } }));
      expect(await store.claim(sentTo, claimAs("one"))).toMatchObject([{ browserSentAt: NOON }]);
      expect(await store.claim(other, claimAs("two"))).toMatchObject([{ browserSentAt: null }]);
    });

    test("an event withheld during delivery keeps no personal data", async () => {
      const { store, pixel, queued, row, event } = await scene();
      const id = await pixel();
      await queued(1, [id]);
      const late = settledAs({ kind: "withheld", reason: "dedup-window-passed" });
      await store.settle((await store.claim(id, claimAs("one"))).map(late), NOON);
      expect(await row(1)).toMatchObject({ state: "withheld", reason: "dedup-window-passed", settledAt: NOON });
      expect((await row(1)).body).toEqual({ ...event(1).body, user_data: {} });
    });
  });
}
