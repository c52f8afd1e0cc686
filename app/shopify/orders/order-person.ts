import { shopifyId } from "../../event-contract/event-id.ts";
import type { AddressPayload, OrderPayload } from "./order-schema.ts";
import type { Person } from "../types.ts";

type Customer = NonNullable<OrderPayload["customer"]>;
type Address = NonNullable<AddressPayload>;

/** The people and places of an order, each an empty record where the payload has none. */
function partiesOf({ customer, billing_address, shipping_address }: OrderPayload) {
  const known: Customer = customer ?? {};
  const billing: Address = billing_address ?? {};
  const shipping: Address = shipping_address ?? {};
  const home: Address = known.default_address ?? {};
  return { customer: known, billing, shipping, home };
}

/**
 * The buyer, from what the order says of them. The billing address and the customer come before the shipping address:
 * a gift's recipient is somebody else.
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
    // Meta wants the two letters in the United States, and elsewhere the name.
    province: country === "US" ? (code ?? name) : (name ?? code),
    zip: filled(address.zip),
    country,
  };
}

/**
 * Where the consent rule takes the buyer to be: where the goods go, else where the bill goes, else the customer's own
 * address. `DE`, or `US-CA` and `CA-QC` where the state or province is known; null where the order has no address.
 */
export function regionOf(order: OrderPayload): string | null {
  const { shipping, billing, home } = partiesOf(order);
  const address = withCountry([shipping, billing, home]);
  const country = countryCode(address.country_code);
  const state = country !== null && HAVE_OWN_RULES.has(country) ? filled(address.province_code) : null;
  return state === null ? country : `${country}-${state.toUpperCase()}`;
}

// Countries whose states or provinces differ in what they ask for: California's opt-out, Quebec's consent.
const HAVE_OWN_RULES: ReadonlySet<string> = new Set(["US", "CA"]);

const filled = (text: string | null | undefined): string | null => text?.trim() || null;

const distinct = (texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(texts.map(filled).filter((text) => text !== null)),
];

const withCountry = (addresses: readonly Address[]): Address =>
  addresses.find((address) => countryCode(address.country_code) !== null) ?? {};

const countryCode = (text: string | null | undefined): string | null =>
  text && /^[A-Za-z]{2}$/.test(text.trim()) ? text.trim().toUpperCase() : null;
