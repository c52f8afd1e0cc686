import { shopifyId } from "../event-contract/event-id.ts";
import type { AddressPayload, OrderPayload } from "./order-schema.ts";
import type { Person } from "./types.ts";

/**
 * The buyer, from what the order says of them. The billing address and the customer come before the shipping address:
 * a gift's recipient is somebody else.
 */
export function personOf(order: OrderPayload): Person {
  const { customer, billing_address: billing, shipping_address: shipping } = order;
  const address = firstWith("country_code", [billing, shipping, customer?.default_address]);
  const name = [customer, billing, shipping].find((who) => filled(who?.first_name) ?? filled(who?.last_name));
  const ownPhones = distinct([order.phone, customer?.phone, billing?.phone]);
  const country = countryCode(address?.country_code);
  return {
    emails: distinct([order.email, order.contact_email, customer?.email]),
    phones: ownPhones.length > 0 ? ownPhones : distinct([shipping?.phone, customer?.default_address?.phone]),
    firstName: filled(name?.first_name),
    lastName: filled(name?.last_name),
    city: filled(address?.city),
    // Meta wants the two letters in the United States, and elsewhere the name.
    province: filled(country === "US" ? (filled(address?.province_code) ?? address?.province) : (filled(address?.province) ?? address?.province_code)),
    zip: filled(address?.zip),
    country,
    customerId: shopifyId(customer?.admin_graphql_api_id) ?? shopifyId(customer?.id),
  };
}

/**
 * Where the consent rule takes the buyer to be: where the goods go, else where the bill goes, else the customer's own
 * address. `DE`, or `US-CA` where the state is known; null where the order has no address.
 */
export function regionOf(order: OrderPayload): string | null {
  const { shipping_address: shipping, billing_address: billing, customer } = order;
  const address = firstWith("country_code", [shipping, billing, customer?.default_address]);
  const country = countryCode(address?.country_code);
  const state = country === "US" ? filled(address?.province_code) : null;
  return state === null ? country : `${country}-${state.toUpperCase()}`;
}

const filled = (text: string | null | undefined): string | null => text?.trim() || null;

const distinct = (texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(texts.map(filled).filter((text) => text !== null)),
];

const firstWith = (key: keyof NonNullable<AddressPayload>, addresses: readonly AddressPayload[]): AddressPayload =>
  addresses.find((address) => filled(address?.[key]));

const countryCode = (text: string | null | undefined): string | null =>
  text && /^[A-Za-z]{2}$/.test(text.trim()) ? text.trim().toUpperCase() : null;
