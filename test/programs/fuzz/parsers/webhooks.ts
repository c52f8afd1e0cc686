import { createHmac } from "node:crypto";
import fc from "fast-check";
import { shopDomain } from "../../../../app/event-contract/event-id.ts";
import { eventsFromOrder } from "../../../../app/normalize/events-from-order.ts";
import { parseOrder } from "../../../../app/shopify/orders/parse-order.ts";
import type { Order } from "../../../../app/shopify/types.ts";
import { parseLossless } from "../../../../app/shopify/webhooks/lossless-json.ts";
import { APP_TOPICS, parseAppRequest } from "../../../../app/shopify/webhooks/parse-compliance.ts";
import { fromEventbridge, fromPubsub, type Unwrapped } from "../../../../app/shopify/webhooks/queued-envelope.ts";
import { createWebhookVerifier } from "../../../../app/shopify/webhooks/verify-webhook.server.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../../../app/event-contract/order-settings.ts";
import { anOrderWebhook } from "../../../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../../../fixtures/orders/settings.ts";
import { aLine } from "../../../fixtures/orders/true-sale.ts";
import { jsonLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectSame, expectStorable, expectThat } from "../invariants.ts";
import { fuzzed, fuzzedAsync } from "../of-inputs.ts";

const ORDER = anOrderWebhook();
const CHANGED_ORDER = anOrderWebhook(
  {
    orderId: "9223372036854775807",
    currency: "JPY",
    decimals: 0,
    shopRate: 0.007,
    lines: [aLine({ refunded: 1, isSubscription: true }), aLine({ variantId: "41002", isGiftCard: true, removed: 1 })],
    attributes: { __tandem_fbp: "fb.1.1763000000000.1234567890" },
    updatedAt: "2026-11-22T10:15:30-05:00",
  },
  {
    refunds: [
      {
        id: 501,
        created_at: "2026-11-21T10:00:00Z",
        processed_at: "2026-11-21T10:00:00Z",
        refund_line_items: [{ line_item_id: 9000, quantity: 1 }],
        transactions: [{ kind: "refund", status: "success", amount: "1250", currency: "JPY" }],
      },
    ],
    transactions: [{ kind: "sale", status: "success", processed_at: "2026-11-20T15:15:31Z" }],
    fulfillment_status: "fulfilled",
    fulfillments: [
      {
        status: "success",
        shipment_status: "delivered",
        created_at: "2026-11-21T10:00:00Z",
        updated_at: "2026-11-22T10:00:00Z",
      },
    ],
    tags: "wholesale, vip",
    company: { id: 1 },
  },
);
const NOW = new Date("2026-11-23T12:00:00Z");
const EVERYTHING = { ...DEFAULT_ORDER_SETTINGS, refundEvent: true, upsellEvent: true, predictedOrders: 100 };

export const orders = fuzzed("order webhook", jsonLike(ORDER, CHANGED_ORDER), (body) => {
  const parsed = parseOrder(body);
  if (!parsed.ok) return expectStorable(parsed.problem);
  expectOrder(parsed.value);
  const seller = { shop: aShopDomain(), settings: settingsWith({ orders: EVERYTHING }) };
  for (const event of eventsFromOrder(parsed.value, seller, NOW)) expectStorable(event, "the event");
});

function expectOrder(order: Order): void {
  expectStorable(order, "the order");
  expectThat(/^[1-9]\d{0,19}$/.test(order.id), "an order's id is digits");
  for (const at_s of [order.placedAt_s, order.updatedAt_s, order.firstPaidAt_s]) {
    expectThat(at_s === null || !Number.isNaN(new Date(at_s * 1000).getTime()), "an order's times exist");
  }
  const amounts = [order.total, order.tax, order.shipping, ...order.lines.map(({ total }) => total)];
  const rest = [...order.refunds.map(({ paidBack }) => paidBack), ...Object.values(order.current ?? {})];
  for (const { minor } of [...amounts, ...rest]) {
    expectThat(Number.isSafeInteger(minor), "money is whole minor units, exactly");
  }
}

const REQUESTS = {
  "customers/redact": `{"shop_id":1,"shop_domain":"tea.myshopify.com","customer":{"id":191167,"email":"ada@example.com","phone":"+16505551212"},"orders_to_redact":[299938,280263]}`,
  "customers/data_request": `{"shop_id":1,"shop_domain":"tea.myshopify.com","orders_requested":[299938],"customer":{"id":191167,"email":"ada@example.com","phone":null},"data_request":{"id":9999}}`,
  "shop/redact": `{"shop_id":1,"shop_domain":"tea.myshopify.com"}`,
  "app/uninstalled": `{"id":1,"domain":"tea.example.com","myshopify_domain":"tea.myshopify.com","email":"owner@example.com"}`,
  "app/scopes_update": `{"id":1,"previous":["read_orders"],"current":["read_orders","write_pixels"],"updated_at":"2026-11-20T10:15:30Z"}`,
} as const;

const appWebhook = (name: string, topics: readonly (typeof APP_TOPICS)[number][]) => {
  const inputs = topics.map((topic) => fc.tuple(fc.constant(topic), jsonLike(REQUESTS[topic])));
  return fuzzed(name, fc.oneof(...inputs), ([topic, body]) => {
    const parsed = parseAppRequest(topic, body);
    expectStorable(parsed.ok ? parsed.value : parsed.problem);
  });
};
export const complianceRequests = appWebhook("compliance webhooks", APP_TOPICS.slice(0, 3));
export const appRequests = appWebhook("app webhooks", APP_TOPICS.slice(3));

const METADATA = {
  "X-Shopify-Topic": "orders/paid",
  "X-Shopify-Shop-Domain": "tea.myshopify.com",
  "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  "X-Shopify-Api-Version": "2026-10",
  "X-Shopify-Triggered-At": "2026-11-20T15:15:31.123456789Z",
};
const BRIDGE_EVENT = JSON.stringify({
  version: "0",
  id: "8d7f3f1c-0000-4000-8000-000000000000",
  "detail-type": "shopifyWebhook",
  source: "aws.partner/shopify.com/1/tandem",
  detail: { payload: JSON.parse(ORDER) as unknown, metadata: METADATA },
});
const pushOf = (data: string) =>
  JSON.stringify({
    message: { data: Buffer.from(data).toString("base64"), attributes: METADATA, messageId: "1", publishTime: "x" },
    subscription: "projects/example/subscriptions/tandem",
  });

export const eventbridge = fuzzed("EventBridge envelope", jsonLike(BRIDGE_EVENT), (text) =>
  expectUnwrapped(fromEventbridge(text)),
);
export const pubsub = fuzzed("Pub/Sub envelope", jsonLike(pushOf(ORDER), pushOf("{}")), (text) =>
  expectUnwrapped(fromPubsub(text)),
);

function expectUnwrapped(unwrapped: Unwrapped): void {
  if (unwrapped.kind === "bad-envelope") return;
  const { body, ...headers } = unwrapped.webhook;
  expectStorable(headers, "the webhook's headers");
  expectThat(shopDomain(headers.shop) === headers.shop, "the shop is a shop");
  const parsed = parseOrder(body);
  if (parsed.ok) expectOrder(parsed.value);
}

const SECRET = "fuzz-secret-of-the-app";
const verify = createWebhookVerifier({ apiSecret: SECRET });
const signatureOf = (body: string | Buffer): string => createHmac("sha256", SECRET).update(body).digest("base64");
const SIGNED = Object.entries({ ...METADATA, "X-Shopify-Hmac-Sha256": signatureOf("{}") });
const header = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...SIGNED) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...SIGNED.map(([name]) => name)), hostileText) },
  { weight: 1, arbitrary: fc.tuple(hostileText, hostileText) },
);
const bodies = fc.oneof(
  fc.constant("{}"),
  textLike("{}"),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
);

export const webhookHeaders = fuzzedAsync(
  "webhook headers",
  fc.tuple(fc.array(header, { maxLength: 12 }), bodies),
  async ([headers, body]) => {
    const sent = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
    const verification = await verify(sent, body);
    if (verification.kind !== "verified") return;
    expectThat(sent["x-shopify-hmac-sha256"] === signatureOf(body), "only what the secret signed is verified");
    expectThat(shopDomain(verification.webhook.shop) !== null, "the shop is a shop");
  },
);

export const losslessJson = fuzzed("JSON of Shopify", jsonLike(ORDER, CHANGED_ORDER), (text) => {
  const [exact, plain] = [parsedBy(parseLossless, text), parsedBy(JSON.parse, text)];
  // Deeper than the reviver's recursion goes it throws, which every caller takes for text that is no JSON.
  if (!("value" in exact)) return;
  expectThat("value" in plain, "what JSON.parse refuses is refused");
  if (/\d{16}|\[{50}|(?:\{"a":){50}/.test(text)) return;
  expectSame(exact.value, plain.value, "without long numbers both read the same");
});

function parsedBy(parse: (text: string) => unknown, text: string): { readonly value?: unknown } {
  try {
    return { value: parse(text) };
  } catch (error) {
    expectThat(error instanceof SyntaxError || error instanceof RangeError, "what is no JSON is a syntax error");
    return {};
  }
}
