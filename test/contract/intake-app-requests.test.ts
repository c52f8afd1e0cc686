import { describe, expect, test } from "vitest";
import { parseLossless } from "../../app/shopify/webhooks/lossless-json.ts";
import { parseAppRequest } from "../../app/shopify/webhooks/parse-compliance.ts";

describe("lossless JSON", () => {
  test("keeps big integers as text and everything else unchanged", () => {
    expect(
      parseLossless('{"id": 9007199254740993123, "n":[1, 12345678901234567], "s":"1234567890123456789", "f":1.5}'),
    ).toEqual({
      id: "9007199254740993123",
      n: [1, "12345678901234567"],
      s: "1234567890123456789",
      f: 1.5,
    });
    expect(parseLossless('{"id":6198424240428}')).toEqual({ id: 6198424240428 });
  });
});

describe("Shopify's requests to the app itself", () => {
  const customer = { id: 191167, email: "ada@example.com", phone: "555-625-1199" };

  test("to redact a customer", () => {
    const body = JSON.stringify({
      shop_id: 954889,
      shop_domain: "tea.myshopify.com",
      customer,
      orders_to_redact: [299938, 280263],
    });
    expect(parseAppRequest("customers/redact", body)).toEqual({
      ok: true,
      value: {
        kind: "redact-customer",
        customerId: "191167",
        email: "ada@example.com",
        phone: "555-625-1199",
        orderIds: ["299938", "280263"],
      },
    });
  });

  test("to report a customer's data", () => {
    const body = JSON.stringify({
      customer: { ...customer, phone: null },
      orders_requested: [299938],
      data_request: { id: 9999 },
    });
    expect(parseAppRequest("customers/data_request", body)).toEqual({
      ok: true,
      value: {
        kind: "customer-data-request",
        requestId: "9999",
        customerId: "191167",
        email: "ada@example.com",
        phone: null,
        orderIds: ["299938"],
      },
    });
  });

  test("to redact a shop, to end an installation, to update its scopes", () => {
    expect(parseAppRequest("shop/redact", '{"shop_id":1}')).toEqual({ ok: true, value: { kind: "redact-shop" } });
    expect(parseAppRequest("app/uninstalled", '{"id":1,"domain":null}')).toEqual({
      ok: true,
      value: { kind: "uninstalled" },
    });
    expect(
      parseAppRequest("app/scopes_update", '{"previous":["read_orders"],"current":["read_orders","write_pixels"]}'),
    ).toEqual({
      ok: true,
      value: { kind: "scopes-updated", previous: ["read_orders"], current: ["read_orders", "write_pixels"] },
    });
  });

  test("give a problem if they cannot be read", () => {
    const unread = parseAppRequest("app/scopes_update", "{}");
    expect(unread).toMatchObject({ ok: false, problem: { code: "not-an-app-request" } });
    expect(unread.ok ? "" : unread.problem.detail).toMatch(/^previous: /);
    expect(parseAppRequest("customers/redact", "no")).toMatchObject({ ok: false, problem: { code: "not-json" } });
  });
});
