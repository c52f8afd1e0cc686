import { z } from "zod";
import { shopifyId } from "../../event-contract/event-id.ts";
import type { Parsed } from "../types.ts";
import { parsedPayload } from "./parsed-payload.ts";

/** A metafield that a customer has. */
export type CustomerValue = {
  readonly namespace: string;
  readonly key: string;
  readonly value: string;
  /** Shopify's ID of the metafield, and when this value was set; null where the payload does not say. */
  readonly set: { readonly id: string; readonly at: Date } | null;
};

export type CustomerUpdated = {
  /** Digits. */
  readonly customerId: string;
  readonly updatedAt: Date;
  readonly metafields: readonly CustomerValue[];
};

// The subscription asks for one; a namespace may have 256 (shopify.dev, metafield limits).
const MOST_METAFIELDS = 256;
// shopify.dev, metafield limits: a value of text has at most 65,536 characters.
const LONGEST_VALUE = 65_536;

// Shopify's IDs are numbers; those above 2^53 come as their digits.
const Id = z.union([z.int().min(0), z.string().regex(/^\d{1,20}$/)]).transform(String);
const Moment = z.iso.datetime({ offset: true });

// shopify.dev's sample of customers/update, 2026-10, with the fields of a metafield as the REST Admin API shows them: that
// the metafields of a webhook have `id` and `updated_at` is unconfirmed, so neither is required.
const Payload = z.object({
  id: Id,
  updated_at: Moment,
  metafields: z
    .array(
      z.object({
        namespace: z.string().max(255),
        key: z.string().max(64),
        value: z.union([z.string().max(LONGEST_VALUE), z.number(), z.boolean()]).transform(String),
        id: Id.nullish(),
        updated_at: Moment.nullish(),
      }),
    )
    .max(MOST_METAFIELDS)
    .nullish(),
});

export const isAboutMetafields = ({ topic }: { readonly topic: string }): boolean => topic === "customers/update";

/** The body of `customers/update`. */
export function parseCustomerUpdate(body: string): Parsed<CustomerUpdated> {
  const parsed = parsedPayload(body, Payload, "not-an-app-request");
  if (!parsed.ok) return parsed;
  const { id, updated_at, metafields } = parsed.value;
  const customerId = shopifyId(id);
  if (customerId === null) return { ok: false, problem: { code: "not-an-app-request", detail: "id: not an ID" } };
  const read = (metafields ?? []).map(({ namespace, key, value, id: metafieldId, updated_at: at }): CustomerValue => ({
    ...{ namespace, key, value },
    set: metafieldId && at ? { id: metafieldId, at: new Date(at) } : null,
  }));
  return { ok: true, value: { customerId, updatedAt: new Date(updated_at), metafields: read } };
}
