import type { AdminRefund } from "./admin-refunds.ts";
import type { AdminAddress, AdminAllocation, AdminLine, AdminOrder, Bag, OrderPage } from "./admin-order-schema.ts";

/**
 * The body of the webhook that Shopify would send for this order, with the fields that Tandem reads. A reconciled order
 * then takes the webhook's path, so that both create the same events. Takes all pages of its lines.
 */
export function webhookBodyOf(
  pages: readonly [OrderPage, ...OrderPage[]],
  refunds: readonly AdminRefund[] = [],
): string {
  const [{ order }] = pages;
  const lines = pages.flatMap((page) => page.order.lineItems.nodes);
  const tip = tipAmong(lines, order.totalTipReceivedSet);
  return JSON.stringify({
    ...whatItIs(order),
    ...whoAndWhere(order),
    line_items: lines.map((line) => restLine(line, line === tip)),
    shipping_lines: order.shippingLines.nodes.map((line) => ({
      is_removed: line.isRemoved,
      ...both("price", line.originalPriceSet),
      ...both("discounted_price", line.discountedPriceSet),
      discount_allocations: line.discountAllocations.map(restAllocation),
    })),
    refunds: refunds.map(restRefund),
  });
}

const whatItIs = (order: AdminOrder) => ({
  admin_graphql_api_id: order.id,
  id: digitsOf(order.id),
  name: order.name,
  checkout_token: order.checkoutToken,
  source_name: order.sourceName,
  financial_status: order.displayFinancialStatus?.toLowerCase() ?? null,
  fulfillment_status: order.displayFulfillmentStatus.toLowerCase(),
  fulfillments: order.fulfillments.map((fulfillment) => ({
    status: fulfillment.status.toLowerCase(),
    shipment_status: fulfillment.displayStatus?.toLowerCase() ?? null,
    tracking_number: fulfillment.trackingInfo[0]?.number ?? null,
    created_at: fulfillment.createdAt,
    updated_at: fulfillment.updatedAt,
    // A webhook has none.
    delivered_at: fulfillment.deliveredAt,
  })),
  test: order.test,
  tags: order.tags.join(", "),
  cancelled_at: order.cancelledAt,
  processed_at: order.processedAt,
  created_at: order.createdAt,
  updated_at: order.updatedAt,
  payment_gateway_names: order.paymentGatewayNames,
  // Webhooks lack transactions; a comparison dates the order's payment by them.
  transactions: order.transactions.map(({ kind, status, processedAt }) => ({
    kind: kind.toLowerCase(),
    status: status.toLowerCase(),
    processed_at: processedAt,
  })),
  currency: order.currencyCode,
  presentment_currency: order.presentmentCurrencyCode,
  ...both("total_price", order.totalPriceSet),
  total_price: order.totalPriceSet.shopMoney.amount,
  company: order.purchasingEntity?.__typename === "PurchasingCompany" ? {} : null,
  ...(order.totalTaxSet !== null && both("total_tax", order.totalTaxSet)),
  ...both("current_subtotal_price", order.currentSubtotalPriceSet),
  ...both("current_total_price", order.currentTotalPriceSet),
  ...both("current_total_tax", order.currentTotalTaxSet),
  ...both("current_shipping_price", order.currentShippingPriceSet),
});

const whoAndWhere = (order: AdminOrder) => ({
  email: order.email,
  phone: order.phone,
  customer: order.customer && {
    admin_graphql_api_id: order.customer.id,
    email: order.customer.email,
    phone: order.customer.phone,
    first_name: order.customer.firstName,
    last_name: order.customer.lastName,
    default_address: restAddress(order.customer.defaultAddress),
  },
  billing_address: restAddress(order.billingAddress),
  shipping_address: restAddress(order.shippingAddress),
  browser_ip: order.clientIp,
  // The Admin API does not return the browser's user agent.
  landing_site: order.customerJourneySummary?.lastVisit?.landingPage ?? null,
  referring_site: order.customerJourneySummary?.lastVisit?.referrerUrl ?? null,
  note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
});

const restLine = (line: AdminLine, isTip: boolean) => ({
  id: digitsOf(line.id),
  product_id: digitsOf(line.product?.id),
  variant_id: digitsOf(line.variant?.id),
  sku: line.sku,
  quantity: line.quantity,
  current_quantity: line.currentQuantity,
  gift_card: line.isGiftCard,
  ...both("price", line.originalUnitPriceSet),
  discount_allocations: line.discountAllocations.map(restAllocation),
  ...(line.sellingPlan !== null && { selling_plan_allocation: line.sellingPlan }),
  ...(isTip && { tip: {} }),
});

const restRefund = (refund: AdminRefund) => ({
  id: digitsOf(refund.id),
  created_at: refund.createdAt,
  processed_at: refund.processedAt,
  refund_line_items: refund.refundLineItems.nodes.map(({ quantity, lineItem }) => ({
    line_item_id: digitsOf(lineItem.id),
    quantity,
  })),
  transactions: refund.transactions.nodes.map(({ kind, status, amountSet: { presentmentMoney } }) => ({
    kind: kind.toLowerCase(),
    status: status.toLowerCase(),
    amount: presentmentMoney.amount,
    currency: presentmentMoney.currencyCode,
  })),
});

/** Both forms of an amount. The plain one is ignored because the set is present. */
const both = (name: string, { presentmentMoney: { amount, currencyCode } }: Bag) => ({
  [name]: amount,
  [`${name}_set`]: { presentment_money: { amount, currency_code: currencyCode } },
});

const restAllocation = ({ allocatedAmountSet }: AdminAllocation) => both("amount", allocatedAmountSet);

/** A tip is a line without a product whose price equals the order's tip; the Admin API does not mark it otherwise. */
function tipAmong(lines: readonly AdminLine[], tipped: Bag): AdminLine | undefined {
  const { amount } = tipped.presentmentMoney;
  if (Number(amount) === 0) return undefined;
  const isTip = (line: AdminLine): boolean =>
    line.product === null && line.quantity === 1 && line.originalUnitPriceSet.presentmentMoney.amount === amount;
  return lines.find((line) => isTip(line) && !line.requiresShipping);
}

const restAddress = (place: AdminAddress) =>
  place && {
    first_name: place.firstName,
    last_name: place.lastName,
    phone: place.phone,
    city: place.city,
    zip: place.zip,
    province: place.province,
    province_code: place.provinceCode,
    country_code: place.countryCodeV2,
  };

// As text, because an ID may exceed 2^53.
const digitsOf = (gid: string | undefined): string | null =>
  gid === undefined ? null : (/(?<!\d)\d+$/.exec(gid)?.[0] ?? null);
