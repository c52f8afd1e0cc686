import type { OrderId } from "../event-contract/event-id.ts";

/** The customer of a compliance request, as Shopify identifies them. */
export type Customer = {
  readonly customerId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** The customer's orders that the request names; may be empty. */
  readonly orderIds: readonly OrderId[];
};

/** Shopify's three compliance requests, with the shop taken from the verified header. */
export type ComplianceRequest =
  | ({ readonly kind: "redact-customer" } & Customer)
  | ({ readonly kind: "customer-data-request"; readonly requestId: string | null } & Customer)
  | { readonly kind: "redact-shop" };

/** Numbers of rows by kind. */
export type Counts = Readonly<Record<string, number>>;

export type ComplianceAnswer =
  | { readonly kind: "customer-redacted"; readonly counts: Counts }
  | { readonly kind: "data-kept"; readonly counts: Counts }
  | { readonly kind: "shop-erased" };

/** An identifier of a person, their order or their browser. Hashes are Meta's: SHA-256 of the normalized text. */
export type Identifier = {
  readonly kind: "order" | "checkout" | "em" | "ph" | "external_id" | "fbp" | "fbc";
  readonly value: string;
};

/** A person's hashes, by Meta's keys and rules. */
export type HashPerson = (
  person: Pick<Customer, "customerId"> & { readonly emails: readonly string[]; readonly phones: readonly string[] },
) => { readonly em?: readonly string[]; readonly ph?: readonly string[]; readonly external_id?: readonly string[] };
