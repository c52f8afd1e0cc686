import { shopifyId } from "../event-contract/event-id.ts";
import type { LeadName, StageReport } from "../leads/types.ts";
import { itemProblems } from "../leads/item-problems.ts";
import { issuesOf, StageItem } from "../leads/stages-request.ts";
import { normalizedEmail, normalizedExternalId, sha256 } from "../normalize/identity.ts";
import { normalizedPhone } from "../normalize/phone.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { problem } from "../wording/problem.ts";

export type RequestFacts = {
  readonly idempotencyKey: string;
  readonly crm: string | undefined;
  readonly bodyDigest: string;
};

/** One item of a request as a report, or what is wrong with it. */
export type ReadItem =
  { readonly ok: true; readonly report: StageReport } | { readonly ok: false; readonly problem: string };

/** What an item says, without who sent it. */
export type SaidByItem = Omit<StageReport, "source" | "idempotencyKey" | "digest">;
/** `problem`: in English, with places as JSON pointers, for whoever programs; `problems`: for whoever reads a page. */
export type ReadSaid =
  | { readonly ok: true; readonly said: SaidByItem }
  | { readonly ok: false; readonly problem: string; readonly problems: readonly Problem[] };

/**
 * Reads an item. The key of a report is the request's with its number, and its digest that of the whole body, so that a
 * key that comes with another body shows.
 */
export function reportFromItem(item: unknown, n: number, { idempotencyKey, crm, bodyDigest }: RequestFacts): ReadItem {
  const read = saidByItem(item);
  if (!read.ok) return read;
  const own = { idempotencyKey: `${idempotencyKey}#${n}`, digest: bodyDigest, ...(crm !== undefined && { crm }) };
  return { ok: true, report: { ...read.said, ...own, source: "api" } };
}

/** Reads what an item of any way in says. Email addresses and phone numbers are hashed here, and go no further. */
export function saidByItem(item: unknown): ReadSaid {
  const parsed = StageItem.safeParse(item);
  if (!parsed.success) {
    return {
      ok: false,
      problem: issuesOf(parsed.error)
        .map(({ pointer, detail }) => `${pointer}: ${detail}`)
        .join("; "),
      problems: itemProblems(parsed.error),
    };
  }
  const { lead, value, currency } = parsed.data;
  const name = leadNamed(lead);
  if (name === null) {
    const problems = [problem("email" in lead ? "item.email" : "item.phone")];
    return { ok: false, problem: "/lead: neither an address or number that Meta accepts, nor a hash", problems };
  }
  if ((value === undefined) !== (currency === undefined)) {
    return { ok: false, problem: "/currency: value and currency come together", problems: [problem("item.worth")] };
  }
  return { ok: true, said: { ...saidBy(parsed.data), lead: name } };
}

/** A digest of what a report says, for ways in whose requests are not repeated byte by byte. */
export const digestOfSaid = ({ lead, stage, worth, consent }: SaidByItem): string =>
  sha256(JSON.stringify([lead.by, lead.value, stage, worth?.value, worth?.currency, consent]));

const saidBy = ({ stage, at, value, currency, consent, leadAt }: StageItem) => ({
  stage,
  happenedAt: momentOf(at),
  ...(value !== undefined && currency !== undefined && { worth: { value, currency } }),
  ...(consent !== undefined && { consent }),
  ...(leadAt !== undefined && { leadAt: momentOf(leadAt) }),
});

const momentOf = (at: string | number): Date => new Date(typeof at === "number" ? at * 1000 : at);

const HASH = /^[0-9a-f]{64}$/i;

function leadNamed(lead: StageItem["lead"]): LeadName | null {
  if ("eventId" in lead) return { by: "event-id", value: lead.eventId };
  if ("externalId" in lead) return { by: "external-id", value: lead.externalId };
  if ("leadId" in lead) return { by: "lead-id", value: lead.leadId };
  if ("customerId" in lead) return customerNamed(lead.customerId);
  return "email" in lead
    ? hashed("email", lead.email, normalizedEmail)
    : hashed("phone", lead.phone, (text) => normalizedPhone(text, null));
}

/** A form has its sender's ID, as a hash, if the sender was logged in. */
export const customerNamed = (id: string): LeadName => {
  const digits = shopifyId(id) ?? id;
  return { by: "customer", value: sha256(normalizedExternalId(digits) ?? digits) };
};

function hashed(by: LeadName["by"], text: string, normalize: (text: string) => string | null): LeadName | null {
  if (HASH.test(text)) return { by, value: text.toLowerCase() };
  const normalized = normalize(text);
  return normalized === null ? null : { by, value: sha256(normalized) };
}
