import { connection } from "./connection.ts";
import { currentAmounts, leftOf } from "./current-amounts.ts";
import { textOf } from "./http.ts";
import { graphqlMoneyBag, moneySet } from "./money-set.ts";
import { countryName, gatewayOf } from "./order-payload.ts";
import { parcelNode } from "./parcels.ts";
import { refundNode } from "./refunds.ts";
import type { Address, Amount, Order, PricedLine, Shop } from "./types.ts";

type Args = Readonly<Record<string, unknown>>;

const mailingAddress = (address: Address, id: string) => ({
  id: `gid://shopify/MailingAddress/${id}`,
  firstName: address.firstName,
  lastName: address.lastName,
  name: `${address.firstName} ${address.lastName}`,
  address1: address.address1,
  address2: address.address2 || null,
  city: address.city,
  province: address.province || null,
  provinceCode: address.provinceCode || null,
  zip: address.zip,
  country: countryName(address.countryCode),
  countryCodeV2: address.countryCode,
  phone: address.phone || null,
  company: null,
});

function customerNode(order: Order, shop: Shop) {
  if (!order.buyer) return null;
  const { address, email } = order.buyer;
  return {
    id: `gid://shopify/Customer/${order.customerId}`,
    legacyResourceId: order.customerId,
    firstName: address.firstName,
    lastName: address.lastName,
    displayName: `${address.firstName} ${address.lastName}`,
    email,
    phone: address.phone || null,
    dataSaleOptOut: shop.privacy.optedOutCustomers.has(order.customerId),
    locale: "en",
    defaultAddress: mailingAddress(address, order.customerId),
    verifiedEmail: true,
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  };
}

function lineNode(order: Order, shop: Shop, line: PricedLine, position: number) {
  const bag = (amount: Amount) => graphqlMoneyBag(shop, order, moneySet(shop, order, amount));
  const product = {
    id: `gid://shopify/Product/${line.product.id}`,
    legacyResourceId: line.product.id,
    title: line.product.title,
  };
  const variantTitle = line.variant.title === "Default Title" ? null : line.variant.title;
  // Without code discounts: what Shopify's discountedTotalSet shows unless it is asked otherwise.
  const lineOnly = line.allocations.filter(({ discount }) => discount.target !== "order");
  const afterLineDiscounts = line.total - lineOnly.reduce((all, { amount }) => all + amount, 0);
  return {
    id: `gid://shopify/LineItem/${order.lineIds[position] ?? ""}`,
    name: variantTitle ? `${line.product.title} - ${variantTitle}` : line.product.title,
    title: line.product.title,
    variantTitle,
    vendor: line.product.vendor,
    sku: line.variant.sku,
    quantity: line.quantity,
    currentQuantity: leftOf(order, position),
    isGiftCard: false,
    sellingPlan: null,
    requiresShipping: true,
    taxable: true,
    originalUnitPriceSet: bag(line.unitPrice),
    originalTotalSet: bag(line.total),
    discountedTotalSet: ({ withCodeDiscounts }: Args) =>
      bag(withCodeDiscounts === true ? line.net : afterLineDiscounts),
    totalDiscountSet: bag(line.total - line.net),
    discountAllocations: line.allocations.map(({ amount }) => ({ allocatedAmountSet: bag(amount) })),
    taxLines: () => [{ title: "VAT", rate: order.priced.taxRate, priceSet: bag(line.tax), source: "shopify" }],
    customAttributes: Object.entries(line.properties).map(([key, value]) => ({ key, value })),
    product,
    variant: {
      id: `gid://shopify/ProductVariant/${line.variant.id}`,
      legacyResourceId: line.variant.id,
      title: line.variant.title,
      sku: line.variant.sku,
      product,
    },
  };
}

/** An order as the Admin GraphQL API shows it; the same amounts as the webhook's. Of a company its kind alone: the scope. */
export function orderNode(order: Order, shop: Shop) {
  const { priced } = order;
  const bag = (amount: Amount) => graphqlMoneyBag(shop, order, moneySet(shop, order, amount));
  const address = order.buyer ? mailingAddress(order.buyer.address, order.id) : null;
  const lines = priced.lines.map((line, position) => lineNode(order, shop, line, position));
  const codes = priced.discounts.flatMap((discount) => discount.code ?? []);
  const outstanding = order.financialStatus === "pending" ? priced.total : 0;
  return {
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: order.id,
    name: `#${order.number}`,
    number: order.number,
    createdAt: order.createdAt.toISOString(),
    processedAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
    cancelledAt: order.cancelledAt?.toISOString() ?? null,
    cancelReason: order.cancelledAt ? "CUSTOMER" : null,
    closedAt: null,
    test: order.test,
    confirmed: true,
    displayFinancialStatus: order.financialStatus.toUpperCase(),
    displayFulfillmentStatus: order.parcels.length > 0 ? "FULFILLED" : "UNFULFILLED",
    paymentGatewayNames: [gatewayOf(order)],
    currencyCode: shop.currency,
    presentmentCurrencyCode: priced.currency,
    taxesIncluded: priced.taxesIncluded,
    cartToken: order.cartToken,
    checkoutToken: order.checkoutToken,
    clientIp: order.browserIp,
    sourceName: order.source,
    customAttributes: Object.entries(order.attributes).map(([key, value]) => ({ key, value })),
    customerJourneySummary: journey(order),
    email: order.buyer?.email ?? null,
    phone: order.buyer?.address.phone || null,
    customer: customerNode(order, shop),
    customerAcceptsMarketing: order.buyer?.acceptsMarketing ?? false,
    customerLocale: "en",
    note: order.note || null,
    tags: order.tags,
    discountCode: codes[0] ?? null,
    discountCodes: codes,
    billingAddress: address,
    shippingAddress: address,
    lineItems: (args: Args) => connection(lines, args),
    transactions: ({ first }: Args) =>
      transactionsOf(order, bag).slice(0, typeof first === "number" ? first : undefined),
    fulfillments: () => order.parcels.map(parcelNode),
    refunds: ({ first }: Args) =>
      order.refunds
        .slice(0, typeof first === "number" ? first : undefined)
        .map((refund) => refundNode(refund, { lines, bag })),
    purchasingEntity: order.isB2b ? { __typename: "PurchasingCompany" } : order.buyer && { __typename: "Customer" },
    subtotalLineItemsQuantity: priced.lines.reduce((count, line) => count + line.quantity, 0),
    ...orderAmounts(order, bag, outstanding),
  };
}

/** A manual payment is a sale that is pending, and another when the merchant marks the order as paid. */
function transactionsOf(order: Order, bag: (amount: Amount) => unknown) {
  const { id, createdAt, paidAt, financialStatus, priced } = order;
  const isAuthorized = financialStatus === "authorized";
  const isOpen = paidAt !== null || financialStatus === "pending" || financialStatus === "voided";
  const amountSet = bag(priced.total);
  const first = {
    id: `gid://shopify/OrderTransaction/${id}1`,
    kind: isAuthorized ? "AUTHORIZATION" : "SALE",
    status: isOpen ? "PENDING" : "SUCCESS",
    processedAt: createdAt.toISOString(),
    amountSet,
  };
  const payment = paidAt && {
    ...{ id: `gid://shopify/OrderTransaction/${id}2`, kind: "SALE", status: "SUCCESS", amountSet },
    processedAt: paidAt.toISOString(),
  };
  return payment === null ? [first] : [first, payment];
}

/** The visit that led to the order; Shopify has none for sales outside the online store. */
function journey(order: Order) {
  if (order.landingSite === null) return null;
  const lastVisit = {
    id: `gid://shopify/CustomerVisit/${order.id}`,
    landingPage: new URL(order.landingSite, `https://${order.shop}`).href,
    referrerUrl: order.referringSite || null,
  };
  return { ready: true, lastVisit };
}

function orderAmounts(order: Order, bag: (amount: Amount) => unknown, outstanding: Amount) {
  const { priced } = order;
  const current = currentAmounts(order);
  const shippingLine =
    priced.shipping > 0
      ? {
          title: "Standard",
          code: "Standard",
          isRemoved: false,
          originalPriceSet: bag(priced.shipping),
          discountedPriceSet: bag(priced.shipping),
          discountAllocations: [],
        }
      : null;
  return {
    subtotalPriceSet: bag(priced.subtotal),
    currentSubtotalPriceSet: bag(current.subtotal),
    totalPriceSet: bag(priced.total),
    originalTotalPriceSet: bag(priced.total),
    currentTotalPriceSet: bag(current.total),
    totalTaxSet: bag(priced.tax),
    currentTotalTaxSet: bag(current.tax),
    totalDiscountsSet: bag(priced.discountTotal),
    currentTotalDiscountsSet: bag(priced.discountTotal),
    totalShippingPriceSet: bag(priced.shipping),
    currentShippingPriceSet: bag(priced.shipping),
    totalTipReceivedSet: bag(0),
    totalRefundedSet: bag(0),
    totalOutstandingSet: bag(outstanding),
    originalTotalDutiesSet: null,
    currentTotalDutiesSet: null,
    shippingLine,
    shippingLines: (args: Args) => connection(shippingLine === null ? [] : [shippingLine], args),
    taxLines: [{ title: "VAT", rate: priced.taxRate, priceSet: bag(priced.tax) }],
  };
}

const COMPARISON = /^(created_at|updated_at|processed_at):(>=|<=|>|<)?'?([^' ]+)'?$/;

/** The search terms that the app uses: dates, `test:`, `financial_status:` and `name:`. Anything else throws. */
function matches(order: Order, term: string): boolean {
  const date = COMPARISON.exec(term);
  if (date) {
    const actual = (date[1] === "updated_at" ? order.updatedAt : order.createdAt).getTime();
    const wanted = Date.parse(date[3] ?? "");
    const compare = { ">=": actual >= wanted, "<=": actual <= wanted, ">": actual > wanted, "<": actual < wanted };
    // The pattern allows these four operators or none.
    return date[2] ? compare[date[2] as keyof typeof compare] : actual === wanted;
  }
  const [key, value] = term.split(":");
  if (key === "name") return value?.replace(/^'(.*)'$/, "$1").replace(/^#/, "") === String(order.number);
  if (key === "test") return String(order.test) === value;
  if (key === "financial_status") return order.financialStatus === value?.toLowerCase();
  throw new Error(`the simulator does not understand the search term ${term}`);
}

/** QueryRoot.orders: filtered, sorted and paged. */
export function ordersConnection(shop: Shop, args: Args) {
  const terms = textOf(args["query"])
    .split(/\s+(?:AND\s+)?/)
    .filter(Boolean);
  const orders = shop.orders.filter((order) => terms.every((term) => matches(order, term)));
  const byUpdate = args["sortKey"] === "UPDATED_AT";
  const time = (order: Order): number => (byUpdate ? order.updatedAt : order.createdAt).getTime();
  orders.sort((a, b) => time(a) - time(b) || a.number - b.number);
  if (args["reverse"] === true) orders.reverse();
  const page = connection(orders, args);
  const nodes = page.nodes.map((order) => orderNode(order, shop));
  return { ...page, nodes, edges: page.edges.map((edge, index) => ({ ...edge, node: nodes[index] })) };
}
