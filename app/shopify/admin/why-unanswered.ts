import type { Unanswered } from "./admin-graphql.server.ts";

/** `said`: Shopify's own words, or the status that it answered with. */
export type WhyUnanswered = {
  readonly code: "unavailable" | "refused" | "forbidden" | "request-refused";
  readonly said: string | null;
};

const ANSWERED_IN_WORDS = 200;
const FORBIDDEN = 403;

/** Only an answer of 200 has Shopify's own words; every other message is the client's, in English and for the log. */
export function whyUnanswered(answer: Unanswered): WhyUnanswered {
  if (answer.kind === "unavailable") return { code: "unavailable", said: null };
  const { status, message } = answer;
  if (status === ANSWERED_IN_WORDS) return { code: "refused", said: message.trim() === "" ? null : message };
  return status === FORBIDDEN ? { code: "forbidden", said: null } : { code: "request-refused", said: String(status) };
}
