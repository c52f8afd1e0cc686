import { randomBytes } from "node:crypto";
import type { SimulatedRequest } from "./http.ts";
import type { Cart, Shop } from "./types.ts";

/** One request of one shopper, with what their cookies say and the cookies to set. */
export type Visit = {
  readonly shop: Shop;
  readonly request: SimulatedRequest;
  readonly cart: Cart;
  /** The visitor's region, for consent. */
  readonly region: string;
  /** Who looks at a theme: the theme editor's frame, or a preview of a theme that is not published. */
  readonly theme: { readonly isEdited: boolean; readonly isPreview: boolean };
  readonly cookies: string[];
};

type Arrival = Pick<Cart, "landingSite" | "referringSite">;

const cookie = (name: string, value: string): string =>
  `${name}=${encodeURIComponent(value)}; Path=/; Secure; SameSite=Lax; Max-Age=1209600`;

const countryCode = (text: string | null | undefined): string | null =>
  text && /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null;

export const newCart = (shop: Shop, country: string): Cart => ({
  token: `hWN${randomBytes(14).toString("hex")}`,
  lines: [],
  attributes: {},
  note: "",
  country: country || shop.country,
  discountCode: null,
  landingSite: "/",
  referringSite: "",
  pendingEvents: [],
});

/** Where the visitor came in, and from where: kept until there is a cart, as Shopify's cookies of these names are. */
function arrivalOf({ cookies: sent, url, headers }: SimulatedRequest, cookies: string[]): Arrival {
  const known = sent["_landing_page"];
  if (known !== undefined) return { landingSite: known, referringSite: sent["_orig_referrer"] ?? "" };
  const arrival = { landingSite: `${url.pathname}${url.search}`, referringSite: headers.referer ?? "" };
  cookies.push(cookie("_landing_page", arrival.landingSite), cookie("_orig_referrer", arrival.referringSite));
  return arrival;
}

/** A visitor who only browses has no cart; reading it creates none (community.shopify.dev, thread 3504). */
const writesCart = ({ method, url: { pathname } }: SimulatedRequest): boolean =>
  (method === "POST" && pathname.startsWith("/cart/")) || pathname.startsWith("/discount/");

/**
 * Reads the shopper's cart, market and region. `?country=JP` switches the market, as on a real storefront;
 * `?simulator_region=DE` moves the visitor for the rest of the browser's session, which no real shop offers.
 * `?preview_theme_id=` shows an unpublished theme from then on, and `?simulator_editor` one page as the theme editor has it
 * in its frame; how that frame's address looks on a real shop is not documented.
 */
export function visitOf(shop: Shop, request: SimulatedRequest): Visit {
  const { cookies: sent, url } = request;
  const cookies: string[] = [];
  const wantedCountry = countryCode(url.searchParams.get("country"));
  const wantedRegion = countryCode(url.searchParams.get("simulator_region"));
  if (wantedCountry) cookies.push(cookie("localization", wantedCountry));
  const isPreview = url.searchParams.has("preview_theme_id") || sent["simulator_preview"] !== undefined;
  if (isPreview) cookies.push(cookie("simulator_preview", "1"));
  if (wantedRegion) cookies.push(cookie("simulator_region", wantedRegion));
  const country = wantedCountry ?? countryCode(sent["localization"]) ?? shop.country;

  const arrival = arrivalOf(request, cookies);
  const known = shop.carts.get(sent["cart"] ?? "");
  const cart = known ?? { ...newCart(shop, country), ...arrival };
  if (!known && writesCart(request)) {
    shop.carts.set(cart.token, cart);
    cookies.push(cookie("cart", cart.token));
  }
  cart.country = country;
  return {
    shop,
    request,
    cart,
    cookies,
    theme: { isEdited: url.searchParams.has("simulator_editor"), isPreview },
    region: wantedRegion ?? countryCode(sent["simulator_region"]) ?? shop.visitorRegion,
  };
}
