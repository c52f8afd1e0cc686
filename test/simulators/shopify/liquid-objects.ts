import { liquidAmount } from "./money.ts";
import { customerObject, orderObject } from "./account-pages.ts";
import { marketOf, price, priceIn } from "./pricing.ts";
import type { Cart, Order, PricedLine, Product, Shop, Variant } from "./types.ts";
import type { Visit } from "./visit.ts";

// The objects of a theme, in the names and units of shopify.dev's Liquid reference.

const imageOf = (product: Product): string => `/cdn/shop/files/${product.handle}.svg`;

function variantObject(shop: Shop, country: string, product: Product, variant: Variant) {
  const market = marketOf(shop, country);
  return {
    id: Number(variant.id),
    title: variant.title,
    sku: variant.sku,
    price: liquidAmount(priceIn(shop, market, variant.price), market.currency),
    available: true,
    url: `/products/${product.handle}?variant=${variant.id}`,
  };
}

export function productObject(shop: Shop, country: string, product: Product, variantId: string | null) {
  const variants = product.variants.map((variant) => variantObject(shop, country, product, variant));
  const selected = variants.find((variant) => String(variant.id) === variantId);
  const prices = variants.map((variant) => variant.price);
  return {
    id: Number(product.id),
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    type: product.type,
    url: `/products/${product.handle}`,
    featured_image: imageOf(product),
    available: true,
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    variants,
    has_only_default_variant: product.variants[0]?.title === "Default Title",
    selected_variant: selected ?? null,
    first_available_variant: variants[0],
    selected_or_first_available_variant: selected ?? variants[0],
  };
}

/** A line of `cart.items`, of cart.js and of the answer to add.js. */
function lineObject(cart: Cart, line: PricedLine, currency: string) {
  const hundredths = (amount: number): number => liquidAmount(amount, currency);
  const variantTitle = line.variant.title === "Default Title" ? null : line.variant.title;
  return {
    id: Number(line.variant.id),
    key: `${line.variant.id}:${cart.token.slice(0, 12)}`,
    variant_id: Number(line.variant.id),
    product_id: Number(line.product.id),
    title: variantTitle ? `${line.product.title} - ${variantTitle}` : line.product.title,
    product_title: line.product.title,
    product_type: line.product.type,
    variant_title: variantTitle,
    sku: line.variant.sku,
    vendor: line.product.vendor,
    handle: line.product.handle,
    url: `/products/${line.product.handle}?variant=${line.variant.id}`,
    image: imageOf(line.product),
    quantity: line.quantity,
    properties: line.properties,
    price: hundredths(line.unitPrice),
    original_price: hundredths(line.unitPrice),
    original_line_price: hundredths(line.total),
    final_line_price: hundredths(line.net),
    line_price: hundredths(line.net),
    total_discount: hundredths(line.total - line.net),
    gift_card: false,
    requires_shipping: true,
    taxable: true,
    grams: 350,
  };
}

/** Attributes whose names start with `__` are private: neither Liquid nor the Ajax API shows them. */
const visibleAttributes = (attributes: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith("__")));

/** The cart as cart.js shows it; Liquid's `cart` has the same fields and a currency object. */
export function ajaxCart(shop: Shop, cart: Cart) {
  const priced = price({ shop, cart, discountCode: cart.discountCode, withShipping: false });
  const hundredths = (amount: number): number => liquidAmount(amount, priced.currency);
  return {
    token: cart.token,
    note: cart.note,
    attributes: visibleAttributes(cart.attributes),
    original_total_price: hundredths(priced.subtotal + priced.discountTotal),
    total_price: hundredths(priced.subtotal),
    total_discount: hundredths(priced.discountTotal),
    total_weight: 0,
    item_count: priced.lines.reduce((count, line) => count + line.quantity, 0),
    items: priced.lines.map((line) => lineObject(cart, line, priced.currency)),
    requires_shipping: priced.lines.length > 0,
    currency: priced.currency,
    items_subtotal_price: hundredths(priced.subtotal),
    cart_level_discount_applications: [],
  };
}

export type PageObjects = {
  readonly pageType: string;
  readonly title: string;
  readonly product?: Product;
  readonly products?: readonly Product[];
  readonly searchTerms?: string;
  readonly order?: Order;
};

/** Everything a template, the layout and an app block of one page can read. */
export function pageObjects(visit: Visit, page: PageObjects): Record<string, unknown> {
  const { shop, cart, request } = visit;
  const market = marketOf(shop, cart.country);
  const show = (product: Product) =>
    productObject(shop, cart.country, product, request.url.searchParams.get("variant"));
  const currency = { iso_code: market.currency, symbol: market.currency, name: market.currency };
  return {
    page_title: page.title,
    canonical_url: `https://${shop.domain}${request.url.pathname}`,
    template: { name: page.pageType, suffix: null, directory: null },
    request: {
      page_type: page.pageType,
      host: shop.domain,
      path: request.url.pathname,
      origin: `https://${shop.domain}`,
      design_mode: visit.theme.isEdited,
      locale: { iso_code: "en", primary: true, root_url: "/" },
    },
    shop: {
      id: Number(shop.id),
      name: shop.name,
      currency: shop.currency,
      permanent_domain: shop.domain,
      domain: shop.domain,
      url: `https://${shop.domain}`,
      secure_url: `https://${shop.domain}`,
      email: shop.email,
    },
    localization: {
      country: { iso_code: market.country, name: market.country, currency },
      language: { iso_code: "en", primary: true, root_url: "/" },
      market: { handle: market.country.toLowerCase() },
    },
    routes: { root_url: "/", cart_url: "/cart", search_url: "/search", cart_add_url: "/cart/add" },
    settings: {},
    customer: customerObject(visit),
    order: page.order ? orderObject(page.order) : null,
    posted: request.url.searchParams.has("contact_posted"),
    cart: { ...ajaxCart(shop, cart), currency },
    product: page.product ? show(page.product) : null,
    collection:
      page.searchTerms === undefined && page.products
        ? {
            id: Number(shop.collection.id),
            title: shop.collection.title,
            handle: shop.collection.handle,
            url: `/collections/${shop.collection.handle}`,
            products: page.products.map(show),
            products_count: page.products.length,
          }
        : null,
    search:
      page.searchTerms === undefined
        ? { terms: "", performed: false, results: [], results_count: 0 }
        : {
            terms: page.searchTerms,
            performed: true,
            results: (page.products ?? []).map(show),
            results_count: page.products?.length ?? 0,
          },
  };
}
