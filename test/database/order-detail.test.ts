import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createLogger } from "../../app/logging/logger.server.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { eventPorts } from "../../app/server/event-ports.server.ts";
import type { Role } from "../../app/access/roles.ts";
import { createAccess } from "../../app/access/access.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { anId, aScene, NOON, order, type Scene } from "../support/store-scenes.ts";

const log = createLogger({ level: "silent", name: "test" });

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
] as const)("an order in the ledger, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  const accessOf = () => createAccess(database.prisma, { now: () => NOON, log });
  const portsOf = (role: Role, access = accessOf()) =>
    eventPorts({ eventLog: createEventLog(database.prisma), access }, { by: "shopify-user 1", role });
  const withOrders = async (): Promise<Scene> => {
    const made = await aScene(database);
    const { store, event } = made;
    await store.add(event(1, { orderName: "#1001" }), null, [
      event(1, { name: "Subscribe", id: anId("subscribe.1"), orderName: "#1001" }),
    ]);
    await store.add(event(1001, { orderName: "#9" }), null);
    await store.add(event(2, { orderName: "EN-1002/A" }), null);
    return made;
  };

  test("has its name and all of its events in detail, and no other shop sees it", async () => {
    const { shop } = await withOrders();
    const access = accessOf();
    const found = await portsOf("marketer", access).order(shop, order(1));
    expect(found).toMatchObject({ orderId: "1", orderName: "#1001" });
    expect(found?.events.map(({ eventName }) => eventName).sort()).toEqual(["Purchase", "Subscribe"]);
    expect(found?.events[0]?.server.user_data.em).toHaveLength(1);
    expect(await access.seen.list(shop, 1)).toMatchObject([
      { by: "shopify-user 1", kind: "events", subject: "order 1" },
    ]);
    expect(await portsOf("marketer").order((await aScene(database)).shop, order(1))).toBeNull();
    expect(await portsOf("marketer").order(shop, order(3))).toBeNull();
  });

  test("shows nothing of the customer to somebody who may only look", async () => {
    const { shop } = await withOrders();
    const found = await portsOf("read-only").order(shop, order(1));
    expect(found?.events.map(({ server }) => server.user_data)).toEqual([{}, {}]);
  });

  test("is found by its name or its ID; a number that is both is not one order", async () => {
    const { shop } = await withOrders();
    const found = async (text: string) => [...(await portsOf("marketer").findOrders(shop, text))].sort();
    expect(await found("#1001")).toEqual(["1"]);
    expect(await found("1001")).toEqual(["1", "1001"]);
    expect(await found("1")).toEqual(["1"]);
    expect(await found("en-1002/a")).toEqual(["2"]);
    expect(await found("#100")).toEqual([]);
  });
});
