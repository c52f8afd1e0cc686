import { randomBytes } from "node:crypto";
import type { SimulatedRequest } from "./http.ts";
import type { Cart, Shop } from "./types.ts";

/** One request of one shopper, with what their cookies say and the cookies to set. */
export type Visit = {
  readonly shop: Shop;
  readonly request: SimulatedRequest;
  readonly cart: Cart;
  /** Where the visitor is taken to be, for consent. */
  readonly region: string;
  readonly cookies: string[];
};

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

/**
 * Reads the shopper's cart, market and region. `?country=JP` switches the market, as on a real storefront;
 * `?simulator_region=DE` moves the visitor for the rest of the browser's session, which no real shop offers.
 */
export function visitOf(shop: Shop, request: SimulatedRequest): Visit {
  const { cookies: sent, url } = request;
  const cookies: string[] = [];
  const wantedCountry = countryCode(url.searchParams.get("country"));
  const wantedRegion = countryCode(url.searchParams.get("simulator_region"));
  if (wantedCountry) cookies.push(cookie("localization", wantedCountry));
  if (wantedRegion) cookies.push(cookie("simulator_region", wantedRegion));
  const country = wantedCountry ?? countryCode(sent["localization"]) ?? shop.country;

  let cart = shop.carts.get(sent["cart"] ?? "");
  if (!cart) {
    cart = newCart(shop, country);
    cart.landingSite = `${url.pathname}${url.search}`;
    cart.referringSite = request.headers.referer ?? "";
    shop.carts.set(cart.token, cart);
    cookies.push(cookie("cart", cart.token));
  }
  cart.country = country;
  return {
    shop,
    request,
    cart,
    cookies,
    region: wantedRegion ?? countryCode(sent["simulator_region"]) ?? shop.visitorRegion,
  };
}
