import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { anId, aScene } from "../support/store-scenes.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("events are searched by the order's name with or without #, by its ID, or by their own ID", async () => {
    const [{ store, event, shop }, other] = [await aScene(database), await aScene(database)];
    await other.store.add(other.event(1001, { orderName: "#1001" }), null);
    await store.add(event(1, { orderName: "#1001" }), null, [event(1, { name: "Subscribe", orderName: "#1001" })]);
    await store.add(event(2, { orderName: "EN-1002/A" }), null);
    await store.add(event(1001, { orderName: "#9" }), null);
    await store.add(event(3, { name: "PageView", id: anId("p-1"), orderId: null }), null);
    const found = async (search: string, query: object = {}) =>
      (await createEventLog(database.prisma).page(shop, { limit: 10, search, ...query })).rows.map(
        ({ eventName, orderId }) => [eventName, orderId],
      );

    const [first, subscribed] = [
      ["Purchase", "1"],
      ["Subscribe", "1"],
    ];
    expect(await found("#1001")).toEqual([subscribed, first]);
    // It is also the ID of another order.
    expect(await found("1001")).toEqual([subscribed, ["Purchase", "1001"], first]);
    expect(await found("1001", { eventName: "Subscribe" })).toEqual([subscribed]);
    expect(await found("en-1002/a")).toEqual([["Purchase", "2"]]);
    expect(await found("p-1")).toEqual([["PageView", null]]);
    expect(await found("#100")).toEqual([]);
    expect(await found("' or true --")).toEqual([]);
  });

  test.each(["every event", "one order's events"])("%s come with the order's name", async (which) => {
    const { store, event, shop } = await aScene(database);
    await store.add(event(1, { orderName: "#1001" }), null);
    await store.add(event(1, { name: "PageView", id: anId("p-1"), orderId: null }), null);
    const search = which === "every event" ? {} : { search: "#1001" };
    const log = createEventLog(database.prisma);
    const { rows } = await log.page(shop, { limit: 10, ...search });
    const names = rows.map(({ eventName, orderName }) => [eventName, orderName]);
    expect(names).toContainEqual(["Purchase", "#1001"]);
    expect(names.filter(([name]) => name !== "Purchase")).toEqual(which === "every event" ? [["PageView", null]] : []);
  });

  test("an order that proceeds keeps its name, and learns its name where it had none", async () => {
    const { store, event, shop } = await aScene(database);
    const waits = { state: "waiting-for-payment", reason: "waiting-for-payment" } as const;
    await store.add(event(1, { ...waits, orderName: "#1001" }), null);
    await store.add(event(2, waits), null);
    await store.add(event(1), null);
    await store.add(event(2, { orderName: "#1002" }), null);
    const found = async (search: string) =>
      (await createEventLog(database.prisma).page(shop, { limit: 10, search })).rows.length;
    expect([await found("#1001"), await found("#1002")]).toEqual([1, 1]);
  });
});
