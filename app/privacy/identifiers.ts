import { checkoutToken, orderId, shopifyId } from "../event-contract/event-id.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import type { BrowserReceipt, NewEvent } from "../outbox/types.ts";
import type { Customer, HashPerson, Identifier } from "./types.ts";

type Kind = Identifier["kind"];

const all = (kind: Kind, values: readonly (string | null | undefined)[] | undefined): readonly Identifier[] =>
  (values ?? []).flatMap((value) => (value ? [{ kind, value }] : []));

const ofHashes = ({ em, ph, external_id }: Pick<UserData, "em" | "ph" | "external_id">): readonly Identifier[] => [
  ...all("em", em),
  ...all("ph", ph),
  ...all("external_id", external_id),
];

/** The customer of a compliance request. */
export const identifiersOfCustomer = (
  { customerId, email, phone, orderIds }: Customer,
  hashPerson: HashPerson,
): readonly Identifier[] => [
  ...all("order", orderIds),
  ...ofHashes(hashPerson({ customerId, emails: email === null ? [] : [email], phones: phone === null ? [] : [phone] })),
];

/**
 * The identifiers of an event's person. The browser counts only without any other identifier, because a family may
 * share it: another customer's order from it belongs to that customer.
 */
export function identifiersOfEvent(event: NewEvent): readonly Identifier[] {
  const { body, orderId: order, checkoutToken: token, lead } = event;
  return [
    ...all("order", [order]),
    ...all("checkout", [token]),
    ...(lead === undefined ? [] : all("lead", [lead.leadId])),
    ...identifiersOfPerson(body.user_data),
  ];
}

function identifiersOfPerson(who: UserData): readonly Identifier[] {
  const hashes = ofHashes(who);
  return hashes.length > 0 ? hashes : [...all("fbp", [who.fbp]), ...all("fbc", [who.fbc])];
}

/** What a lead is found by, and its person as an event's is. */
export const identifiersOfLead = (leadId: string, who: UserData): readonly Identifier[] => [
  ...all("lead", [leadId]),
  ...identifiersOfPerson(who),
];

export const identifiersOfReceipt = ({
  orderId: order,
  checkoutToken: token,
}: BrowserReceipt): readonly Identifier[] => [...all("order", [order]), ...all("checkout", [token])];

// A payload with more people than this is not an order.
const MOST = 2_000;

/** The people and orders in an unreadable payload, by the forms in which Shopify's payloads write them. */
export function identifiersInPayload(payload: string, hashPerson: HashPerson): readonly Identifier[] {
  const text = unescaped(payload);
  const ids = valuesOf(text, /"(?:id|customer_id|order_id)"\s{0,9}:\s{0,9}"?(\d{1,20})/g);
  const gids = valuesOf(text, /gid:\/\/shopify\/(?:Customer|Order)\/(\d{1,20})/g);
  const digits = [...ids, ...gids];
  const phones = valuesOf(text, /"phone"\s{0,9}:\s{0,9}"([^"]{3,40})"/g);
  const tokens = valuesOf(text, /"(?:checkout_token|checkoutToken|token)"\s{0,9}:\s{0,9}"([\w-]{1,128})"/g);
  const customers = digits.flatMap((id) => ofHashes(hashPerson({ customerId: shopifyId(id), emails: [], phones: [] })));
  return [
    ...all("order", digits.map(orderId)),
    ...all("checkout", tokens.map(checkoutToken)),
    ...customers,
    ...ofHashes(hashPerson({ customerId: null, emails: emailsIn(text), phones })),
  ].slice(0, MOST);
}

const valuesOf = (text: string, form: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(form)].map(([, value = ""]) => value))].slice(0, MOST);

const unescaped = (text: string): string =>
  text
    .replaceAll("\\/", "/")
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

// Longer parts are not an email address (RFC 5321, section 4.5.3.1).
const LOCAL_PART = 64;
const DOMAIN = 255;
const BEFORE_AT = /[^\s"'<>(),;:\\/=&]+$/;
const AFTER_AT = /^[^\s"'<>(),;:\\/=&@]+/;

/** Reads left and right of each `@`, so that the time grows linearly with the text. */
function emailsIn(text: string): readonly string[] {
  const emails = new Set<string>();
  for (let at = text.indexOf("@"); at !== -1 && emails.size < MOST; at = text.indexOf("@", at + 1)) {
    const local = BEFORE_AT.exec(text.slice(Math.max(0, at - LOCAL_PART), at))?.[0];
    const domain = AFTER_AT.exec(text.slice(at + 1, at + 1 + DOMAIN))?.[0];
    if (local !== undefined && domain !== undefined) emails.add(`${local}@${domain}`);
  }
  return [...emails];
}
