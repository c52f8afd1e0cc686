import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { resealAll } from "../../app/database/key-rotation.server.ts";
import { createSealer, type Sealer } from "../../app/database/sealing.server.ts";
import { createDataRequests } from "../../app/privacy/data-requests.server.ts";
import { openTombstones } from "../../app/privacy/tombstones.server.ts";
import { hashPerson } from "../../app/server/customer-privacy.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aLeadScene } from "../support/lead-scene.ts";
import { aScene, order } from "../support/store-scenes.ts";

const aKey = (id: string) => ({ id, key: randomBytes(32) });
const now = (): Date => new Date();
const ADA = { customerId: null, email: "ada@example.com", phone: null, orderIds: [] };

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("requests for data on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  async function requestsWith(sealer: Sealer) {
    const tombstones = await openTombstones(database.prisma, { sealer, now });
    return createDataRequests(database.prisma, { sealer, tombstones, hashPerson, now });
  }

  const [old, fresh] = [aKey("old"), aKey("new")];

  test("are sealed again when the keys change, assembled or not", async () => {
    const { shop } = await aScene(database);
    const before = await requestsWith(createSealer([old]));
    await before.open(shop, { ...ADA, requestId: "1" });
    const [first] = await before.takeOpen(1);
    await before.keepFile(first ?? expect.unreachable("a request"), "the file", {});
    await before.open(shop, { ...ADA, requestId: "2" });

    const { resealed, unreadable } = await resealAll(database.prisma, createSealer([fresh, old]));

    expect([resealed["data requests"], unreadable]).toEqual([2, {}]);
    const after = await requestsWith(createSealer([fresh]));
    const [second] = await after.takeOpen(1);
    expect(second && after.customerOf(second)).toEqual(ADA);
    expect(await after.download(shop, "1")).toBe("the file");
  });

  test("are listed with the orders by their names, as far as the ledger knows them", async () => {
    const scene = await aLeadScene(database);
    const other = await aLeadScene(database);
    await scene.order({ orderId: "6198424240430" });
    await other.order({ orderId: "6198424240431" });
    const requests = await requestsWith(createSealer([fresh]));
    const orderIds = [order("6198424240431"), order("6198424240430")];
    await requests.open(scene.shop, { ...ADA, requestId: "1", orderIds });
    expect(await requests.list(scene.shop)).toEqual([
      {
        ...{ requestId: "1", orders: ["6198424240431", "#1001"] },
        ...{ requestedAt: expect.any(Date) as Date, assembledAt: null, downloadedAt: null, deletedAt: null },
      },
    ]);
  });
});
