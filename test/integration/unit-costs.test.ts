import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import type { AdminGraphql, Unanswered } from "../../app/shopify/admin/admin-graphql.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { toNumber } from "../../app/event-contract/money.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import {
  type AskCostsDeps,
  costsOfSoldVariants,
  readDueCosts,
  readShopsCosts,
} from "../../app/jobs/refresh-unit-costs.server.ts";
import type { ShopProfile } from "../../app/settings/types.ts";
import { createUnitCosts } from "../../app/costs/unit-costs.server.ts";
import { logInto } from "../support/log-lines.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { adminOf, aShopifyOfItsOwn } from "../support/simulated-admin.ts";

// The simulator's own shop and variants; a literal of the right form.
const SHOP = "tandem-demo.myshopify.com" as ShopDomain;
const [MUG, NO_COST, GONE] = ["4581920037713", "4581920037732", "99"];
const HOUR_MS = 3_600_000;
const IN_TIME = 5_000;

let simulator: ShopifySimulator;
let admin: AdminGraphql;
let queries = 0;
describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("what the pieces cost that a shop sells, on %s", (_kind, open) => {
  let database: TestDatabase;
  let clock = new Date("2026-11-23T12:00:00Z");
  beforeAll(async () => {
    database = await open();
    await database.prisma.shop.create({ data: { domain: SHOP, ingestKey: "key" } });
    simulator = await aShopifyOfItsOwn(SHOP);
    const ask = await adminOf(simulator, SHOP);
    admin = (query, variables) => {
      queries += 1;
      return ask(query, variables);
    };
  });
  afterEach(async () => {
    await database.prisma.unitCost.deleteMany();
    await database.prisma.unitCostReading.deleteMany();
  });
  afterAll(async () => {
    await simulator.close();
    await database.close();
  });

  /** Everything afresh, as far as the merchant granted it. */
  function given({ mayRead = true, isWanted = true } = {}) {
    queries = 0;
    simulator.shop(SHOP).installation.scopes = mayRead ? ["read_orders", "read_products"] : ["read_orders"];
    const orders = { ...DEFAULT_ORDER_SETTINGS, netRevenue: isWanted };
    const profile: ShopProfile = {
      shop: SHOP,
      ingestKey: "key",
      installed: true,
      settings: settingsWith({ shop: SHOP, orders }),
      pixels: [],
    };
    const deps: AskCostsDeps = {
      admin: () => Promise.resolve(admin),
      profile: () => Promise.resolve(profile),
      unitCosts: createUnitCosts(database.prisma, () => clock),
      log: logInto().log,
    };
    const ask = costsOfSoldVariants(deps);
    const sell = async (ids: readonly string[], withinMs = IN_TIME) =>
      [...(await ask(SHOP, ids, withinMs))].map(([id, cost]) => `${id}: ${toNumber(cost)} ${cost.currency}`);
    return { ...deps, deps, sell };
  }
  const later = (hours: number): void => void (clock = new Date(clock.getTime() + hours * HOUR_MS));

  test("is requested from Shopify once, and known from then on", async () => {
    const { sell, unitCosts } = given();
    expect(await sell([MUG, NO_COST, GONE])).toEqual([`${MUG}: 6.4 EUR`]);
    expect(await sell([MUG, NO_COST, GONE])).toEqual([`${MUG}: 6.4 EUR`]);
    expect(queries).toBe(1);
    expect(await unitCosts.stateOf(SHOP)).toEqual({ problem: null, variants: 3, withCost: 1 });
  });

  test("is read on schedule if the sale could not wait, and then once a day", async () => {
    const { sell, deps } = given();
    expect(await sell([MUG], 0)).toEqual([]);
    expect(queries).toBe(0);
    await readDueCosts(deps);
    expect(await sell([MUG], 0)).toEqual([`${MUG}: 6.4 EUR`]);
    await readDueCosts(deps);
    expect(queries).toBe(1);
    later(25);
    await readDueCosts(deps);
    expect(queries).toBe(2);
  });

  test("is unknown without the scope: the merchant sees why, and Shopify gets no request for an hour", async () => {
    const { sell, unitCosts, deps } = given({ mayRead: false });
    expect(await sell([MUG])).toEqual([]);
    expect(await sell([MUG])).toEqual([]);
    await readDueCosts(deps);
    expect(queries).toBe(1);
    expect((await unitCosts.stateOf(SHOP)).problem).toBe("no-scope");

    const granted = given();
    await unitCosts.retry(SHOP);
    await readDueCosts(granted.deps);
    expect(await granted.sell([MUG])).toEqual([`${MUG}: 6.4 EUR`]);
    expect((await unitCosts.stateOf(SHOP)).problem).toBeNull();
  });

  test.each<[Unanswered | null, string]>([
    [null, "no-access"],
    [{ kind: "refused", status: 200, message: "Too costly." }, "refused: Too costly."],
    [{ kind: "refused", status: 401, message: "Shopify refused the request (401)." }, "request-refused: 401"],
    [{ kind: "refused", status: 403, message: "Shopify forbids this request (403)." }, "forbidden"],
  ])("after %j is unknown, and the reason is kept as a code", async (answer, problem) => {
    const { unitCosts, deps } = given();
    const refusing = { ...deps, admin: async () => answer && (async () => answer) };
    await costsOfSoldVariants(refusing)(SHOP, [MUG], 0);
    await readShopsCosts(SHOP, refusing);
    expect(await unitCosts.stateOf(SHOP)).toMatchObject({ problem, withCost: 0 });
  });

  test("is deleted three months after the last sale", async () => {
    const { sell, deps, unitCosts } = given();
    await sell([MUG, NO_COST]);
    later(60 * 24);
    await sell([MUG]);
    later(60 * 24);
    await readDueCosts(deps);
    expect(await unitCosts.stateOf(SHOP)).toMatchObject({ variants: 1, withCost: 1 });
  });

  test("is deleted when the merchant switches net revenue off", async () => {
    await given().sell([MUG]);
    later(25);
    const { deps } = given({ isWanted: false });
    await readDueCosts(deps);
    expect(queries).toBe(0);
    expect(await database.prisma.unitCost.count()).toBe(0);
    expect(await deps.unitCosts.due(10)).toEqual([]);
  });

  test("is the last known one while Shopify is unavailable", async () => {
    const { sell, deps } = given();
    await sell([MUG]);
    later(25);
    const away = { ...deps, admin: () => Promise.resolve(null) };
    await readDueCosts(away);
    expect(await sell([MUG], 0)).toEqual([`${MUG}: 6.4 EUR`]);
  });
});
