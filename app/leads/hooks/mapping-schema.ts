import { z } from "zod";
import { isStorable } from "../../event-contract/storable-text.ts";

const POINTER = "A path is a JSON pointer (RFC 6901), such as /data/email or /contacts/0/email.";

const text = (longest: number) => z.string().max(longest).refine(isStorable, "has a character that cannot be stored");
// A part has no slash: with one it could end anywhere, and a long path with a wrong end would be tried for ever.
const Path = text(200).regex(/^(?:\/(?:[^~/]|~[01])*)*$/, POINTER);

/** Where in a CRM's JSON a report is. A merchant writes it, or takes a preset's. */
export const HookMapping = z.strictObject({
  /** The list of items, or one item; the empty path is the whole body. */
  items: Path.default(""),
  /** What an item has to have to be a report about a stage; other items are ignored. */
  when: z
    .array(z.strictObject({ path: Path, is: z.array(text(100)).min(1).max(20) }))
    .max(10)
    .default([]),
  /** The first that an item has names the lead. */
  lead: z
    .array(z.strictObject({ by: z.enum(["eventId", "externalId", "leadId", "email", "phone"]), path: Path }))
    .min(1, "Say at least one way to name the lead.")
    .max(5),
  /** With `words`, only those values are stages; without, each value is a stage's key or name. */
  stage: z.strictObject({ path: Path, words: z.record(text(100), text(50)).optional() }),
  /** Absent: the moment at which the webhook arrived. `offset`: of times that have none of their own. */
  at: z
    .strictObject({
      path: Path,
      offset: z
        .string()
        .regex(/^(?:Z|[+-]\d\d:\d\d)$/, "An offset looks like +01:00 or Z.")
        .optional(),
    })
    .optional(),
  value: Path.optional(),
  currency: z
    .union([z.strictObject({ path: Path }), z.strictObject({ always: z.string().regex(/^[A-Z]{3}$/) })])
    .optional(),
  consent: Path.optional(),
  /** What is the same for every repetition of an item, and for no other item. Absent: the whole item. */
  id: z.array(Path).min(1).max(5).optional(),
});
export type HookMapping = z.infer<typeof HookMapping>;
