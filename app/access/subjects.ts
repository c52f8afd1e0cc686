import { type EventName, isEventName } from "../event-contract/event-name.ts";

/** Subjects that a name tells apart, and what is stored in front of it. */
const BEFORE_NAME = {
  staff: "staff ",
  settings: "settings, version ",
  pixel: "pixel ",
  "api-key": "API key ",
  "crm-address": "CRM address ",
  lead: "lead ",
  order: "order ",
  "order-consent": "consent of order ",
  "data-request": "data request ",
  payload: "payload ",
} as const;

/** Subjects of which there is one, as they are stored. */
const WHOLE = {
  "leads-file": "leads from a file",
  "unknown-pixel": "pixel unknown",
  "shop-order": "order of the shop",
  "pasted-order": "a pasted order",
  events: "events",
  tests: "tests",
  changes: "changes",
  "access-log": "access log",
  consent: "consent",
} as const;

export type NamedKind = keyof typeof BEFORE_NAME;
type WholeKind = keyof typeof WHOLE;

/**
 * What a change or a look was about, never a customer. The name is an ID, a number or what the merchant calls it; of an
 * order it is its ID, or what somebody typed into a dry run.
 */
export type Subject =
  | { readonly kind: NamedKind; readonly name: string }
  | { readonly kind: WholeKind }
  | { readonly kind: "event"; readonly eventName: string; readonly eventId: string };

/** The only place that makes what is stored; `readSubject` reads it back. */
export function storedSubject(subject: Subject): string {
  if ("eventName" in subject) return `${subject.eventName} ${subject.eventId}`;
  return "name" in subject ? `${BEFORE_NAME[subject.kind]}${subject.name}` : WHOLE[subject.kind];
}

export type KnownSubject =
  | Exclude<Subject, { readonly kind: "event" }>
  | { readonly kind: "event"; readonly eventName: EventName; readonly eventId: string };

/** Null for what this version does not write: records are kept as earlier versions wrote them. */
export function readSubject(stored: string): KnownSubject | null {
  const whole = WHOLE_KINDS.find((kind) => WHOLE[kind] === stored);
  if (whole !== undefined) return { kind: whole };
  const named = NAMED_KINDS.find((kind) => stored.startsWith(BEFORE_NAME[kind]));
  if (named !== undefined) {
    const name = stored.slice(BEFORE_NAME[named].length);
    return name === "" ? null : { kind: named, name };
  }
  const [eventName, eventId, ...more] = stored.split(" ");
  return isEventName(eventName) && eventId && more.length === 0 ? { kind: "event", eventName, eventId } : null;
}

// The tables' own keys, of which Object.keys forgets the type.
export const NAMED_KINDS = Object.keys(BEFORE_NAME) as NamedKind[];
export const WHOLE_KINDS = Object.keys(WHOLE) as WholeKind[];
