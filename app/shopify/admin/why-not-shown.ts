import type { Problem } from "../../wording/field-problem-words.ts";
import { problem } from "../../wording/problem.ts";
import type { Unanswered } from "./admin-graphql.server.ts";

const ANSWERED_IN_WORDS = 200;

/** Why Shopify does not show an order. Its own words come with an answer of 200, and are quoted; all others are the client's. */
export function whyNotShown(answer: Unanswered): Problem {
  if (answer.kind === "unavailable") return problem("order.unavailable");
  return answer.status === ANSWERED_IN_WORDS
    ? problem("order.refused-because", { message: answer.message })
    : problem("order.refused");
}
