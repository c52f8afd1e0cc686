import { type KnownSubject, readSubject } from "../../access/subjects.ts";
import type { SubjectFact, SubjectFacts } from "../../access/types.ts";
import { eventUrl, leadUrl, orderUrl } from "../../components/record-urls.ts";
import { versionUrl } from "../../components/version-url.ts";

/** The page of what a change or a look was about; null if it has none, or has been deleted since. */
export function subjectUrl(stored: string, facts: SubjectFacts): string | null {
  const subject = readSubject(stored);
  if (subject === null) return null;
  if (subject.kind === "settings") return versionUrl(Number(subject.name));
  const fact = facts[stored];
  return fact === undefined ? null : urlOf(subject, fact);
}

function urlOf(subject: KnownSubject, fact: SubjectFact): string | null {
  if (subject.kind === "event") return eventUrl(subject);
  if (subject.kind === "lead") return leadUrl(subject.name);
  return subject.kind === "order" && fact.kind === "order" ? orderUrl(fact.orderId) : null;
}
