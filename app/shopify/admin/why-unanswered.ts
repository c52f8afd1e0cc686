import type { WhyUnanswered } from "../../wording/coded-problem.ts";
import type { Unanswered } from "./admin-graphql.server.ts";

const ANSWERED_IN_WORDS = 200;
const FORBIDDEN = 403;

/**
 * Only an answer of 200 has Shopify's own words; every other message is the client's, in English and for the log, and
 * the status is what was said.
 */
export function whyUnanswered(answer: Unanswered): WhyUnanswered {
  if (answer.kind === "unavailable") return { code: "unavailable", said: null };
  const { status, message } = answer;
  if (status === ANSWERED_IN_WORDS) return { code: "refused", said: message.trim() === "" ? null : message };
  return status === FORBIDDEN ? { code: "forbidden", said: null } : { code: "request-refused", said: String(status) };
}
