import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { checkInstallations } from "../../app/jobs/check-installations.server.ts";
import { publishSettings } from "../../app/jobs/publish-settings.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { parseSettingsInput } from "../../app/settings/validate-settings.ts";
import type { AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import { settingsScene } from "../support/settings-scene.ts";
import { adminOf, aShopifyOfItsOwn } from "../support/simulated-admin.ts";

const SHOP = "tandem-demo.myshopify.com" as ShopDomain;
const APP_URL = "https://tandem.example.com";
const scene = settingsScene();
const log = createLogger({ level: "silent", name: "test" });

let simulator: ShopifySimulator;
let admin: AdminGraphql;
beforeAll(async () => {
  simulator = await aShopifyOfItsOwn(SHOP);
});
afterAll(() => simulator.close());
beforeEach(async () => {
  simulator.uninstall(SHOP);
  await install();
  await scene.store().beginInstallation(SHOP, { anew: true });
});

async function install(): Promise<void> {
  simulator.install(SHOP);
  installationOf().scopes.push("read_customers");
  admin = await adminOf(simulator, SHOP);
}

/** Saves a funnel with this metafield, and publishes it. */
async function publishWith(customerMetafield: string | null, ask = admin) {
  const stages = [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    { key: "won", name: "Won", event: "LeadWon", kind: "won" },
  ];
  const settings = parseSettingsInput({ funnel: JSON.stringify({ stages, customerMetafield }) });
  if (!settings.ok) throw new Error("the funnel is no funnel");
  await scene.store().save(SHOP, settings.value, "test");
  return publishSettings(SHOP, { settings: scene.store(), admin: async () => ask, appUrl: APP_URL, log });
}

const installationOf = () => simulator.shop(SHOP).installation;
const subscriptions = () => installationOf().subscriptions;

test("a save subscribes to the metafield, another one changes the subscription, and without a metafield it ends", async () => {
  expect(await publishWith("custom.lead_stage")).toMatchObject({ kind: "published" });
  expect(subscriptions()).toMatchObject([
    {
      topic: "CUSTOMERS_UPDATE",
      uri: `${APP_URL}/webhooks/app`,
      filter: "metafields.namespace:custom AND metafields.key:lead_stage AND metafields.value:*",
      includeFields: ["id", "admin_graphql_api_id", "updated_at", "metafields"],
      metafields: [{ namespace: "custom", key: "lead_stage" }],
    },
  ]);
  const [first] = subscriptions().map(({ id }) => id);
  await publishWith("crm.stage");
  expect(subscriptions()).toMatchObject([{ id: first, metafields: [{ namespace: "crm", key: "stage" }] }]);
  await publishWith(null);
  expect(subscriptions()).toEqual([]);
});

test("what is there already is left alone, and what is there twice is there once", async () => {
  await publishWith("custom.lead_stage");
  const [before] = structuredClone(subscriptions());
  const mutations: string[] = [];
  await publishWith("custom.lead_stage", (query, variables) => {
    if (query.includes("Subscri") && query.includes("mutation")) mutations.push(query);
    return admin(query, variables);
  });
  expect(mutations).toEqual([]);
  expect(subscriptions()).toEqual([before]);

  const other = { id: "gid://shopify/WebhookSubscription/2", uri: "https://former.example.com/webhooks/app" };
  subscriptions().push(...subscriptions().map((one) => ({ ...one, ...other })));
  await publishWith("custom.lead_stage");
  expect(subscriptions()).toEqual([before]);
});

test("a shop without a metafield gets no subscription", async () => {
  await publishWith(null);
  expect(subscriptions()).toEqual([]);
});

test("an installation that comes back is subscribed again", async () => {
  await publishWith("custom.lead_stage");
  simulator.uninstall(SHOP);
  await scene.store().markUninstalled(SHOP);
  expect(subscriptions()).toEqual([]);
  await install();
  await scene.store().beginInstallation(SHOP, { anew: true });
  await publishSettings(SHOP, { settings: scene.store(), admin: async () => admin, appUrl: APP_URL, log });
  expect(subscriptions()).toHaveLength(1);
});

test("a subscription that Shopify deleted after an outage of the app is made again with the next check", async () => {
  await publishWith("custom.lead_stage");
  subscriptions().splice(0);
  scene.clock = new Date(scene.clock.getTime() + 2 * 3_600_000);
  await checkInstallations({
    settings: scene.store(),
    admin: async () => admin,
    holdsGrant: async () => true,
    publish: async () => expect.fail("there is nothing to publish"),
    end: async () => false,
    erase: async () => undefined,
    appUrl: APP_URL,
    log,
  });
  expect(subscriptions()).toHaveLength(1);
});

test("where Shopify refuses, the merchant reads why, and it is tried again", async () => {
  installationOf().scopes = installationOf().scopes.filter((scope) => scope !== "read_customers");
  expect(await publishWith("custom.lead_stage")).toEqual({
    kind: "shopify-refused",
    problem: expect.stringMatching(/^metafield: .*permission/) as unknown,
  });
  expect(await scene.store().publishState(SHOP)).toMatchObject({ publishedVersion: 0 });
  installationOf().scopes.push("read_customers");
  expect(await publishWith("custom.lead_stage")).toMatchObject({ kind: "published" });
  expect(subscriptions()).toHaveLength(1);
});

test("two publications at the same time make one subscription", async () => {
  let isFirst = true;
  // Another publication is quicker, between this one's look and its mutation.
  const answer = await publishWith("custom.lead_stage", async (query, variables) => {
    if (isFirst && query.includes("TandemSubscribeToCustomers")) {
      isFirst = false;
      await admin(query, variables);
    }
    return admin(query, variables);
  });
  expect(answer).toMatchObject({ kind: "published" });
  expect(subscriptions()).toHaveLength(1);
});
