import { shopifyId } from "../../event-contract/event-id.ts";
import type { AddressPayload, OrderPayload } from "./order-schema.ts";
import type { Person } from "../types.ts";

type Customer = NonNullable<OrderPayload["customer"]>;
type Address = NonNullable<AddressPayload>;

/** The people and places of an order; an empty record for those that the payload lacks. */
function partiesOf({ customer, billing_address, shipping_address }: OrderPayload) {
  const known: Customer = customer ?? {};
  const billing: Address = billing_address ?? {};
  const shipping: Address = shipping_address ?? {};
  const home: Address = known.default_address ?? {};
  return { customer: known, billing, shipping, home };
}

/**
 * The buyer, from the order's data. The billing address and the customer precede the shipping address, because a gift's
 * recipient is another person.
 */
export function personOf(order: OrderPayload): Person {
  const { customer, billing, shipping, home } = partiesOf(order);
  const ownPhones = distinct([order.phone, customer.phone, billing.phone]);
  return {
    emails: distinct([order.email, order.contact_email, customer.email]),
    phones: ownPhones.length > 0 ? ownPhones : distinct([shipping.phone, home.phone]),
    ...nameOf([customer, billing, shipping]),
    ...placeOf(withCountry([billing, shipping, home])),
    customerId: shopifyId(customer.admin_graphql_api_id) ?? shopifyId(customer.id),
  };
}

type Named = Pick<Address, "first_name" | "last_name">;

function nameOf(people: readonly Named[]): Pick<Person, "firstName" | "lastName"> {
  const named: Named = people.find((who) => filled(who.first_name) ?? filled(who.last_name)) ?? {};
  return { firstName: filled(named.first_name), lastName: filled(named.last_name) };
}

function placeOf(address: Address): Pick<Person, "city" | "province" | "zip" | "country"> {
  const country = countryCode(address.country_code);
  const [name, code] = [filled(address.province), filled(address.province_code)];
  return {
    city: filled(address.city),
    // Meta expects the two-letter code in the United States, and the name elsewhere.
    province: country === "US" ? (code ?? name) : (name ?? code),
    zip: filled(address.zip),
    country,
  };
}

/**
 * The buyer's region for the consent rule: of the shipping address, else the billing address, else the customer's own.
 * `DE`, or `US-CA` and `CA-QC` if the state or province is known; null if the order has no address.
 */
export function regionOf(order: OrderPayload): string | null {
  const { shipping, billing, home } = partiesOf(order);
  const address = withCountry([shipping, billing, home]);
  const country = countryCode(address.country_code);
  const state = country !== null && HAVE_OWN_RULES.has(country) ? filled(address.province_code) : null;
  return state === null ? country : `${country}-${state.toUpperCase()}`;
}

// Countries whose states or provinces have different rules: California's opt-out, Quebec's consent.
const HAVE_OWN_RULES: ReadonlySet<string> = new Set(["US", "CA"]);

const filled = (text: string | null | undefined): string | null => text?.trim() || null;

const distinct = (texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(texts.map(filled).filter((text) => text !== null)),
];

const withCountry = (addresses: readonly Address[]): Address =>
  addresses.find((address) => countryCode(address.country_code) !== null) ?? {};

const countryCode = (text: string | null | undefined): string | null =>
  text && /^[A-Za-z]{2}$/.test(text.trim()) ? text.trim().toUpperCase() : null;
