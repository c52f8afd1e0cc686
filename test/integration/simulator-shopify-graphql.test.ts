import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callShopify, exchangeToken, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
let simulator: ShopifySimulator;
let token = "";

beforeAll(async () => {
  simulator = await startSampleShopify();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  simulator.uninstall(SHOP);
  simulator.install(SHOP);
  token = String((await exchangeToken(simulator, SHOP, { now: new Date() })).body["access_token"]);
});

const ask = (query: string, variables: object = {}, version = "2026-10") =>
  callShopify(
    simulator,
    SHOP,
    `/admin/api/${version}/graphql.json`,
    { query, variables },
    {
      "x-shopify-access-token": token,
    },
  );

const CREATE = `mutation ($webPixel: WebPixelInput!) { webPixelCreate(webPixel: $webPixel) {
  webPixel { id settings } userErrors { code field message } } }`;
const SET = `mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
  metafields { namespace key value } userErrors { code field message elementIndex } } }`;

describe("the Admin API answers", () => {
  test("from the shop's own state, with the cost of the query", async () => {
    const { body } = await ask("{ shop { myshopifyDomain currencyCode ianaTimezone plan { publicDisplayName } } }");
    expect(body["data"]).toEqual({
      shop: {
        myshopifyDomain: SHOP,
        currencyCode: "EUR",
        ianaTimezone: "Europe/Berlin",
        plan: { publicDisplayName: "Basic" },
      },
    });
    expect(body["extensions"]).toHaveProperty("cost.throttleStatus.restoreRate", 100);
  });

  test("404 for another version, 401 for a wrong token, 403 outside the IP allowlist", async () => {
    expect((await ask("{ shop { name } }", {}, "2024-10")).status).toBe(404);
    const right = token;
    token = "shpat_wrong";
    expect((await ask("{ shop { name } }")).status).toBe(401);
    token = right;
    simulator.shop(SHOP).adminForbidden = true;
    expect((await ask("{ shop { name } }")).status).toBe(403);
    simulator.shop(SHOP).adminForbidden = false;
  });

  test("THROTTLED inside a 200, as Shopify does", async () => {
    simulator.shop(SHOP).throttleNext = 1;
    const { status, body } = await ask("{ shop { name } }");
    expect(status).toBe(200);
    expect(body["errors"]).toMatchObject([{ extensions: { code: "THROTTLED" } }]);
    expect((await ask("{ shop { name } }")).body).not.toHaveProperty("errors");
  });

  test("with an error for a field that the real schema does not have, and for one that is not simulated", async () => {
    const unknown = await ask("{ shop { marketingConsent } }");
    expect(JSON.stringify(unknown.body["errors"])).toContain("Cannot query field");
    const notKept = await ask("{ shop { timezoneAbbreviation } }");
    expect(JSON.stringify(notKept.body["errors"])).toContain("keeps no Shop.timezoneAbbreviation");
  });
});

describe("a web pixel", () => {
  test("is created once, with settings that its extension declares", async () => {
    const settings = { config: '{"shop":"x"}' };
    const first = await ask(CREATE, { webPixel: { settings: JSON.stringify(settings) } });
    expect(first.body["data"]).toMatchObject({
      webPixelCreate: { webPixel: { settings: JSON.stringify(settings) }, userErrors: [] },
    });
    const second = await ask(CREATE, { webPixel: { settings } });
    expect(second.body["data"]).toMatchObject({ webPixelCreate: { webPixel: null, userErrors: [{ code: "TAKEN" }] } });
  });

  test.each([
    ["no JSON", "{", "INVALID_CONFIGURATION_JSON"],
    ["an undeclared setting", { config: "{}", accountID: "1" }, "INVALID_SETTINGS"],
    ["a missing setting", {}, "INVALID_SETTINGS"],
    ["a setting that is no text", { config: { shop: "x" } }, "INVALID_SETTINGS"],
    ["a setting that breaks its rule", { config: "x" }, "INVALID_SETTINGS"],
  ])("is refused with %s", async (_, settings, code) => {
    const { body } = await ask(CREATE, { webPixel: { settings } });
    expect(body["data"]).toMatchObject({ webPixelCreate: { webPixel: null, userErrors: [{ code }] } });
    expect(simulator.shop(SHOP).installation.webPixel).toBeNull();
  });

  test("cannot be updated before it exists", async () => {
    const { body } = await ask(
      `mutation { webPixelUpdate(id: "gid://shopify/WebPixel/1", webPixel: { settings: "{}" }) { userErrors { code } } }`,
    );
    expect(body["data"]).toEqual({ webPixelUpdate: { userErrors: [{ code: "NOT_FOUND" }] } });
  });
});

describe("app-data metafields", () => {
  const field = { namespace: "sample", key: "settings", type: "json", value: "{}" };
  const owner = async (): Promise<string> => {
    const { body } = await ask("{ currentAppInstallation { id accessScopes { handle } } }");
    // The query above asks for exactly this.
    return (body["data"] as { currentAppInstallation: { id: string } }).currentAppInstallation.id;
  };

  test("belong to the installation and are kept", async () => {
    const ownerId = await owner();
    const { body } = await ask(SET, { metafields: [{ ...field, ownerId }] });
    expect(body["data"]).toMatchObject({
      metafieldsSet: { metafields: [{ key: "settings", value: "{}" }], userErrors: [] },
    });
    const read = await ask(
      `{ currentAppInstallation { metafield(namespace: "sample", key: "settings") { jsonValue } } }`,
    );
    expect(read.body["data"]).toEqual({ currentAppInstallation: { metafield: { jsonValue: {} } } });
  });

  test("are all refused if one of them is invalid", async () => {
    const ownerId = await owner();
    const wrong = { ...field, key: "enabled", type: "boolean", value: "perhaps", ownerId };
    const { body } = await ask(SET, { metafields: [{ ...field, ownerId }, wrong] });
    expect(body["data"]).toMatchObject({ metafieldsSet: { userErrors: [{ code: "INVALID_VALUE", elementIndex: 1 }] } });
    expect(simulator.shop(SHOP).installation.metafields).toEqual({});
  });
});

describe("orders", () => {
  test("are paged, filtered by time, and have both currencies", async () => {
    const lines = [{ variantId: "4581920037713", quantity: 2 }];
    const orders = ["JP", "DE", "US"].map((country) => simulator.placeOrder(SHOP, { lines, country }));
    const query = `query ($after: String) { orders(first: 2, after: $after, query: "created_at:>=2026-01-01") {
      pageInfo { hasNextPage endCursor } nodes { id totalPriceSet { shopMoney { amount } presentmentMoney { amount currencyCode } } } } }`;
    const first = await ask(query);
    expect(first.body["data"]).toMatchObject({
      orders: {
        pageInfo: { hasNextPage: true },
        nodes: [
          {
            id: `gid://shopify/Order/${orders[0]?.id ?? ""}`,
            totalPriceSet: { presentmentMoney: { currencyCode: "JPY" } },
          },
          { totalPriceSet: { shopMoney: { amount: "42.70" }, presentmentMoney: { amount: "42.70" } } },
        ],
      },
    });
    const after = JSON.stringify(first.body).match(/"endCursor":"([^"]+)"/)?.[1];
    const second = await ask(query, { after });
    expect(second.body["data"]).toMatchObject({ orders: { pageInfo: { hasNextPage: false }, nodes: [{}] } });
  });
});
