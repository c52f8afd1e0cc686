import type { Problem } from "../../wording/field-problem-words.ts";
import { problem } from "../../wording/problem.ts";
import type { Unanswered } from "./admin-graphql.server.ts";
import { whyUnanswered } from "./why-unanswered.ts";

/** Why Shopify does not show an order. Its own words are quoted. */
export function whyNotShown(answer: Unanswered): Problem {
  const { code, said } = whyUnanswered(answer);
  if (code === "unavailable") return problem("order.unavailable");
  return code === "refused" && said !== null
    ? problem("order.refused-because", { message: said })
    : problem("order.refused");
}
