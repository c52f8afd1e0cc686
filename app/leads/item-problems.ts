import type { z } from "zod";
import type { Problem } from "../wording/field-problem-words.ts";
import { problem } from "../wording/problem.ts";
import { LONGEST, MOST_WORTH } from "./stages-request.ts";

/** What each field of an item has to be. The schema's own texts are for the API's developers. */
const PROBLEMS: Readonly<Record<string, Problem>> = {
  eventId: problem("item.eventId", { most: LONGEST.eventId }),
  externalId: problem("item.externalId", { most: LONGEST.externalId }),
  leadId: problem("item.leadId"),
  email: problem("item.email"),
  phone: problem("item.phone"),
  customerId: problem("item.customerId"),
  stage: problem("item.stage", { most: LONGEST.stage }),
  at: problem("item.at"),
  leadAt: problem("item.leadAt"),
  value: problem("item.value", { most: MOST_WORTH }),
  currency: problem("item.currency"),
  consent: problem("item.consent"),
};

type Issue = z.core.$ZodIssue;

/** What is wrong with an item, one problem for each of its fields; never the value. */
export function itemProblems({ issues }: z.ZodError): readonly Problem[] {
  const fields = new Set(issues.map(fieldOf));
  return [...fields].map((field) => (Object.hasOwn(PROBLEMS, field) ? PROBLEMS[field] : undefined) ?? UNREADABLE);
}

const UNREADABLE = problem("unreadable");

const fieldOf = (issue: Issue): string => String((issue.path[0] === "lead" ? nameOf(issue) : issue.path[0]) ?? "");

/** The name that a lead has: every other one lacks its own key and does not know this one. */
function nameOf({ path, ...issue }: Issue): PropertyKey | undefined {
  if (issue.code !== "invalid_union") return path[1];
  const named = issue.errors.find((branch) => branch.every(({ code }) => code !== "unrecognized_keys"));
  return named?.[0]?.path[0];
}
