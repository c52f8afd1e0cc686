import fc from "fast-check";
import { ZodError } from "zod";
import { parseGraphBody, type GraphHeaders } from "../../../../app/meta/graph-answer.ts";
import { isUnknownAnswer, verdictOf } from "../../../../app/meta/verdict.ts";
import { orderList } from "../../../../app/shopify/admin/admin-order-list.ts";
import { orderPage } from "../../../../app/shopify/admin/admin-order-schema.ts";
import { adminRefunds } from "../../../../app/shopify/admin/admin-refunds.ts";
import { foundOrder, namedOrder, orderNamed } from "../../../../app/shopify/admin/find-order.ts";
import { webhookBodyOf } from "../../../../app/shopify/admin/order-from-admin.ts";
import { parseOrder } from "../../../../app/shopify/orders/parse-order.ts";
import { jsonLike, valueLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectStorable, expectThat } from "../invariants.ts";
import { fuzzed } from "../of-inputs.ts";

const bag = (amount: string) => ({ presentmentMoney: { amount, currencyCode: "EUR" }, shopMoney: { amount } });
const ADDRESS = {
  firstName: "Ada",
  lastName: "Example",
  phone: null,
  city: "Menlo Park",
  zip: "94025",
  province: "California",
  provinceCode: "CA",
  countryCodeV2: "US",
};
const LINE = {
  id: "gid://shopify/LineItem/9000",
  quantity: 2,
  currentQuantity: 1,
  sku: "TEA-1",
  isGiftCard: false,
  requiresShipping: true,
  originalUnitPriceSet: bag("12.50"),
  discountAllocations: [{ allocatedAmountSet: bag("1.00") }],
  product: { id: "gid://shopify/Product/7001" },
  variant: { id: "gid://shopify/ProductVariant/41001" },
  sellingPlan: null,
};
const ORDER = JSON.stringify({
  order: {
    id: "gid://shopify/Order/6198424240428",
    name: "#1001",
    createdAt: "2026-11-20T15:15:30Z",
    processedAt: "2026-11-20T15:15:30Z",
    updatedAt: "2026-11-20T15:15:30Z",
    cancelledAt: null,
    test: false,
    sourceName: "web",
    displayFinancialStatus: "PAID",
    displayFulfillmentStatus: "FULFILLED",
    fulfillments: [
      {
        status: "SUCCESS",
        displayStatus: "DELIVERED",
        createdAt: "2026-11-21T10:00:00Z",
        updatedAt: "2026-11-22T10:00:00Z",
        deliveredAt: "2026-11-22T10:00:00Z",
        trackingInfo: [{ number: "1Z" }],
      },
    ],
    tags: ["vip"],
    currencyCode: "EUR",
    presentmentCurrencyCode: "EUR",
    checkoutToken: "c0ffee00c0ffee00c0ffee00c0ffee00",
    clientIp: "203.0.113.7",
    email: "ada@example.com",
    phone: null,
    totalPriceSet: bag("30.00"),
    totalTaxSet: bag("0.00"),
    currentSubtotalPriceSet: bag("25.00"),
    currentTotalPriceSet: bag("30.00"),
    currentTotalTaxSet: bag("0.00"),
    currentShippingPriceSet: bag("5.00"),
    paymentGatewayNames: ["shopify_payments"],
    transactions: [{ kind: "SALE", status: "SUCCESS", processedAt: "2026-11-20T15:15:31Z" }],
    totalTipReceivedSet: bag("0.00"),
    purchasingEntity: { __typename: "Customer" },
    customAttributes: [{ key: "__tandem_fbp", value: "fb.1.1763000000000.1234567890" }],
    customerJourneySummary: { lastVisit: { landingPage: "/products/tea", referrerUrl: null } },
    customer: {
      id: "gid://shopify/Customer/4206822293653",
      email: "ada@example.com",
      phone: null,
      firstName: "Ada",
      lastName: "Example",
      defaultAddress: ADDRESS,
    },
    billingAddress: ADDRESS,
    shippingAddress: null,
    shippingLines: {
      nodes: [
        { isRemoved: false, originalPriceSet: bag("5.00"), discountedPriceSet: bag("5.00"), discountAllocations: [] },
      ],
    },
    lineItems: { nodes: [LINE], pageInfo: { hasNextPage: false, endCursor: null } },
  },
});

/** What a reader gives of the answer; null where it throws because Shopify's answer is not the documented one. */
function documented<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ZodError) return null;
    throw error;
  }
}

export const adminOrders = fuzzed("Admin API: order", valueLike(ORDER), (answer) => {
  const page = documented(() => orderPage(answer));
  if (page === null) return;
  const parsed = parseOrder(webhookBodyOf([page]));
  if (parsed.ok) expectStorable(parsed.value, "the order");
});

const LISTED = JSON.stringify({
  orders: {
    nodes: [
      {
        id: "gid://shopify/Order/1",
        createdAt: "2026-11-20T15:15:30Z",
        updatedAt: "2026-11-20T15:15:30Z",
        displayFinancialStatus: "PAID",
      },
    ],
    pageInfo: { hasNextPage: true, endCursor: "abc" },
  },
});
export const adminOrderLists = fuzzed("Admin API: list of orders", valueLike(LISTED), (answer) => {
  const list = documented(() => orderList(answer));
  for (const { createdAt, updatedAt } of list?.orders ?? []) expectStorable([createdAt, updatedAt], "an order's times");
});

const REFUNDS = JSON.stringify({
  order: {
    refunds: [
      {
        id: "gid://shopify/Refund/501",
        createdAt: "2026-11-21T10:00:00Z",
        processedAt: "2026-11-21T10:00:00Z",
        transactions: { nodes: [{ kind: "REFUND", status: "SUCCESS", amountSet: bag("12.50") }] },
        refundLineItems: { nodes: [{ quantity: 1, lineItem: { id: "gid://shopify/LineItem/9000" } }] },
      },
    ],
  },
});
export const adminRefundLists = fuzzed("Admin API: refunds", valueLike(REFUNDS), (answer) => {
  const refunds = documented(() => adminRefunds(answer));
  const page = orderPage(JSON.parse(ORDER));
  if (refunds === null || page === null) return;
  const parsed = parseOrder(webhookBodyOf([page], refunds));
  if (parsed.ok) expectStorable(parsed.value.refunds, "the refunds");
});

const FOUND = JSON.stringify({ orders: { nodes: [{ id: "gid://shopify/Order/1", name: "#1001" }] } });
const TYPED = [
  "#1001",
  "6198424240428",
  "gid://shopify/Order/6198424240428",
  "https://admin.shopify.com/store/tea/orders/6198424240428?x",
] as const;
export const orderSearches = fuzzed(
  "order search",
  fc.tuple(textLike(...TYPED), valueLike(FOUND)),
  ([text, answer]) => {
    const named = namedOrder(text);
    if (named?.kind === "id") expectThat(/^gid:\/\/shopify\/Order\/\d{1,20}$/.test(named.gid), "an id is a global id");
    if (named?.kind !== "name") return;
    expectThat(/^name:'[^'"\\\s()]+'$/.test(orderNamed(named.name)), "a name is one search term");
    documented(() => foundOrder(answer, named.name));
  },
);

const ERROR = JSON.stringify({
  error: {
    message: "…",
    type: "OAuthException",
    code: 100,
    error_subcode: 2804050,
    is_transient: false,
    fbtrace_id: "AxYz",
    error_data: { blame_field_specs: [["custom_data", "currency"]] },
  },
});
const RECEIVED = JSON.stringify({ events_received: 2, messages: [], fbtrace_id: "AxYz" });
const USAGE = JSON.stringify({
  "1": [{ call_count: 100, estimated_time_to_regain_access: 5, type: "ads_management" }],
});
const ACCOUNT = JSON.stringify({ acc_id_util_pct: 100, reset_time_duration: 60 });
/** Node takes no answer whose headers are longer (`--max-http-header-size`). */
const MOST_OF_HEADERS = 16_384;
const header = (text: fc.Arbitrary<string>) =>
  fc.option(
    text.map((given) => given.slice(0, MOST_OF_HEADERS)),
    { nil: undefined },
  );
const headers = fc
  .tuple(header(jsonLike(USAGE)), header(jsonLike(ACCOUNT)), header(textLike("120")))
  .map(([usage, account, wait]): GraphHeaders => ({
    ...(usage !== undefined && { "x-business-use-case-usage": usage }),
    ...(account !== undefined && { "x-ad-account-usage": account }),
    ...(wait !== undefined && { "retry-after": wait }),
  }));
const status = fc.oneof(fc.constantFrom(200, 400, 401, 403, 429, 500, 503, null), fc.nat(999));

/** A time further away is none that anybody waits for. */
const LATEST_MS = 864e13;

export const graphAnswers = fuzzed(
  "Graph answer",
  fc.tuple(jsonLike(ERROR, RECEIVED), status, headers),
  ([text, httpStatus, sent]) => {
    const body = parseGraphBody(text);
    const answer = { httpStatus, body, headers: sent };
    const verdict = verdictOf(answer, 2);
    expectThat(typeof isUnknownAnswer(answer) === "boolean", "an answer is known or unknown");
    expectStorable(verdict, "the verdict");
    if (verdict.kind === "accepted") return expectThat(body?.kind === "received", "only what Meta took is accepted");
    for (const number of [verdict.problem.code, verdict.problem.subcode]) {
      expectThat(number === null || number === (number | 0), "a code fits into its column");
    }
    const wait = verdict.kind === "try-later" ? (verdict.notBeforeMs ?? 0) : 0;
    expectThat(wait >= 0 && Date.now() + wait <= LATEST_MS, "the next attempt has a date");
  },
);

export const graphTexts = fuzzed("Graph answer that is no JSON", hostileText, (text) => {
  const verdict = verdictOf({ httpStatus: 200, body: parseGraphBody(text), headers: {} }, 1);
  expectThat(verdict.kind !== "accepted", "what is not Graph's own answer accepts nothing");
});
