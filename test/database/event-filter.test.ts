import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccess } from "../../app/access/access.server.ts";
import { createDailyFigures } from "../../app/ledger/daily-figures.server.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import type { EventQuery } from "../../app/server/admin-ports.ts";
import { eventListPorts } from "../../app/server/event-list-ports.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aProfile } from "../unit/dashboard/samples.ts";
import { anAttempt, anId, aScene, claimAs, CONSENT, NOON, type Scene } from "../support/store-scenes.ts";

const log = createLogger({ level: "silent", name: "test" });
const DAY_S = 86_400;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
] as const)("the list of events, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  const portsOf = ({ shop }: Scene) => {
    const pixelRows = () => database.prisma.pixel.findMany({ where: { shop } });
    return eventListPorts(
      {
        eventLog: createEventLog(database.prisma),
        dailyFigures: createDailyFigures(database.prisma),
        access: createAccess(database.prisma, { now: () => NOON, log }),
        profile: async () => {
          const [sample] = aProfile().pixels;
          const pixels = (await pixelRows()).map(({ id, metaPixelId }) => ({ ...sample, shop, id, metaPixelId }));
          return { ...aProfile({ shop }), pixels: pixels as ReturnType<typeof aProfile>["pixels"] };
        },
        now: () => NOON,
      },
      { by: "shopify-user 1" },
    );
  };

  /** One delivered, one withheld, one still on its way, one of last month, and one at the till. */
  async function ended() {
    const made = await aScene(database);
    const { store, event, shop, pixel, queued, key } = made;
    const only = await pixel();
    await queued(1, [only]);
    await store.addReceipt(made.receipt(1));
    const attemptIds = [await store.recordAttempt({ ...anAttempt(shop, only), traceId: "T-77" })];
    const claims = await store.claim(only, claimAs("one"));
    await store.settle(
      claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: "T-77", attemptIds })),
      NOON,
    );
    await store.add(event(2), null);
    const consent = { ...CONSENT, decision: "withhold", rule: "browser-declined" } as const;
    await store.decide([{ kind: "withhold", key: key(2), reason: "consent-browser-declined", consent }], NOON);
    await store.add(event(3), null);
    const lastMonth = { time_s: NOON.getTime() / 1000 - 20 * DAY_S, state: "withheld", reason: "zero-value" } as const;
    await store.add(event(4, lastMonth), null);
    const till = event(5, { name: "Subscribe", id: anId("subscribe.5") });
    await store.add({ ...till, body: { ...till.body, action_source: "physical_store" } }, null);
    const [row] = await database.prisma.pixel.findMany({ where: { shop } });
    return { made, ports: portsOf(made), shop, pixel: only, metaPixelId: row?.metaPixelId ?? "" };
  }

  test("shows what every field of the filter leaves, with the totals of just those", async () => {
    const { ports, shop, pixel, metaPixelId } = await ended();
    const orders = async (query: EventQuery) =>
      (await ports.events(shop, query)).rows.map(({ orderId }) => orderId).sort();
    const total = async (query: EventQuery) => (await ports.eventTotals(shop, query))?.events;
    expect(await orders({})).toEqual(["1", "2", "3", "4", "5"]);
    const filters: readonly (readonly [EventQuery, readonly string[]])[] = [
      [{ outcome: "withheld" }, ["2", "4"]],
      [{ outcome: "delivered" }, ["1"]],
      [{ reason: "zero-value" }, ["4"]],
      [{ outcome: "withheld", period: "7" }, ["2"]],
      [{ outcome: "withheld", period: "30" }, ["2", "4"]],
      [{ legs: "both" }, ["1"]],
      [{ legs: "matched" }, ["1"]],
      [{ outcome: "eligible" }, ["1"]],
      [{ legs: "none" }, ["2", "4"]],
      [{ pixel }, ["1"]],
      [{ pixel: metaPixelId, outcome: "delivered" }, ["1"]],
      [{ pixel: "nobody's" }, []],
    ];
    for (const [query, expected] of filters) {
      expect(await orders(query), JSON.stringify(query)).toEqual(expected);
      expect(await total(query), JSON.stringify(query)).toBe(expected.length);
    }
    expect(await orders({ channel: "pos" })).toEqual(["5"]);
    expect(await ports.eventTotals(shop, { channel: "pos" })).toBeNull();
    expect(await orders({ eventName: "Subscribe" })).toEqual(["5"]);
    expect(await orders({ outcome: "joining" })).toEqual(["3", "5"]);
  });

  test("finds an event by the trace ID of Meta's answer, in its own shop only", async () => {
    const { ports, shop } = await ended();
    const { rows } = await ports.events(shop, { search: "T-77" });
    expect(rows.map(({ orderId }) => orderId)).toEqual(["1"]);
    const other = await aScene(database);
    expect((await portsOf(other).events(other.shop, { search: "T-77" })).rows).toEqual([]);
  });

  test("says which pixel an event waits for", async () => {
    const made = await aScene(database);
    const blocked = await made.pixel("blocked");
    await made.queued(1, [blocked]);
    const { rows } = await portsOf(made).events(made.shop, {});
    expect(rows).toMatchObject([{ state: "queued", heldBy: "blocked" }]);
    const detail = await createEventLog(database.prisma).detail(made.shop, "Purchase", made.key(1).eventId);
    expect(detail?.heldBy).toBe("blocked");
  });

  test("is exported as it is filtered, with nothing of the customer's and nothing that a spreadsheet would run", async () => {
    const { ports, shop, made } = await ended();
    await made.store.add(made.event(6, { state: "withheld", reason: "=cmd()" as never }), null);
    let text = "";
    for await (const part of await ports.exportEvents(shop, { outcome: "withheld" })) text += part;
    const [header, ...lines] = text.split("\r\n");
    expect(header).toBe("event,event_id,order_id,happened_at,outcome,reason,value,currency,browser_leg,legs,test");
    expect(lines).toHaveLength(3);
    expect(text).toContain("consent-browser-declined,12.3,EUR,unseen,none,false");
    expect(text).toContain("'=cmd()");
    expect(text).not.toMatch(/aaaa|203\.0\.113/);
  });
});
