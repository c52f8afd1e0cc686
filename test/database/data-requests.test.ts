import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { resealAll } from "../../app/database/key-rotation.server.ts";
import { createSealer, type Sealer } from "../../app/database/sealing.server.ts";
import { createDataRequests } from "../../app/privacy/data-requests.server.ts";
import { openTombstones } from "../../app/privacy/tombstones.server.ts";
import { hashPerson } from "../../app/server/customer-privacy.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene } from "../support/store-scenes.ts";

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

  test("are sealed again when the keys change, assembled or not", async () => {
    const { shop } = await aScene(database);
    const [old, fresh] = ["old", "new"].map((id) => ({ id, key: randomBytes(32) }));
    if (!old || !fresh) expect.unreachable("two keys");
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
});
