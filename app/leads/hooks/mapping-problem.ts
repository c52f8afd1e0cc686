import type { z } from "zod";
import type { Problem } from "../../wording/field-problem-words.ts";
import { problem } from "../../wording/problem.ts";
import { pointerTo } from "../pointer.ts";

const KINDS = ["string", "array", "object"];

/** What is wrong with a mapping, by the place where it is; never the value. */
export function mappingProblem(issue: z.core.$ZodIssue): Problem {
  const { code, path } = issue;
  const place = pointerTo(path) || "/";
  if (code === "unrecognized_keys") {
    return problem("mapping.unknown", { place, names: issue.keys.join(", ").slice(0, 100) });
  }
  if (code === "invalid_type") {
    return problem("mapping.kind", { place, expected: KINDS.includes(issue.expected) ? issue.expected : "other" });
  }
  if (code === "too_small" || code === "too_big") return problem("mapping.length", { place });
  return code === "invalid_format" ? formatProblem(place, path) : problem("mapping.value", { place });
}

/** Besides its paths a mapping has two texts with a form. */
function formatProblem(place: string, path: z.core.$ZodIssue["path"]): Problem {
  if (path.at(-1) === "offset") return problem("mapping.offset", { place });
  return path.at(-1) === "always" ? problem("mapping.currency", { place }) : problem("mapping.path", { place });
}
