import { describe, expect, test } from "vitest";
import { dryRunCheckout } from "../../app/cli/dry-run/checkout.ts";
import { assumedCosts } from "../../app/dry-run/assumed-costs.ts";
import { assumedBrowser, assumedProfile } from "../../app/dry-run/assumptions.ts";
import { type DryRunGiven, dryRunOrder } from "../../app/dry-run/dry-run-order.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import { withReceipt } from "../../app/normalize/with-receipt.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckout } from "../fixtures/orders/pixel-checkout.ts";
import { aLine, type Buyer } from "../fixtures/orders/true-sale.ts";

const AT = new Date("2026-11-20T16:00:00Z");
const GRANTED = { consent: { marketing: true, saleOfData: true }, fbp: "fb.1.1763000000000.1234567890" };
const GERMAN: Buyer = {
  customerId: "42",
  email: "ada@example.com",
  phone: null,
  firstName: "Ada",
  lastName: "Example",
  city: "Berlin",
  province: null,
  provinceCode: null,
  zip: "10115",
  countryCode: "DE",
};

function given(settings: object = {}, context: object | null = null): DryRunGiven {
  const profile = assumedProfile(
    JSON.stringify({ shop: "tea.myshopify.com", pixelId: "123456789012345", ...settings }),
  );
  if (!profile.ok) throw new Error(JSON.stringify(profile.problems));
  if (context === null) return { profile: profile.value, browser: null, now: null };
  const browser = assumedBrowser(JSON.stringify(context), profile.value.shop, AT);
  if (!browser.ok) throw new Error(JSON.stringify(browser.problems));
  return { profile: profile.value, browser: browser.value, now: null };
}

describe("a dry run of an order", () => {
  test("shows both legs exactly as they would be sent, with the rule that allowed them", () => {
    const context = { ...GRANTED, url: "https://tea.myshopify.com/checkouts/cn/secret?key=1" };
    const result = dryRunOrder(anOrderWebhook(), given({}, context));
    expect(result).toMatchObject({ state: "send", rule: "browser-granted", kind: "online" });
    expect(result.server).toMatchObject({
      event_name: "Purchase",
      event_id: "purchase.tea.6198424240428",
      event_source_url: "https://tea.myshopify.com/checkouts",
      user_data: { fbp: GRANTED.fbp },
      custom_data: { value: 25, currency: "USD" },
    });
    expect(result.browser).toMatchObject({
      id: "123456789012345",
      ev: "Purchase",
      eid: "purchase.tea.6198424240428",
      dl: "https://tea.myshopify.com/checkouts",
      "cd[value]": "25",
      "cd[currency]": "USD",
      "cd[contents]": '[{"id":"41001","quantity":2,"item_price":12.5}]',
      fbp: GRANTED.fbp,
    });
  });

  test("is decided as of its own time unless another time is given", () => {
    const old = anOrderWebhook({ placedAt: "2020-01-02T10:00:00Z" });
    expect(dryRunOrder(old, given()).state).toBe("send");
    const late = dryRunOrder(old, { ...given(), now: AT });
    expect(late).toMatchObject({ state: "refused", reason: "too-old", server: null, browser: null });
  });

  test("that waits for payment shows what will be sent then, and has no browser leg", () => {
    const result = dryRunOrder(anOrderWebhook({ financialStatus: "pending" }), given());
    expect(result).toMatchObject({ state: "wait", reason: "waiting-for-payment", browser: null });
    expect(result.server?.custom_data.value).toBe(25);
    const placed = dryRunOrder(anOrderWebhook({ financialStatus: "pending" }), given({ purchaseTrigger: "placed" }));
    expect(placed.state).toBe("send");
  });

  test("that was paid twelve days later is dated by its payment, without a browser leg", () => {
    const changes = { gateway: "Bank Deposit", updatedAt: "2026-12-02T09:00:00Z", lines: [aLine({ removed: 1 })] };
    const result = dryRunOrder(anOrderWebhook(changes), given({}, GRANTED));
    expect(result).toMatchObject({ state: "send", browser: null, server: { custom_data: { value: 12.5 } } });
    expect(result.server?.event_time).toBe(Date.parse(changes.updatedAt) / 1000);
  });

  test("without a consent signal shows nothing if the region requires consent", () => {
    const result = dryRunOrder(anOrderWebhook({ buyer: GERMAN }), given());
    const reason = "consent-required-and-unknown";
    expect(result).toMatchObject({ state: "withheld", reason, rule: "required-and-unknown" });
    expect(result).toMatchObject({ server: null, browser: null });
    expect(JSON.stringify(result)).not.toMatch(/em"|[0-9a-f]{64}/);
  });

  test("with declined consent shows nothing; with a sale opt-out both legs are limited", () => {
    const refused = dryRunOrder(anOrderWebhook(), given({}, { consent: false }));
    expect(refused).toMatchObject({ state: "withheld", rule: "browser-declined", server: null, browser: null });
    const limited = dryRunOrder(anOrderWebhook(), given({}, { consent: { marketing: true, saleOfData: false } }));
    expect(limited.server).toMatchObject({ data_processing_options: ["LDU"] });
    expect(limited.browser).toMatchObject({ dpo: "LDU", dpoco: "0", dpost: "0" });
  });

  test("names the merchant's rule that withholds it", () => {
    const orders = { rules: "withhold tag wholesale" };
    const result = dryRunOrder(anOrderWebhook({}, { tags: "wholesale" }), given({ orders }));
    expect(result).toMatchObject({ state: "withheld", reason: "tag-withheld", rule: "tag wholesale", server: null });
  });

  test("follows the mapping of names and legs, as the shop command prints it", () => {
    const mapping = { primary: "Purchase", rules: { Purchase: { as: "BigSale", legs: "server", formerly: [] } } };
    const result = dryRunOrder(anOrderWebhook(), given({ settings: { mapping } }));
    expect(result).toMatchObject({ state: "send", server: { event_name: "BigSale" }, browser: null });
  });

  test("shows every event that it makes, and its value by each basis", () => {
    const lines = [aLine({ isSubscription: true })];
    const refunds = [
      {
        id: 5,
        created_at: "2026-12-20T10:00:00Z",
        transactions: [{ kind: "refund", status: "success", amount: "5", currency: "USD" }],
      },
    ];
    const result = dryRunOrder(anOrderWebhook({ lines, tax: 190 }, { refunds }), given({ refundEvent: "on" }));
    expect(result.events.map(({ event, state }) => [event, state])).toEqual([
      ["Purchase", "send"],
      ["Subscribe", "send"],
      ["OrderRefunded", "send"],
    ]);
    expect(result.values).toEqual({ currency: "USD", total: 31.9, subtotal: 25, subtotal_without_tax: 25 });
    expect(result.events[2]?.browser).toBeNull();
  });

  test("has a browser leg only if it was placed on the website", () => {
    for (const source of ["pos", "shopify_draft_order", "subscription_contract"]) {
      const result = dryRunOrder(anOrderWebhook({ source }), given());
      expect(result).toMatchObject({ state: "send", browser: null });
    }
  });

  test.each([
    ["{", /^not-json: /],
    ["[]", /^not-an-order: the payload: /],
    [anOrderWebhook({}, { admin_graphql_api_id: "gid://shopify/DraftOrder/1" }), /admin_graphql_api_id/],
    [anOrderWebhook({}, { line_items: undefined }), /line_items/],
    [
      anOrderWebhook({}, { currency: "example string", presentment_currency: "example string" }),
      /presentment_currency/,
    ],
    [JSON.stringify({ id: 1, order_id: 2, refund_line_items: [] }), /^not-an-order: /],
  ])("%.40s is refused, and the reason names the field", (payload, reason) => {
    const result = dryRunOrder(payload, given());
    expect(result).toMatchObject({ state: "refused", server: null, browser: null, events: [] });
    expect(result.reason).toMatch(reason);
  });

  test.each(["order", "response", "payload"])("is unwrapped from %s, with IDs of any size", (key) => {
    const wrapped = `{"${key}":${anOrderWebhook({ orderId: "6198424240428123456" }, { admin_graphql_api_id: null })}}`;
    expect(dryRunOrder(wrapped, given()).server?.event_id).toBe("purchase.tea.6198424240428123456");
  });
});

describe("a dry run of a checkout", () => {
  test("has the browser leg that the order's own dry run shows", async () => {
    const context = { ...GRANTED, url: "https://tea.myshopify.com/checkouts" };
    const checkout = await dryRunCheckout(JSON.stringify(aCheckout()), given({}, context));
    const order = dryRunOrder(anOrderWebhook({}, { referring_site: null }), given({}, context));
    expect(checkout).toMatchObject({ state: "send", rule: "browser-granted", server: null });
    const { ts: _asked, ...ofCheckout } = checkout.browser ?? {};
    const { ts: _placed, ...ofOrder } = order.browser ?? {};
    expect(ofCheckout).toEqual(ofOrder);
    expect(checkout.collector).toMatchObject({ name: "Purchase", leg: { sent: true } });
  });

  test("says on both legs whether the customer is new, if the merchant enabled it", async () => {
    const checkout = aCheckout({}, { order: { id: "6198424240428", customer: { id: "7", isFirstOrder: false } } });
    const { browser, collector } = await dryRunCheckout(JSON.stringify(checkout), given({}, GRANTED));
    expect(browser?.["cd[customer_segmentation]"]).toBe("existing_customer_to_business");
    const order = parseOrder(anOrderWebhook());
    const receipt = assumedBrowser(JSON.stringify(GRANTED), aShopDomain(), AT);
    if (!order.ok || !receipt.ok || collector === null) throw new Error("the scene was built from a bad value");
    const { body } = purchaseFromOrder(order.value, { shop: aShopDomain(), settings: settingsWith() }, AT);
    const joined = withReceipt(body, { ...receipt.value, orderId: null, eventId: null, data: collector.data });
    expect(joined.custom_data.customer_segmentation).toBe("existing_customer_to_business");
    const silent = await dryRunCheckout(JSON.stringify(checkout), given({ customerSegmentation: "off" }, GRANTED));
    expect(silent.browser).not.toHaveProperty("cd[customer_segmentation]");
  });

  test("that has only begun has both legs of InitiateCheckout", async () => {
    const event = {
      name: "checkout_started",
      timestamp: "2026-11-20T10:00:00Z",
      data: { checkout: aCheckout({}, { order: null }) },
    };
    const result = await dryRunCheckout(JSON.stringify(event), given({}, GRANTED));
    expect(result.state).toBe("send");
    expect(result.server).toMatchObject({ event_name: "InitiateCheckout", event_id: result.browser?.["eid"] });
  });

  test("without consent shows nothing", async () => {
    const result = await dryRunCheckout(JSON.stringify(aCheckout()), given({}, { consent: false }));
    expect(result).toMatchObject({
      state: "withheld",
      rule: "browser-declined",
      server: null,
      browser: null,
      collector: null,
    });
  });

  test.each(["{", "[]", "{}", '{"checkout":{}}'])(
    "%s is refused or left out with a reason, and nothing throws",
    async (text) => {
      const result = await dryRunCheckout(text, given({}, GRANTED));
      expect(result).toMatchObject({ server: null, browser: null });
      expect(["refused", "withheld"]).toContain(result.state);
      expect(result.reason).toBeTruthy();
    },
  );
});

describe("net revenue", () => {
  const settings = { netRevenue: "on", unitCosts: { 41001: "4.00 USD" } };
  const costs = (file: object) => assumedCosts(JSON.stringify(file));
  const withCosts = (file: object): DryRunGiven => {
    const read = costs(file);
    return read.ok ? { ...given(file, GRANTED), costs: read.value } : expect.unreachable();
  };

  test("uses the settings file's unit costs, only on the server leg", () => {
    const { server, browser, netRevenue } = dryRunOrder(anOrderWebhook(), withCosts(settings));
    expect(server?.custom_data).toMatchObject({ value: 25, currency: "USD", net_revenue: 17 });
    expect(JSON.stringify(browser)).not.toContain("net_revenue");
    expect(netRevenue).toEqual({ reported: 17, coverage: 100, reason: null });
  });

  test("is left out with a reason if costs are missing, and absent when it is off", () => {
    const { server, netRevenue } = dryRunOrder(anOrderWebhook(), withCosts({ netRevenue: "on" }));
    expect(server?.custom_data.net_revenue).toBeUndefined();
    expect(netRevenue).toEqual({ reported: null, coverage: 0, reason: "costs-below-coverage" });
    expect(dryRunOrder(anOrderWebhook(), withCosts({ ...settings, netRevenue: "off" })).netRevenue).toBeUndefined();
  });

  test.each([{ unitCosts: [] }, { unitCosts: { 41001: 4 } }, { unitCosts: { 41001: "4.00" } }])(
    "%j is refused with an example of how costs are written",
    (file) => {
      expect(costs(file)).toMatchObject({ ok: false, problems: [{ field: "unitCosts" }] });
    },
  );
});
