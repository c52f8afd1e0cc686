import { currentAmounts } from "./current-amounts.ts";
import { discountFields, numericId, type Quote, quoteFor, restLine, taxLine } from "./order-line-payload.ts";
import { restParcel } from "./parcels.ts";
import { restRefund } from "./refunds.ts";
import type { Address, Order, Shop } from "./types.ts";

const regionNames = new Intl.DisplayNames(["en"], { type: "region" });
export const countryName = (code: string): string => regionNames.of(code) ?? code;

const GATEWAYS = { card: "shopify_payments", "bank-transfer": "Bank Deposit" } as const;
export const gatewayOf = (order: Order): string =>
  order.source === "shopify_draft_order" ? "manual" : GATEWAYS[order.payment];

const ONLINE_STORE_APP = 580_111;
const DRAFT_ORDERS_APP = 1_354_745;
const POS_APP = 129_785;
const SUBSCRIPTIONS_APP = 3_890_849;
const APP_IDS = {
  web: ONLINE_STORE_APP,
  pos: POS_APP,
  shopify_draft_order: DRAFT_ORDERS_APP,
  subscription_contract: SUBSCRIPTIONS_APP,
} as const;

const restAddress = (address: Address) => ({
  first_name: address.firstName,
  last_name: address.lastName,
  name: `${address.firstName} ${address.lastName}`,
  address1: address.address1,
  address2: address.address2 || null,
  city: address.city,
  zip: address.zip,
  province: address.province || null,
  province_code: address.provinceCode || null,
  country: countryName(address.countryCode),
  country_code: address.countryCode,
  phone: address.phone || null,
  company: null,
  latitude: null,
  longitude: null,
});

function restCustomer(order: Order, shop: Shop) {
  if (!order.buyer) return null;
  const { address, email } = order.buyer;
  const id = numericId(order.customerId);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Customer/${order.customerId}`,
    created_at: order.createdAt.toISOString(),
    updated_at: order.createdAt.toISOString(),
    first_name: address.firstName,
    last_name: address.lastName,
    email,
    phone: address.phone || null,
    state: "disabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    tax_exemptions: [],
    currency: shop.currency,
    default_address: { ...restAddress(address), id: id === null ? null : id + 1, customer_id: id, default: true },
  };
}

function amountFields(order: Order, quote: Quote) {
  const { priced } = order;
  const current = currentAmounts(order);
  const linesTotal = priced.lines.reduce((all, line) => all + line.total, 0);
  const outstanding = order.financialStatus === "pending" ? priced.total : 0;
  return {
    ...quote("total_line_items_price", linesTotal),
    ...quote("total_discounts", priced.discountTotal),
    ...quote("current_total_discounts", priced.discountTotal),
    ...quote("subtotal_price", priced.subtotal),
    ...quote("current_subtotal_price", current.subtotal),
    ...quote("total_tax", priced.tax),
    ...quote("current_total_tax", current.tax),
    ...quote("total_price", priced.total),
    ...quote("current_total_price", current.total),
    total_shipping_price_set: quote("price", priced.shipping)["price_set"],
    current_shipping_price_set: quote("price", priced.shipping)["price_set"],
    total_outstanding: quote("price", outstanding)["price"],
    total_tip_received: quote("price", 0)["price"],
    total_cash_rounding_payment_adjustment_set: quote("price", 0)["price_set"],
    total_cash_rounding_refund_adjustment_set: quote("price", 0)["price_set"],
    current_total_duties_set: null,
    current_total_additional_fees_set: null,
    original_total_duties_set: null,
    original_total_additional_fees_set: null,
    taxes_included: priced.taxesIncluded,
    duties_included: false,
    estimated_taxes: false,
    tax_exempt: false,
  };
}

function browserFields(order: Order) {
  const { browserIp, userAgent } = order;
  return {
    browser_ip: browserIp,
    // Today's payloads have null for language and size.
    client_details:
      userAgent === null
        ? null
        : {
            accept_language: null,
            browser_height: null,
            browser_ip: browserIp,
            browser_width: null,
            session_hash: null,
            user_agent: userAgent,
          },
    landing_site: order.landingSite,
    landing_site_ref: null,
    referring_site: order.referringSite,
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    checkout_id: numericId(order.checkoutId),
    device_id: null,
    customer_locale: "en",
  };
}

/** The REST order of the orders/* webhooks (API 2026-10), with both monies wherever Shopify has them. */
export function orderPayload(order: Order, shop: Shop) {
  const quote = quoteFor(shop, order);
  const { priced } = order;
  const address = order.buyer ? restAddress(order.buyer.address) : null;
  const shipping = { id: Number(order.id) + 7, title: "Standard", code: "Standard", source: "shopify" };
  return {
    id: numericId(order.id),
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: `#${order.number}`,
    number: order.number - 1000,
    order_number: order.number,
    confirmation_number: order.token.slice(0, 9).toUpperCase(),
    confirmed: true,
    token: order.token,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${order.token}/authenticate?key=${order.token.slice(8, 24)}`,
    created_at: order.createdAt.toISOString(),
    processed_at: order.createdAt.toISOString(),
    updated_at: order.updatedAt.toISOString(),
    closed_at: null,
    cancelled_at: order.cancelledAt?.toISOString() ?? null,
    cancel_reason: order.cancelledAt ? "customer" : null,
    test: order.test,
    ...browserFields(order),
    source_name: order.source,
    source_identifier: null,
    source_url: null,
    app_id: APP_IDS[order.source],
    user_id: order.source === "web" ? null : 96_841_203_761,
    location_id: order.source === "pos" ? 72_110_448_003 : null,
    merchant_of_record_app_id: null,
    merchant_business_entity_id: "MTYxMjAwMzQw",
    reference: null,
    po_number: null,
    currency: shop.currency,
    presentment_currency: priced.currency,
    ...amountFields(order, quote),
    ...discountFields(order, shop),
    financial_status: order.financialStatus,
    fulfillment_status: order.parcels.length > 0 ? "fulfilled" : null,
    payment_gateway_names: [gatewayOf(order)],
    payment_terms: null,
    email: order.buyer?.email ?? "",
    contact_email: order.buyer?.email ?? null,
    phone: order.buyer?.address.phone || null,
    buyer_accepts_marketing: order.buyer?.acceptsMarketing ?? false,
    customer: restCustomer(order, shop),
    billing_address: address,
    shipping_address: priced.shipping > 0 ? address : null,
    note: order.note || null,
    note_attributes: Object.entries(order.attributes).map(([name, value]) => ({ name, value })),
    tags: order.tags.join(", "),
    line_items: priced.lines.map((line, position) => restLine(shop, order, line, position)),
    shipping_lines:
      priced.shipping > 0
        ? [
            {
              ...shipping,
              ...quote("price", priced.shipping),
              ...quote("discounted_price", priced.shipping),
              discount_allocations: [],
              tax_lines: [],
              is_removed: false,
            },
          ]
        : [],
    tax_lines: priced.tax > 0 ? [taxLine(shop, order, priced.tax, quote)] : [],
    fulfillments: order.parcels.map((parcel) => restParcel(order, parcel)),
    refunds: order.refunds.map((refund) => restRefund(order, refund)),
    company: order.isB2b ? { id: 71_900_001, location_id: 71_900_002 } : null,
    returns: [],
    line_item_groups: [],
  };
}
