import type { Role } from "../access/roles.ts";
import { type KnownSubject, readSubject } from "../access/subjects.ts";
import type { Actor, ChangeAction, SeenKind, SubjectFact, SubjectFacts } from "../access/types.ts";
import { eventNameIn } from "./event-name-in.ts";
import type { Words } from "./words.ts";

export const roleIn = (words: Words, role: Role): { readonly label: string; readonly meaning: string } => ({
  label: words.text(`access.role.${role}`),
  meaning: words.text(`access.role.${role}.meaning`),
});

export const actionIn = (words: Words, action: ChangeAction): string => words.text(`access.action.${action}`);
export const seenIn = (words: Words, kind: SeenKind): string => words.text(`access.seen.${kind}`);

const STAFF = "shopify-user ";

/** Who did it. The stored names include those of earlier versions, such as `command line`. */
export function actorIn(words: Words, by: Actor): string {
  if (by.startsWith(STAFF)) return words.text("access.actor.staff", { userId: by.slice(STAFF.length) });
  return words.text(by === "operator" || by === "command line" ? "access.actor.operator" : "access.actor.tandem");
}

/** What a change or a look was about; as it is stored where an earlier version said it otherwise. */
export function subjectIn(words: Words, stored: string, facts: SubjectFacts): string {
  const subject = readSubject(stored);
  return subject === null ? stored : knownIn(words, subject, facts[stored]);
}

function knownIn(words: Words, subject: KnownSubject, fact: SubjectFact | undefined): string {
  if ("eventName" in subject) {
    const event = eventNameIn(words, subject.eventName);
    return fact?.kind === "order"
      ? words.text("access.subject.order-event", { event, order: orderIn(fact) })
      : words.text("access.subject.event", { event, name: subject.eventId });
  }
  if (!("name" in subject)) return words.text(`access.subject.${subject.kind}`);
  return words.text(`access.subject.${subject.kind}`, { name: nameIn(fact) ?? subject.name });
}

function nameIn(fact: SubjectFact | undefined): string | null {
  if (fact?.kind === "order") return orderIn(fact);
  return fact?.kind === "named" ? fact.name : null;
}

const orderIn = ({ orderName, orderId }: Extract<SubjectFact, { kind: "order" }>): string => orderName ?? orderId;
