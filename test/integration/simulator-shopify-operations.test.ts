import { parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as domains from "../../app/shopify/admin/domain-operations.server.ts";
import * as privacy from "../../app/shopify/admin/privacy-operations.server.ts";
import * as operations from "../../app/shopify/admin/publish-operations.server.ts";
import { adminSchema } from "../simulators/shopify/admin-graphql.ts";
import { callShopify, exchangeToken, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
const documents = Object.entries({ ...operations, ...privacy, ...domains }).flatMap(([name, value]) =>
  typeof value === "string" ? [{ name, document: value }] : [],
);
let simulator: ShopifySimulator;
let token = "";

beforeAll(async () => {
  simulator = await startSampleShopify();
  simulator.install(SHOP);
  token = String((await exchangeToken(simulator, SHOP, { now: new Date() })).body["access_token"]);
});
afterAll(() => simulator.close());

const answerTo = async (query: string, variables: object = {}): Promise<unknown> => {
  const path = "/admin/api/2026-10/graphql.json";
  const answer = await callShopify(simulator, SHOP, path, { query, variables }, { "x-shopify-access-token": token });
  expect(answer.body).not.toHaveProperty("errors");
  return answer.body["data"];
};

test.each(documents)("$name is valid in Shopify's own 2026-10 schema", ({ document }) => {
  expect(validate(adminSchema(), parse(document))).toEqual([]);
});

describe("the app's operations, answered from the shop's state", () => {
  test("read the shop and publish a metafield to the installation they name", async () => {
    const facts = operations.shopFacts(await answerTo(operations.SHOP_FACTS));
    expect(facts).toMatchObject({ currency: "EUR", timezone: "Europe/Berlin", country: "DE" });
    const field = { ownerId: facts.installationId, namespace: "tandem", key: "settings", type: "json", value: "{}" };
    const answer = await answerTo(operations.PUBLISH_METAFIELDS, { metafields: [field] });
    expect(operations.metafieldErrors(answer)).toEqual([]);
    expect(simulator.shop(SHOP).installation.metafields["tandem.settings"]?.value).toBe("{}");
  });

  test("name the hosts of the shop's pages", async () => {
    expect(domains.shopHosts(await answerTo(domains.SHOP_DOMAINS))).toEqual([SHOP]);
  });

  test("create the web pixel, find it again and change it", async () => {
    const webPixel = { settings: { config: '{"version":1}' } };
    const created = operations.webPixelAnswer(await answerTo(operations.CREATE_WEB_PIXEL, { webPixel }));
    expect(created).toEqual({ id: simulator.shop(SHOP).installation.webPixel?.id, errors: [] });
    expect(operations.currentWebPixel(await answerTo(operations.CURRENT_WEB_PIXEL))).toBe(created.id);
    const changed = { id: created.id, webPixel: { settings: { config: '{"version":2}' } } };
    expect(operations.webPixelAnswer(await answerTo(operations.UPDATE_WEB_PIXEL, changed)).errors).toEqual([]);
    expect(simulator.shop(SHOP).installation.webPixel?.settings).toEqual({ config: '{"version":2}' });
  });

  test("read where the shop requires consent, and which customers opted out of the sale of data", async () => {
    simulator.shop(SHOP).installation.scopes = ["read_privacy_settings"];
    const regions = privacy.consentRegions(await answerTo(privacy.CONSENT_POLICY));
    expect(regions["DE"]).toEqual({ consentRequired: true, saleOptOut: false });
    expect(regions["US"]).toEqual({ consentRequired: false, saleOptOut: true });
    const ids = ["gid://shopify/Order/404"];
    expect(privacy.saleOptOuts(await answerTo(privacy.SALE_OPT_OUTS, { ids })).size).toBe(0);
  });

  test("learn from a user error why a web pixel was refused", async () => {
    const refused = await answerTo(operations.UPDATE_WEB_PIXEL, {
      id: "gid://shopify/WebPixel/0",
      webPixel: { settings: {} },
    });
    expect(operations.webPixelAnswer(refused)).toMatchObject({ id: null, errors: [{ code: "NOT_FOUND" }] });
  });
});
