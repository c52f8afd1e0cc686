import type { OrderId } from "../event-contract/event-id.ts";

/** Shopify's three compliance requests, with the shop taken from the verified header. */
export type ComplianceRequest =
  | { readonly kind: "redact-customer"; readonly orderIds: readonly OrderId[] }
  | { readonly kind: "customer-data-request"; readonly requestId: string | null; readonly orderIds: readonly OrderId[] }
  | { readonly kind: "redact-shop" };

/** The result, in numbers. */
export type ComplianceAnswer =
  | { readonly kind: "customer-redacted"; readonly events: number }
  | { readonly kind: "data-noted"; readonly events: number }
  | { readonly kind: "shop-erased" };

/** Numbers of rows by kind. */
export type Counts = Readonly<Record<string, number>>;

/** An identifier of a person, their order or their browser. Hashes are Meta's: SHA-256 of the normalized text. */
export type Identifier = {
  readonly kind: "order" | "checkout" | "em" | "ph" | "external_id" | "fbp" | "fbc";
  readonly value: string;
};
