import type { OrderId } from "../event-contract/event-id.ts";

/** The customer whom a compliance request is about, as Shopify names them. */
export type Customer = {
  readonly customerId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** All orders of the customer that Shopify wants to be looked at; may be none. */
  readonly orderIds: readonly OrderId[];
};

/** Shopify's three compliance requests, with the shop taken from the verified header. */
export type ComplianceRequest =
  | ({ readonly kind: "redact-customer" } & Customer)
  | ({ readonly kind: "customer-data-request"; readonly requestId: string | null } & Customer)
  | { readonly kind: "redact-shop" };

/** Number of rows, by what they were. */
export type Counts = Readonly<Record<string, number>>;

export type ComplianceAnswer =
  | { readonly kind: "customer-redacted"; readonly counts: Counts }
  | { readonly kind: "data-kept"; readonly counts: Counts }
  | { readonly kind: "shop-erased" };

/** One thing that a person, their order or their browser is known by. Hashes are Meta's: SHA-256 of the normalized text. */
export type Identifier = {
  readonly kind: "order" | "checkout" | "em" | "ph" | "external_id" | "fbp" | "fbc";
  readonly value: string;
};

/** The hashes of a person, by Meta's keys and rules. */
export type HashPerson = (
  person: Pick<Customer, "customerId"> & { readonly emails: readonly string[]; readonly phones: readonly string[] },
) => { readonly em?: readonly string[]; readonly ph?: readonly string[]; readonly external_id?: readonly string[] };
