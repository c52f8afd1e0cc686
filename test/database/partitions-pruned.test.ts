import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createSealer } from "../../app/database/sealing.server.ts";
import { emptyStorefrontBodies } from "../../app/privacy/storefront-days.server.ts";
import { retire } from "../../app/privacy/retention.server.ts";
import { openTombstones } from "../../app/privacy/tombstones.server.ts";
import { customerPrivacy } from "../../app/server/customer-privacy.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { mayRecheckRows, plannedStatements, prunesWhileRunning } from "../support/planned-statements.ts";
import { after, aScene, claimAs, NOON } from "../support/store-scenes.ts";
import { aVisit, visit } from "./visit-scene.ts";
import { KEEP_DAYS } from "../fixtures/keep-days.ts";

const NOBODY = { customerId: null, email: null, phone: null };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// PostgreSQL 18.0 to 18.6 loses what it needs to choose partitions at run time when it rechecks a row that another
// statement has changed: it ends the session, or overlooks rows.
describe("no statement that locks or changes rows chooses partitions at run time:", () => {
  let database: TestDatabase;
  let planned: ReturnType<typeof plannedStatements>;
  beforeAll(async () => {
    database = await postgresDatabase();
    planned = plannedStatements(database.url ?? "");
  });
  let before = 0;
  beforeEach(() => void (before = planned.plans.length));
  afterEach(() => {
    const plans = planned.plans.slice(before);
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter((plan) => prunesWhileRunning(plan) && mayRecheckRows(plan))).toEqual([]);
  });
  afterAll(async () => {
    await planned.close();
    await database.close();
  });

  /** Events of two days that wait for two pixels; one pixel's first five are deliveries, one of them refused. */
  async function aShop(state?: "paused") {
    const scene = await aScene({ ...database, prisma: planned.prisma });
    const pixels = [await scene.pixel(state), await scene.pixel()] as const;
    await visit({ scene, to: pixels, atMs: 0, count: 10 });
    await visit({ scene, to: pixels, atMs: DAY, first: 11, count: 10 });
    const claims = await scene.store.claim(pixels[1], claimAs("worker", { limit: 5 }));
    const later = { kind: "retry", at: after(MINUTE), reason: "soon" } as const;
    await scene.store.settle(
      claims.map((claim, n) => ({
        ...{ claim, traceId: null, attemptIds: [] },
        settlement: n === 0 ? ({ kind: "refused", reason: "bad" } as const) : later,
      })),
      NOON,
    );
    return { scene, shop: scene.shop, store: scene.store, pixels };
  }

  test("the two are recognized", async () => {
    await aShop();
    expect(planned.plans.filter(prunesWhileRunning)).not.toEqual([]);
    expect(planned.plans.filter(mayRecheckRows)).not.toEqual([]);
  });

  test("when events arrive, also again", async () => {
    const { scene, store, pixels } = await aShop();
    const post = (n: number) => aVisit(n, { scene, to: pixels, atMs: DAY });
    await store.addPosted([post(1), post(2), post(30)]);
  });

  test("when workers claim, deliver, give up and give back", async () => {
    const { store, pixels } = await aShop();
    const endings = [
      { kind: "delivered" },
      { kind: "withheld", reason: "dedup-window-passed" },
      { kind: "expired", reason: "old" },
    ] as const;
    for (const settlement of endings) {
      const claims = await store.claim(pixels[0], claimAs("worker", { limit: 2 }));
      await store.settle(
        claims.map((claim) => ({ claim, settlement, traceId: null, attemptIds: [] })),
        NOON,
      );
    }
    const claims = await store.claim(pixels[0], claimAs("worker", { limit: 2 }));
    await store.renew(claims, after(2 * MINUTE));
    await store.release(claims);
  });

  test("when the shop uninstalls", async () => {
    const { shop, store } = await aShop();
    expect(await store.withholdShop(shop, "app-uninstalled", after(1))).toBe(20);
  });

  test("when a pixel is disconnected", async () => {
    const { store, pixels } = await aShop();
    expect(await store.abandonPixel(pixels[1], "pixel-disconnected", NOON)).toBe(19);
  });

  test("when what waits for a paused pixel is too old", async () => {
    const { store } = await aShop("paused");
    const now = after(2 * DAY);
    expect(await store.expireHeld({ before: now, beforeInStore: now, reason: "too-old", now })).toBe(20);
  });

  test("when a customer is erased", async () => {
    const { shop } = await aShop();
    const { prisma } = planned;
    const sealer = createSealer([{ id: "k", key: Buffer.alloc(32, 7) }]);
    const deps = { sealer, now: () => NOON };
    const tombstones = await openTombstones(prisma, deps);
    const privacy = customerPrivacy({ prisma, tombstones, ...deps });
    const counts = await privacy.eraseCustomer(shop, { ...NOBODY, email: "jane@example.com", orderIds: [] });
    expect(counts).toMatchObject({ events: 20 });
  });

  test("when old events lose their personal data, and when their days are dropped", async () => {
    await aShop();
    await emptyStorefrontBodies(planned.prisma, after(3 * DAY), 1_000);
    await retire(planned.prisma, { days: KEEP_DAYS, now: after(30 * DAY), batch: 1_000 });
  });
});
