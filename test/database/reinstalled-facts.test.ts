import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readSetupFacts } from "../../app/ledger/setup-facts.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { after, aScene, claimAs, NOON } from "../support/store-scenes.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("the setup guide's facts on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("after a reinstallation nothing counts as seen to work until it is seen again", async () => {
    const { store, receipt, shop, pixel, queued } = await aScene(database);
    const id = await pixel();
    const install = (installedAt: Date) =>
      database.prisma.shop.update({ where: { domain: shop }, data: { installedAt } });
    const deliver = async (n: number, at: Date) => {
      await queued(n, [id]);
      await store.addReceipt(receipt(n));
      const claims = await store.claim(id, claimAs("one"));
      const settled = { settlement: { kind: "delivered" }, traceId: null, attemptIds: [] } as const;
      await store.settle(
        claims.map((claim) => ({ claim, ...settled })),
        at,
      );
    };
    await install(NOON);
    await deliver(1, after(5_000));
    expect(await readSetupFacts(database.prisma, shop)).toMatchObject({
      firstPurchaseAt: after(5_000),
      firstPairAt: after(5_000),
    });

    await install(after(60_000));
    expect(await readSetupFacts(database.prisma, shop)).toMatchObject({
      firstBrowserEventAt: null,
      firstServerEventAt: null,
      firstPairAt: null,
      firstPurchaseAt: null,
    });
  });
});
