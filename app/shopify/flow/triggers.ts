import { z } from "zod";

/** The triggers of the app, by the handles and names of their extension files. */
export const TRIGGERS = {
  "tandem-lead-reached-stage": "Lead reached stage",
  "tandem-event-refused": "Event refused by Meta",
} as const;
export type TriggerHandle = keyof typeof TRIGGERS;

export const LEAD_REACHED_STAGE: TriggerHandle = "tandem-lead-reached-stage";
export const EVENT_REFUSED: TriggerHandle = "tandem-event-refused";

/**
 * What Shopify may call a trigger where it says that a shop uses it: the documentation shows its name ("Track Flow
 * lifecycle events", 2026-11), extensions are known by their handles. A shop that uses a trigger by any other name counts
 * as one that uses them all: Flow ignores a trigger without a workflow.
 */
export const namesOf = (handle: TriggerHandle): readonly string[] => [handle, TRIGGERS[handle].toLowerCase()];

/** What a trigger sends: the fields of its extension file, all of them, none with a value that names a person. */
export type TriggerPayload = Readonly<Record<string, string>>;

export type ReachedStage = {
  readonly stage: string;
  readonly reference: string | null;
  readonly leadId: string;
  readonly eventId: string | null;
  readonly reachedAt: Date;
  readonly source: string;
};

export const leadReachedStage = (reached: ReachedStage): TriggerPayload => ({
  Stage: reached.stage,
  "Lead reference": reached.reference ?? "",
  "Lead ID": reached.leadId,
  "Event ID": reached.eventId ?? "",
  "Reached at": reached.reachedAt.toISOString(),
  "Reported by": reached.source,
});

export const RefusedEvent = z.object({
  eventName: z.string(),
  eventId: z.string(),
  /** Our own ID of the pixel; the trigger tells Meta's. */
  pixelId: z.string(),
  reason: z.string(),
  refusedAt: z.string(),
});
export type RefusedEvent = z.infer<typeof RefusedEvent>;

type OfRefused = { readonly orderName: string | null; readonly metaPixelId: string | null };

export const eventRefused = (refused: RefusedEvent, { orderName, metaPixelId }: OfRefused): TriggerPayload => ({
  "Event name": refused.eventName,
  "Event ID": refused.eventId,
  "Order name": orderName ?? "",
  "Pixel ID": metaPixelId ?? "",
  Reason: refused.reason.slice(0, 2_000),
  "Refused at": refused.refusedAt,
});

/** Starts the workflows that begin with the trigger. Needs no scope. The payload is at most 50 kB. */
export const START_WORKFLOWS = `#graphql
  mutation TandemStartWorkflows($handle: String, $payload: JSON) {
    flowTriggerReceive(handle: $handle, payload: $payload) {
      userErrors { field message }
    }
  }`;

const Started = z.object({ flowTriggerReceive: z.object({ userErrors: z.array(z.object({ message: z.string() })) }) });

/** What Shopify has against the trigger; null: nothing. Throws if the answer is not as documented. */
export function problemOfTrigger(answer: unknown): string | null {
  const { userErrors } = Started.parse(answer).flowTriggerReceive;
  return userErrors.length === 0 ? null : userErrors.map(({ message }) => message.trim()).join("; ");
}
