import { z } from "zod";
import { shopifyId } from "../../event-contract/event-id.ts";
import type { Parsed } from "../types.ts";
import { parsedPayload } from "./parsed-payload.ts";

/** Tags that a customer was given or lost. */
export type TagsChanged = {
  readonly kind: "added" | "removed";
  /** Digits. */
  readonly customerId: string;
  readonly tags: readonly string[];
  readonly occurredAt: Date;
};

const MOST_TAGS = 250;

// shopify.dev, webhook reference, 2026-10: the topic has a dot, and the payload nothing of the customer but the ID.
const Payload = z.object({
  customerId: z.string().regex(/^gid:\/\/shopify\/Customer\/\d{1,20}$/),
  tags: z.array(z.string().max(255)).max(MOST_TAGS),
  occurredAt: z.iso.datetime({ offset: true }),
});

const TOPIC = /^customer[./]tags_(added|removed)$/;

export const isAboutTags = ({ topic }: { readonly topic: string }): boolean => TOPIC.test(topic);

/** The body of `customer.tags_added` or `customer.tags_removed`. */
export function parseCustomerTags(topic: string, body: string): Parsed<TagsChanged> {
  const parsed = parsedPayload(body, Payload, "not-an-app-request");
  if (!parsed.ok) return parsed;
  const { customerId, tags, occurredAt } = parsed.value;
  const id = shopifyId(customerId);
  if (id === null) return { ok: false, problem: { code: "not-an-app-request", detail: "customerId: not an ID" } };
  const kind = TOPIC.exec(topic)?.[1] === "removed" ? "removed" : "added";
  return { ok: true, value: { kind, customerId: id, tags, occurredAt: new Date(occurredAt) } };
}
