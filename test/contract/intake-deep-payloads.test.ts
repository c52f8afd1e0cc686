import { describe, expect, test } from "vitest";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { parseAppRequest } from "../../app/shopify/webhooks/parse-compliance.ts";
import { fromEventbridge } from "../../app/shopify/webhooks/queued-envelope.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";

const DEEP = 100_000;
const nested = (open: string, close: string): string => open.repeat(DEEP) + close.repeat(DEEP);
const LISTS = nested("[", "]");
const OBJECTS = `${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}`;

/** An order with one field more. */
const orderWith = (field: string): string => anOrderWebhook({}).replace(/^\{/, `{${field},`);

const tooDeep = {
  ok: false,
  problem: { code: "not-an-order", detail: "the payload nests more than 1000 levels deep" },
};

describe("a payload that nests a hundred thousand levels deep", () => {
  test.each([
    ["lists", orderWith(`"payment_terms": ${LISTS}`)],
    ["objects", orderWith(`"payment_terms": ${OBJECTS}`)],
    ["with a number beyond 2^53", orderWith(`"more": 9007199254740993, "payment_terms": ${LISTS}`)],
    ["with text that cannot be stored", orderWith(`"note": "\\u0000", "payment_terms": ${OBJECTS}`)],
    ["in a field that nobody reads", orderWith(`"nobodys": ${LISTS}`)],
  ])("is no order: %s", (_what, body) => {
    expect(parseOrder(body)).toEqual(tooDeep);
  });

  test("is no request of Shopify's to the app, not even one that needs no field", () => {
    expect(parseAppRequest("shop/redact", `{"a": ${LISTS}}`)).toMatchObject({
      problem: { code: "not-an-app-request" },
    });
  });

  test.each([LISTS, OBJECTS, `[9007199254740993, ${LISTS}]`])(
    "comes through EventBridge as a webhook that is then quarantined, so that it does not come again",
    (payload) => {
      const metadata = { "X-Shopify-Shop-Domain": "tea.myshopify.com", "X-Shopify-Topic": "orders/paid" };
      const text = `{"id": "1", "detail": {"metadata": ${JSON.stringify(metadata)}, "payload": ${payload}}}`;

      const unwrapped = fromEventbridge(text);

      expect(unwrapped).toMatchObject({ kind: "unwrapped", webhook: { topic: "orders/paid" } });
      if (unwrapped.kind === "unwrapped") expect(parseOrder(unwrapped.webhook.body)).toEqual(tooDeep);
    },
  );
});

test("an order of many lines is no deep one, whatever signs its texts hold", () => {
  const brackets = `"note": ${JSON.stringify('{["\\'.repeat(2_000))}`;
  const lists = `"nobodys": ${JSON.stringify(Array.from({ length: 5_000 }, () => ({ a: [] })))}`;
  expect(parseOrder(orderWith(`${brackets}, ${lists}`))).toMatchObject({ ok: true });
});
