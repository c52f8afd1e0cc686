import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callShopify, exchangeToken, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
const URI = "https://app.example.com/hooks/customers";
const FILTER = "metafields.namespace:custom AND metafields.key:stage AND metafields.value:*";
const WANTED = {
  uri: URI,
  filter: FILTER,
  includeFields: ["id", "metafields"],
  metafields: [{ namespace: "custom", key: "stage" }],
};

let simulator: ShopifySimulator;
let token = "";
beforeAll(async () => {
  simulator = await startSampleShopify();
  simulator.faults.drop = Number.MAX_SAFE_INTEGER;
});
afterAll(() => simulator.close());
beforeEach(async () => {
  simulator.uninstall(SHOP);
  simulator.install(SHOP);
  simulator.shop(SHOP).installation.scopes.push("read_customers");
  simulator.shop(SHOP).customerMetafields.clear();
  token = String((await exchangeToken(simulator, SHOP, { now: new Date() })).body["access_token"]);
});

async function ask(query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const headers = { "x-shopify-access-token": token };
  const { body } = await callShopify(simulator, SHOP, "/admin/api/2026-10/graphql.json", { query, variables }, headers);
  return body;
}

const CREATE = `mutation ($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) {
    webhookSubscription { id uri filter includeFields metafields { namespace key } } userErrors { field message } } }`;
const create = async (change: object = {}, topic = "CUSTOMERS_UPDATE") =>
  ask(CREATE, { topic, input: { ...WANTED, ...change } });
const list = async () => ask(`{ webhookSubscriptions(first: 5, topics: [CUSTOMERS_UPDATE]) { nodes { id uri } } }`);
const idOf = (body: Record<string, unknown>) =>
  (body["data"] as { webhookSubscriptionCreate: { webhookSubscription: { id: string } } }).webhookSubscriptionCreate
    .webhookSubscription.id;

describe("a shop's own subscription", () => {
  test("is made, listed, changed and deleted, and gone with the app", async () => {
    const made = await create();
    expect(made["data"]).toMatchObject({
      webhookSubscriptionCreate: { webhookSubscription: WANTED, userErrors: [] },
    });
    const id = idOf(made);
    expect(await list()).toMatchObject({ data: { webhookSubscriptions: { nodes: [{ id, uri: URI }] } } });
    const update = `mutation ($id: ID!, $input: WebhookSubscriptionInput!) {
      webhookSubscriptionUpdate(id: $id, webhookSubscription: $input) {
        webhookSubscription { id filter } userErrors { message } } }`;
    const filter = "metafields.key:other";
    expect(await ask(update, { id, input: { ...WANTED, filter } })).toMatchObject({
      data: { webhookSubscriptionUpdate: { webhookSubscription: { id, filter }, userErrors: [] } },
    });
    const remove = `mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) {
      deletedWebhookSubscriptionId userErrors { message } } }`;
    expect(await ask(remove, { id })).toMatchObject({
      data: { webhookSubscriptionDelete: { deletedWebhookSubscriptionId: id, userErrors: [] } },
    });
    expect(await ask(remove, { id })).toMatchObject({
      data: { webhookSubscriptionDelete: { userErrors: [{ message: "Webhook subscription does not exist" }] } },
    });
    await create();
    simulator.uninstall(SHOP);
    expect(simulator.shop(SHOP).installation.subscriptions).toEqual([]);
  });

  test.each([
    ["a second time at the same address", {}, /already been taken/],
    ["without HTTPS", { uri: "http://app.example.com/hooks" }, /Address is invalid/],
    ["with a filter that is none", { uri: `${URI}/2`, filter: "metafields.key = stage" }, /filter is invalid/],
    [
      "with a metafield that cannot be",
      { uri: `${URI}/2`, metafields: [{ namespace: "c", key: "stage" }] },
      /Metafields/,
    ],
  ])("is refused %s", async (_what, change, message) => {
    await create();
    expect(await create(change)).toMatchObject({
      data: {
        webhookSubscriptionCreate: {
          webhookSubscription: null,
          userErrors: [{ message: expect.stringMatching(message) as unknown }],
        },
      },
    });
  });

  test("is refused without the topic's scope, and for a topic that Shopify does not have", async () => {
    expect((await create({}, "CUSTOMERS_CHANGED"))["errors"]).toBeDefined();
    simulator.shop(SHOP).installation.scopes = ["read_orders"];
    expect(await create()).toMatchObject({
      data: {
        webhookSubscriptionCreate: { userErrors: [{ message: expect.stringMatching(/permission/) as unknown }] },
      },
    });
  });
});

const received = () =>
  simulator.webhooks
    .filter(({ topic, shop }) => topic === "customers/update" && shop === SHOP)
    .map(({ body }) => JSON.parse(body) as { id: number; metafields: { value: string }[] });

describe("customers/update", () => {
  const stage = { customerId: "7", namespace: "custom", key: "stage" };

  test("comes for a new value and for other changes of those who have it, with the fields that were asked for", async () => {
    await create();
    const before = received().length;
    simulator.changeCustomer(SHOP, "7");
    simulator.changeMetafield(SHOP, { ...stage, key: "vip", value: "yes" });
    expect(received()).toHaveLength(before);
    simulator.changeMetafield(SHOP, { ...stage, value: "qualified" });
    simulator.changeMetafield(SHOP, { ...stage, value: "qualified" });
    simulator.changeCustomer(SHOP, "7");
    simulator.changeMetafield(SHOP, { ...stage, value: null });
    const bodies = received().slice(before);
    expect(bodies.map(({ metafields }) => metafields.map(({ value }) => value))).toEqual([
      ["qualified"],
      ["qualified"],
    ]);
    expect(Object.keys(bodies[0] ?? {})).toEqual(["id", "metafields"]);
  });

  test.each([
    ["a customer without an ID", { ...stage, customerId: "ada", value: "x" }],
    ["a metafield without a key", { ...stage, key: "", value: "x" }],
    ["a value without text", { ...stage, value: "" }],
  ])("is not simulated for %s", (_what, change) => {
    expect(() => simulator.changeMetafield(SHOP, change)).toThrow();
  });
});
