import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { storedSubject } from "../../app/access/subjects.ts";
import { createApiKeys } from "../../app/leads/api-keys.server.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { subjectFacts } from "../../app/server/subject-facts.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { anId, aScene, NOON, type Scene } from "../support/store-scenes.ts";
import { visit, visitId } from "./visit-scene.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
] as const)("what a shop has of the subjects of records, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  const factsOf = ({ shop }: Scene, stored: readonly string[], prisma = database.prisma) =>
    subjectFacts(
      {
        database: { ...database, prisma },
        eventLog: createEventLog(prisma),
        apiKeys: createApiKeys(prisma, () => NOON),
      },
      shop,
      stored,
    );

  async function withOrders(): Promise<Scene> {
    const scene = await aScene(database);
    const { store, event } = scene;
    await store.add(event(1, { orderName: "#1001" }), null, [
      event(1, { name: "Subscribe", id: anId("subscribe.1"), orderName: null }),
    ]);
    await store.add(event(2), null);
    await store.add(event(1001, { orderName: "#9" }), null);
    return scene;
  }

  test("is the name of an order, by its ID and by its number, and of the order of an event", async () => {
    const scene = await withOrders();
    const purchase = storedSubject({ ...scene.key(1), kind: "event" });
    const named = { kind: "order", orderId: "1", orderName: "#1001" };
    const stored = ["order 1", "order 1", "order #1001", "consent of order 1", purchase, "Subscribe subscribe.1"];
    expect(await factsOf(scene, [...stored, "order 2", "order 1001", "order 3", "order #3", "Purchase p.3"])).toEqual({
      ...Object.fromEntries(stored.map((text) => [text, named])),
      "order 2": { kind: "order", orderId: "2", orderName: null },
      "order 1001": { kind: "order", orderId: "1001", orderName: "#9" },
    });
  });

  test("is nothing for a number of several orders, nor what only another shop has", async () => {
    const scene = await withOrders();
    await scene.store.add(scene.event(4, { orderName: "#9" }), null);
    expect(await factsOf(scene, ["order #9"])).toEqual({});
    const purchase = storedSubject({ ...scene.key(1), kind: "event" });
    const other = await aScene(database);
    expect(await factsOf(other, ["order 1", "order #1001", purchase, "Subscribe subscribe.1"])).toEqual({});
  });

  test("is that there is an event of the storefront", async () => {
    const scene = await aScene(database);
    await visit({ scene, to: [await scene.pixel()], atMs: 0, count: 1 });
    const [row] = await database.prisma.storefrontEvent.findMany({ where: { shop: scene.shop } });
    const stored = storedSubject({ kind: "event", eventName: row?.eventName ?? "", eventId: visitId(1) });
    expect(await factsOf(scene, [stored, "PageView nowhere"])).toEqual({ [stored]: { kind: "here" } });
  });

  test("is the name that the merchant gave a lead or a key, and that a lead is there", async () => {
    const scene = await aScene(database);
    const { shop } = scene;
    const lead = {
      shop,
      kind: "form",
      action: "Lead",
      sentAs: "Lead",
      happenedAt: NOON,
      userData: {},
      settingsVersion: 1,
    };
    await database.prisma.lead.createMany({
      data: [
        { ...lead, leadId: "l.1", externalId: "C-77" },
        { ...lead, leadId: "l.2" },
      ],
    });
    const { id } = await createApiKeys(database.prisma, () => NOON).make(shop, {
      name: "HubSpot",
      scopes: ["leads:write"],
      by: "operator",
    });
    const stored = ["lead l.1", "lead l.2", "lead l.3", `API key ${id}`, "API key gone"];
    expect(await factsOf(scene, stored)).toEqual({
      "lead l.1": { kind: "named", name: "C-77" },
      "lead l.2": { kind: "here" },
      [`API key ${id}`]: { kind: "named", name: "HubSpot" },
    });
    expect(await factsOf(await aScene(database), stored)).toEqual({});
  });

  test("is read in one statement for all orders and events", async () => {
    const scene = await withOrders();
    let statements = 0;
    const counting = new Proxy(database.prisma, {
      get(client, name) {
        if (name === "$queryRaw") statements += 1;
        return Reflect.get(client, name, client) as unknown;
      },
    });
    const stored = Array.from({ length: 50 }, (_, n) => [`order ${String(n)}`, `Purchase purchase.x.${String(n)}`]);
    await factsOf(scene, stored.flat(), counting);
    expect(statements).toBe(1);
  });
});
