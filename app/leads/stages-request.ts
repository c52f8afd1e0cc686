import { z } from "zod";
import { isStorable, storableText } from "../event-contract/storable-text.ts";
import { pointerTo } from "./pointer.ts";
import { STAGE_OUTCOMES } from "./types.ts";

// The schemas of POST /api/leads/stages. The OpenAPI document is generated from them, so they have no transforms.

export const MOST_STAGES = 500;

const words = (longest: number) =>
  z.string().min(1).max(longest).refine(isStorable, "has a character that cannot be stored");

/** The most characters of each text, and the largest value. */
export const LONGEST = { eventId: 128, externalId: 200, stage: 50 } as const;
export const MOST_WORTH = 1e9;

const LeadNamed = z.union([
  z.strictObject({ eventId: words(LONGEST.eventId).describe("The ID of the form's event.") }),
  z.strictObject({
    externalId: words(LONGEST.externalId).describe("Your own reference: the form's field tandem_reference."),
  }),
  z.strictObject({
    leadId: z
      .string()
      .regex(/^\d{15,17}$/)
      .describe("Meta's ID of a lead from an Instant Form."),
  }),
  z.strictObject({ email: words(254).describe("The email address, or its SHA-256 after Meta's normalization.") }),
  z.strictObject({ phone: words(64).describe("The phone number with its country code, or its SHA-256.") }),
  z.strictObject({
    customerId: z
      .string()
      .regex(/^(?:gid:\/\/shopify\/Customer\/)?\d{1,20}$/)
      .describe("Shopify's ID of the customer that the lead is."),
  }),
]);

const Moment = z
  .union([z.iso.datetime({ offset: true }), z.int().min(0).max(4_102_444_800)])
  .describe("ISO 8601 with an offset, or Unix seconds.");

export const StageItem = z.strictObject({
  lead: LeadNamed,
  stage: words(LONGEST.stage).describe("A stage of the funnel by its key or name, or reopen."),
  at: Moment.describe("When the lead reached the stage: ISO 8601 with an offset, or Unix seconds."),
  value: z.number().min(0).max(MOST_WORTH).optional().describe("What this lead is worth at the stage; needs currency."),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  consent: z.enum(["granted", "declined"]).optional().describe("What the person said. declined holds for good."),
  leadAt: Moment.optional().describe("When an Instant Form was sent."),
});
export type StageItem = z.infer<typeof StageItem>;

/** The body as it is documented. The items are read one by one, so that a bad one leaves the others alone. */
export const StagesRequest = z.strictObject({
  crm: words(50).optional().describe("The name of your CRM, for Meta's lead_event_source."),
  stages: z.array(StageItem).min(1).max(MOST_STAGES),
});

export const StagesEnvelope = z.strictObject({
  ...StagesRequest.shape,
  stages: z.array(z.unknown()).min(1).max(MOST_STAGES),
});

export const StagesResponse = z.strictObject({
  results: z.array(
    z.strictObject({
      index: z.int().min(0),
      outcome: z.enum(STAGE_OUTCOMES),
      detail: z.string(),
      leadId: z.string().nullable(),
      eventId: z.string().nullable(),
    }),
  ),
});

/** RFC 9457. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Where each issue is, as a JSON pointer (RFC 6901), and what is wrong; never the value. */
export const issuesOf = ({ issues }: z.ZodError): { readonly pointer: string; readonly detail: string }[] =>
  issues.slice(0, 20).map(({ path, message }) => ({
    pointer: pointerTo(path),
    detail: storableText(message.slice(0, 300)),
  }));
