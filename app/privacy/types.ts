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
  | { readonly kind: "data-requested"; readonly outcome: "opened" | "repeated" | "unknown-shop" }
  | { readonly kind: "shop-erased" };

/** An identifier of a person, their order, their lead or their browser. Hashes are Meta's: SHA-256 of the normalized text. */
export type Identifier = {
  readonly kind: "order" | "checkout" | "lead" | "em" | "ph" | "external_id" | "fbp" | "fbc";
  readonly value: string;
};

/** A person's hashes, by Meta's keys and rules. */
export type HashPerson = (
  person: Pick<Customer, "customerId"> & { readonly emails: readonly string[]; readonly phones: readonly string[] },
) => { readonly em?: readonly string[]; readonly ph?: readonly string[]; readonly external_id?: readonly string[] };

/** `being-assembled`: the worker has not finished the file; `ready`: nobody has downloaded it yet. */
export type DataRequestState = "being-assembled" | "ready" | "downloaded";

/** A request for a customer's data, as the merchant sees it: without the customer and without the file. */
export type DataRequest = {
  readonly requestId: string;
  /** By their names, or by their IDs where the ledger has no name. */
  readonly orders: readonly string[];
  readonly requestedAt: Date;
  /** Null until the worker has assembled the file. */
  readonly assembledAt: Date | null;
  /** The last download; null before the first. */
  readonly downloadedAt: Date | null;
  /** When the file will be deleted; null until there is one. */
  readonly deletedAt: Date | null;
};
