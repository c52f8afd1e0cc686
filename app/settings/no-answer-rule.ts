import { z } from "zod";
import type { NoAnswerRule } from "../consent/types.ts";
import { stating } from "./field-problem.ts";

const MOST_REGIONS = 100;
const REGIONS = stating("regions", { most: MOST_REGIONS });

const regions = z
  .array(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, REGIONS),
    REGIONS,
  )
  .min(1, REGIONS)
  .max(MOST_REGIONS, REGIONS);

const fromText = z
  .string(REGIONS)
  .transform((text) => text.split(",").filter((region) => region.trim() !== ""))
  .pipe(regions);

const named = z.enum(["as-policy", "everywhere"]);

/** From the form, the command line or a file: one of the two keywords, or a list of regions. */
export const NoAnswerField = z.union([named, regions, fromText], REGIONS).transform((rule): NoAnswerRule => rule);

/** The rule as text: what the table stores, and what NoAnswerField reads back. */
export const noAnswerText = (rule: NoAnswerRule): string => (typeof rule === "string" ? rule : rule.join(", "));
