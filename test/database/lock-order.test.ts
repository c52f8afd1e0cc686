import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createSealer } from "../../app/database/sealing.server.ts";
import { openTombstones } from "../../app/privacy/tombstones.server.ts";
import { customerPrivacy } from "../../app/server/customer-privacy.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { after, aScene, claimAs, NOON, type Scene } from "../support/store-scenes.ts";
import { visit, visitStates } from "./visit-scene.ts";

type Ending = {
  readonly what: string;
  readonly pixelState?: "paused";
  readonly end: (scene: Scene, pixel: string) => Promise<unknown>;
  /** How many of the ten that are deliveries and the ten that are not it ends, and how. */
  readonly ended: Readonly<Record<string, number>>;
};

const NOBODY = { customerId: null, email: null, phone: null };
const later = after(86_400_000);
const HELD_TOO_LONG = { before: later, beforeInStore: later, reason: "too-old", now: later };

async function erase({ database: { prisma }, shop }: Scene): Promise<void> {
  const deps = { sealer: createSealer([{ id: "k", key: Buffer.alloc(32, 7) }]), now: () => NOON };
  const privacy = customerPrivacy({ prisma, tombstones: await openTombstones(prisma, deps), ...deps });
  await privacy.eraseCustomer(shop, { ...NOBODY, email: "jane@example.com", orderIds: [] });
}

const ENDINGS: readonly Ending[] = [
  {
    what: "an uninstallation",
    end: ({ store, shop }) => store.withholdShop(shop, "app-uninstalled", NOON),
    ended: { refused: 20 },
  },
  {
    what: "a disconnection",
    end: ({ store }, pixel) => store.abandonPixel(pixel, "pixel-disconnected", NOON),
    ended: { refused: 20 },
  },
  {
    what: "the age limit of a paused pixel",
    pixelState: "paused",
    end: ({ store }) => store.expireHeld(HELD_TOO_LONG),
    ended: { expired: 10, queued: 10 },
  },
  { what: "an erasure", end: erase, ended: { refused: 20 } },
];

// Settling locks events, then leases, then what waits. One that does so in another order can block it for ever, and
// PostgreSQL then ends one of the two.
describe("a lock order on PostgreSQL:", () => {
  let database: TestDatabase;
  let other: pg.Client;
  beforeAll(async () => {
    database = await postgresDatabase();
    other = new pg.Client({ connectionString: database.url });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await database.close();
  });

  /** Twenty storefront events, ten of which are deliveries, of a pixel with a lease. */
  async function aShop(state: "active" | "paused" = "active") {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    await visit({ scene, to: [pixel], atMs: 0, count: 20 });
    const claims = await scene.store.claim(pixel, claimAs("worker", { limit: 10 }));
    const settlement = { kind: "retry", at: after(60_000), reason: "soon" } as const;
    await scene.store.settle(
      claims.map((claim) => ({ claim, settlement, traceId: null, attemptIds: [] })),
      NOON,
    );
    await database.prisma.pixel.update({ where: { id: pixel }, data: { state } });
    return { scene, pixel };
  }
  const waiters = async (): Promise<number> => {
    const [row] = await database.prisma.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.count ?? 0;
  };
  const free = async (rows: string, pixel: string): Promise<number | null> =>
    (await other.query(`select from ${rows} = $1 for update skip locked`, [pixel])).rowCount;

  test.each(ENDINGS)(
    "$what waits for a worker that has the lease before it takes anything that the worker may end",
    async ({ end, pixelState, ended }) => {
      const { scene, pixel } = await aShop(pixelState);
      await other.query("begin");
      await other.query("update pixel_lease set turn = turn + 1 where pixel = $1", [pixel]);
      const ending = end(scene, pixel);
      await expect.poll(waiters).toBe(1);
      expect(await free("storefront_queue where pixel", pixel)).toBe(10);
      expect(await free("delivery where destination_id", pixel)).toBe(10);
      await other.query("commit");
      await ending;
      expect(await visitStates(scene)).toEqual(ended);
    },
  );

  test("an uninstallation waits for a worker that has an order before it takes a lease or a delivery", async () => {
    const { scene, pixel } = await aShop();
    await scene.queued(1, [await scene.pixel()]);
    await other.query("begin");
    await other.query("select from event where shop = $1 for update", [scene.shop]);
    const ending = scene.store.withholdShop(scene.shop, "app-uninstalled", NOON);
    await expect.poll(waiters).toBe(1);
    expect(await free("pixel_lease where pixel", pixel)).toBe(1);
    expect(await free("delivery where destination_id", pixel)).toBe(10);
    await other.query("commit");
    await ending;
    expect(await visitStates(scene)).toEqual({ refused: 21 });
  });
});
