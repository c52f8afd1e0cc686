import { amountNumber } from "./money.ts";
import { marketOf, price, priceIn } from "./pricing.ts";
import { countryName } from "./order-payload.ts";
import type { Address, Amount, Buyer, Cart, Checkout, Discount, PricedLine, Product, Shop, Variant } from "./types.ts";

// The shapes of @shopify/web-pixels-extension 2.18: numbers for money, plain digits for ids, null where there is none.

const money = (amount: Amount, currency: string) => ({
  amount: amountNumber(amount, currency),
  currencyCode: currency,
});

export function variantPayload(shop: Shop, country: string, product: Product, variant: Variant) {
  const market = marketOf(shop, country);
  const title = variant.title === "Default Title" ? null : variant.title;
  return {
    id: variant.id,
    image: { src: `https://${shop.domain}/cdn/shop/files/${product.handle}.svg` },
    price: money(priceIn(shop, market, variant.price), market.currency),
    product: {
      id: product.id,
      title: product.title,
      type: product.type,
      untranslatedTitle: product.title,
      url: `/products/${product.handle}`,
      vendor: product.vendor,
    },
    sku: variant.sku || null,
    title,
    untranslatedTitle: title,
  };
}

const allVariants = (shop: Shop, country: string, products: readonly Product[]) =>
  products.flatMap((product) =>
    product.variants.slice(0, 1).map((first) => variantPayload(shop, country, product, first)),
  );

export const collectionPayload = (shop: Shop, country: string) => ({
  collection: {
    id: shop.collection.id,
    title: shop.collection.title,
    productVariants: allVariants(shop, country, shop.products),
  },
});

export const searchPayload = (shop: Shop, country: string, query: string, products: readonly Product[]) => ({
  searchResult: { query, productVariants: allVariants(shop, country, products) },
});

export const cartLinePayload = (shop: Shop, country: string, line: PricedLine, currency: string) => ({
  cost: { totalAmount: money(line.net, currency) },
  merchandise: variantPayload(shop, country, line.product, line.variant),
  quantity: line.quantity,
});

/** Private attributes (`__…`) are not for pixels. */
export const publicAttributes = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes)
    .filter(([key]) => !key.startsWith("__"))
    .map(([key, value]) => ({ key, value }));

export function cartPayload(shop: Shop, cart: Cart) {
  const priced = price({ shop, cart, discountCode: cart.discountCode, withShipping: false });
  if (priced.lines.length === 0) return null;
  return {
    attributes: publicAttributes(cart.attributes),
    cost: { totalAmount: money(priced.subtotal, priced.currency) },
    id: cart.token,
    lines: priced.lines.map((line) => cartLinePayload(shop, cart.country, line, priced.currency)),
    totalQuantity: priced.lines.reduce((count, line) => count + line.quantity, 0),
  };
}

const discountPayload = (discount: Discount, currency: string) => ({
  allocationMethod: "ACROSS",
  targetSelection: discount.target === "order" ? "ALL" : "ENTITLED",
  targetType: "LINE_ITEM",
  title: discount.title,
  type: discount.code === null ? "AUTOMATIC" : "DISCOUNT_CODE",
  value: discount.kind === "percentage" ? { percentage: discount.value } : money(discount.value, currency),
});

/** Which protected customer data the app may see: without the scope a field is null (shopify.dev, since 2025-12-10). */
type Sees = { readonly name: boolean; readonly email: boolean; readonly phone: boolean; readonly address: boolean };

const sees = (scopes: readonly string[]): Sees => ({
  name: scopes.includes("read_customer_name"),
  email: scopes.includes("read_customer_email"),
  phone: scopes.includes("read_customer_phone"),
  address: scopes.includes("read_customer_address"),
});

const addressPayload = (address: Address, may: Sees) => ({
  address1: may.address ? address.address1 : null,
  address2: may.address ? address.address2 || null : null,
  city: may.address ? address.city : null,
  country: may.address ? countryName(address.countryCode) : null,
  countryCode: may.address ? address.countryCode : null,
  firstName: may.name ? address.firstName : null,
  lastName: may.name ? address.lastName : null,
  phone: may.phone ? address.phone || null : null,
  province: may.address ? address.province || null : null,
  provinceCode: may.address ? address.provinceCode || null : null,
  zip: may.address ? address.zip : null,
});

function buyerPayload(buyer: Buyer | null, may: Sees) {
  const address = buyer ? addressPayload(buyer.address, may) : null;
  return {
    billingAddress: address,
    shippingAddress: address,
    email: may.email ? (buyer?.email ?? null) : null,
    phone: may.phone ? buyer?.address.phone || null : null,
    smsMarketingPhone: null,
    buyerAcceptsEmailMarketing: buyer?.acceptsMarketing ?? false,
    buyerAcceptsSmsMarketing: false,
  };
}

const PAYMENT_METHODS = {
  card: { gateway: "shopify_payments", paymentMethod: { name: "Visa", type: "creditCard" } },
  "bank-transfer": { gateway: "Bank Deposit", paymentMethod: { name: "Bank Deposit", type: "manualPayment" } },
} as const;

const ORDER_ID_FORMS = {
  digits: (id: string): string | null => id,
  gid: (id: string): string | null => `gid://shopify/OrderIdentity/${id}`,
  absent: (): string | null => null,
} as const;

/** The `checkout` of checkout_started … checkout_completed. `completed` adds the order and its transactions. */
export function checkoutPayload(shop: Shop, checkout: Checkout, completed: boolean) {
  const { cart } = checkout;
  const priced = price({ shop, cart, discountCode: checkout.discountCode, withShipping: true });
  const { currency } = priced;
  const orderId = completed && checkout.orderId ? ORDER_ID_FORMS[shop.pixelOrderId](checkout.orderId) : null;
  const customerId = shop.orders.find((order) => order.id === checkout.orderId)?.customerId ?? null;
  const shipping = money(priced.shipping, currency);
  return {
    attributes: publicAttributes(cart.attributes),
    ...buyerPayload(checkout.buyer, sees(shop.installation.scopes)),
    currencyCode: currency,
    delivery: {
      selectedDeliveryOptions: [
        {
          cost: shipping,
          costAfterDiscounts: shipping,
          description: null,
          handle: "standard",
          title: "Standard",
          type: "shipping",
        },
      ],
    },
    discountApplications: priced.discounts.map((discount) => discountPayload(discount, currency)),
    discountsAmount: money(priced.discountTotal, currency),
    lineItems: priced.lines.map((line) => ({
      discountAllocations: line.allocations.map(({ discount, amount }) => ({
        amount: money(amount, currency),
        discountApplication: discountPayload(discount, currency),
      })),
      finalLinePrice: money(line.net, currency),
      id: line.variant.id,
      properties: Object.entries(line.properties).map(([key, value]) => ({ key, value })),
      quantity: line.quantity,
      sellingPlanAllocation: null,
      title: line.product.title,
      variant: variantPayload(shop, cart.country, line.product, line.variant),
    })),
    localization: {
      country: { isoCode: cart.country },
      language: { isoCode: "en" },
      market: { handle: cart.country.toLowerCase(), id: `gid://shopify/Market/${shop.id}` },
    },
    order: completed ? { id: orderId, customer: { id: customerId, isFirstOrder: shop.orders.length === 1 } } : null,
    shippingLine: { price: shipping },
    subtotalPrice: money(priced.subtotal, currency),
    token: checkout.token,
    totalPrice: money(priced.total, currency),
    totalTax: money(priced.tax, currency),
    transactions: completed ? [{ amount: money(priced.total, currency), ...PAYMENT_METHODS[checkout.payment] }] : [],
  };
}
