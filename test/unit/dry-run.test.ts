import { describe, expect, test } from "vitest";
import type { AdminAnswer, AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import { dryRunForReading } from "../../app/routes/app.dry-run/dry-run-for-reading.ts";
import { WORKED_EXAMPLE } from "../../app/routes/app.settings.purchase/value-preview.tsx";
import { namedOrder } from "../../app/shopify/admin/find-order.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { dryRun, type DryRunDeps, type DryRunInput, latestOrderValues } from "../../app/dry-run/dry-run.ts";
import { dryRunOrder, valuesOf } from "../../app/dry-run/dry-run-order.ts";
import type { Problem } from "../../app/wording/field-problem-words.ts";
import { problem } from "../../app/wording/problem.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aLine } from "../fixtures/orders/true-sale.ts";
import { aPixel, aProfile, ORDER, SHOP } from "./dashboard/samples.ts";

const AT = new Date("2026-11-23T15:00:00Z");
const unused: AdminGraphql = () => Promise.reject(new Error("Shopify was asked"));

const depsWith = (change: Partial<DryRunDeps> = {}): DryRunDeps => ({
  profile: () => Promise.resolve(aProfile()),
  consentPolicy: () => Promise.resolve(null),
  admin: () => Promise.resolve(unused),
  knownCosts: () => Promise.resolve(new Map()),
  now: () => AT,
  ...change,
});

const run = (input: Partial<DryRunInput>, deps: Partial<DryRunDeps> = {}) =>
  dryRun(SHOP, { from: "pasted", json: "", number: "", answer: "allowed", ...input }, depsWith(deps));

describe("a pasted order", () => {
  test("shows what the dry run on the command line shows, under the shop's own settings and pixels", async () => {
    const { settings } = aProfile();
    const profile = aProfile({ settings: { ...settings, valueBasis: "total", purchaseTrigger: "placed" } });
    const json = anOrderWebhook({ financialStatus: "pending" });
    const answer = await run({ json, answer: "none" }, { profile: () => Promise.resolve(profile) });
    expect(answer).toEqual({
      kind: "done",
      result: dryRunOrder(json, { profile, browser: null, now: null, policy: null }),
    });
    expect(answer).toMatchObject({ result: { state: "send", server: { event_name: "Purchase" } } });
  });

  test("is withheld if every pixel is paused, with the live path's reason", async () => {
    const profile = aProfile({ pixels: [aPixel({ state: "paused" })] });
    const answer = await run({ json: anOrderWebhook() }, { profile: () => Promise.resolve(profile) });
    expect(answer).toMatchObject({ result: { state: "withheld", reason: "pixel-paused", server: null } });
  });

  test.each([
    ["allowed", { state: "send", rule: "browser-granted" }],
    ["limited", { state: "send", rule: "sale-opt-out", server: { data_processing_options: ["LDU"] } }],
    ["declined", { state: "withheld", rule: "browser-declined" }],
  ])("follows the browser's answer: %s", async (answer, expected) => {
    expect(await run({ json: anOrderWebhook(), answer })).toMatchObject({ result: expected });
  });

  test("follows the shop's own privacy settings without a browser's report", async () => {
    const policy = { readAt: 0, regions: { US: { consentRequired: true, saleOptOut: false } } };
    const json = anOrderWebhook();
    expect(await run({ json, answer: "none" })).toMatchObject({ result: { state: "send" } });
    expect(await run({ json, answer: "none" }, { consentPolicy: () => Promise.resolve(policy) })).toMatchObject({
      result: { state: "withheld", rule: "required-and-unknown" },
    });
  });

  test("follows the merchant's own rule without a browser's report, if the region requires no consent", async () => {
    const { settings } = aProfile();
    const profile = aProfile({ settings: { ...settings, noAnswer: ["US"] } });
    const under = { profile: () => Promise.resolve(profile) };
    expect(await run({ json: anOrderWebhook(), answer: "none" }, under)).toMatchObject({
      result: { state: "withheld", reason: "consent-no-answer-withheld", server: null, browser: null },
    });
    expect(await run({ json: anOrderWebhook(), answer: "allowed" }, under)).toMatchObject({
      result: { state: "send" },
    });
  });

  test.each([
    ["nothing", " ", problem("order.json.missing")],
    ["half an order", anOrderWebhook().slice(0, 200), problem("order.json.not-json")],
    [
      "a draft order",
      anOrderWebhook({}, { admin_graphql_api_id: "gid://shopify/DraftOrder/1" }),
      problem("order.json.not-an-order", { field: "admin_graphql_api_id" }),
    ],
    ["more than an order can be", `"${"x".repeat(1_000_001)}"`, problem("order.json.too-long", { most: 1_000_000 })],
  ])("is refused at its field where it is %s, without repeating what stands in it", async (_what, json, message) => {
    const answer = await run({ json });
    expect(answer).toEqual({ kind: "invalid", problems: [{ field: "json", message }] });
    expect(JSON.stringify(answer)).not.toContain("ada@example.com");
  });
});

describe("an order given by number", () => {
  test.each([
    ["#1001", { kind: "name", name: "1001" }],
    [" EN-1001/A ", { kind: "name", name: "EN-1001/A" }],
    ["5847561437412", { kind: "id", gid: "gid://shopify/Order/5847561437412" }],
    ["gid://shopify/Order/5847561437412", { kind: "id", gid: "gid://shopify/Order/5847561437412" }],
    [
      "https://admin.shopify.com/store/tea/orders/5847561437412?x=1",
      { kind: "id", gid: "gid://shopify/Order/5847561437412" },
    ],
  ])("%s is understood", (text, expected) => {
    expect(namedOrder(text)).toEqual(expected);
  });

  test.each(["", "#", "1001' OR name:'1002", "my order", "x".repeat(60)])(
    "%j is not, and Shopify is not asked",
    async (number) => {
      expect(await run({ from: "shop", number })).toMatchObject({ kind: "invalid", problems: [{ field: "number" }] });
    },
  );

  test.each<[AdminAnswer, Problem]>([
    [
      { kind: "refused", status: 200, message: "Access denied." },
      problem("order.refused-because", { message: "Access denied." }),
    ],
    // The client's own sentence, which is for operators.
    [{ kind: "refused", status: 403, message: "Shopify forbids this request (403)." }, problem("order.refused")],
    [{ kind: "unavailable", message: "Shopify answered 502." }, problem("order.unavailable")],
  ])("says why Shopify does not show it, and quotes what Shopify itself says: %j", async (answer, message) => {
    const refusing: AdminGraphql = () => Promise.resolve(answer);
    const problems = [{ field: "number", message }];
    for (const number of ["#1001", "5847561437412"]) {
      const read = await run({ from: "shop", number }, { admin: () => Promise.resolve(refusing) });
      expect(read).toEqual({ kind: "invalid", problems });
    }
  });

  test("is refused where the shop has given no access", async () => {
    const problems = [{ field: "number", message: problem("order.no-access") }];
    const read = await run({ from: "shop", number: "#1001" }, { admin: () => Promise.resolve(null) });
    expect(read).toEqual({ kind: "invalid", problems });
  });
});

test("the page gets only hashes of personal data", async () => {
  const answer = await run({ json: anOrderWebhook() });
  if (answer.kind !== "done") throw new Error("no dry run was made");
  const { server } = { ...answer.result };
  if (server === null) throw new Error("nothing to send");
  const visited = {
    ...server,
    user_data: { ...server.user_data, client_ip_address: "203.0.113.9", client_user_agent: "Mozilla/5.0 Sample" },
  };
  const [purchase] = dryRunForReading({
    ...answer.result,
    events: [{ event: "Purchase", state: "send", server: visited, browser: null }],
  }).events;
  expect(purchase?.server).toMatch(/"em": \[\s+"[0-9a-f]{64}"/);
  expect(purchase?.server).not.toMatch(/@|203\.0|Mozilla/);
  // In no language: the page explains the sign in its reader's.
  expect(purchase?.server).toMatch(/"client_ip_address": "…",\s+"client_user_agent": "…"/);
});

test.each([
  ["pos", "physical_store"],
  ["shopify_draft_order", "other"],
  ["subscription_contract", "system_generated"],
  ["web", "website"],
])("the page learns where an order of the source %s happened, for its reason", (source, actionSource) => {
  const result = dryRunOrder(anOrderWebhook({ source }), { profile: aProfile(), browser: null, now: null });
  expect(dryRunForReading(result).events[0]).toMatchObject({ actionSource });
});

describe("the preview of the value rules", () => {
  const LATEST = { orderId: ORDER, orderName: "#1032" };

  test("its example equals the live code's result for such an order", () => {
    const line = aLine({ unit: 5000, quantity: 2, lineDiscount: 1000, orderDiscount: 0, refunded: 0 });
    const order = parseOrder(
      anOrderWebhook({ currency: "EUR", lines: [line], shipping: 490, tax: 1515, taxesIncluded: true }),
    );
    if (!order.ok) throw new Error(order.problem.detail);
    expect(valuesOf(order.value, aProfile().settings)).toEqual(WORKED_EXAMPLE);
  });

  test("excludes gift cards if the merchant does", () => {
    const lines = [aLine({ unit: 1000, quantity: 1 }), aLine({ unit: 5000, quantity: 1, isGiftCard: true })];
    const order = parseOrder(anOrderWebhook({ lines, shipping: 0 }));
    if (!order.ok) throw new Error(order.problem.detail);
    const { settings } = aProfile();
    expect(valuesOf(order.value, settings)).toMatchObject({ total: 60, subtotal: 60 });
    expect(valuesOf(order.value, { ...settings, giftCards: "leave-out" })).toMatchObject({ total: 10, subtotal: 10 });
  });

  test("is null, without a request to Shopify, if the ledger has no order", async () => {
    const deps = { ...depsWith(), admin: () => Promise.resolve(unused), latestOrder: () => Promise.resolve(null) };
    expect(await latestOrderValues(SHOP, deps)).toBeNull();
  });

  test("is null if Shopify no longer has the order", async () => {
    const gone: AdminGraphql = () => Promise.resolve({ kind: "answered", data: { order: null } });
    const deps = { ...depsWith(), admin: () => Promise.resolve(gone), latestOrder: () => Promise.resolve(LATEST) };
    expect(await latestOrderValues(SHOP, deps)).toBeNull();
  });
});
