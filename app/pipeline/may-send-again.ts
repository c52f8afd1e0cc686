import { isPairTooOld, PAIR_MS, sendableUntil } from "../meta/retry-schedule.ts";
import type { Decision, NewEvent } from "../outbox/types.ts";
import type { RecordedEvent } from "../outbox/recorded-events.server.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";

/**
 * Why an event is not sent again: Meta would count it twice or no longer at all, or nobody may send it. Each has a
 * sentence in app/wording/en/order-page.ts.
 */
export type NotAgain =
  | "not-recorded"
  | "under-way"
  | "already-delivered"
  | "customer-redacted"
  | "no-consent"
  | "declined-later"
  | "waits"
  | "too-old"
  | "pair-too-old"
  | "unclear-answer"
  | "not-sent-now"
  | "pixel-not-active";

/** The pixels that would get the event, or why it is not sent again. */
export type MayAgain =
  { readonly kind: "may"; readonly to: readonly PixelId[] } | { readonly kind: "not"; readonly because: NotAgain };

export type AgainQuestion = {
  /** As the order makes it now. */
  readonly event: NewEvent;
  /** Undefined: the ledger has no such event. */
  readonly recorded: RecordedEvent | undefined;
  readonly decision: Decision;
  readonly pixels: ShopProfile["pixels"];
  readonly now: Date;
};

type Recorded = Omit<AgainQuestion, "recorded"> & { readonly recorded: RecordedEvent };

const OPEN: readonly string[] = ["waiting-for-payment", "joining", "queued"];

/** Whether an ended event may be sent once more. What speaks against it for good comes before what may change. */
export function mayAgain(question: AgainQuestion): MayAgain {
  const { recorded } = question;
  if (recorded === undefined) return { kind: "not", because: "not-recorded" };
  const known = { ...question, recorded };
  const because = ended(known) ?? refusedByPerson(known) ?? refusedByMeta(known);
  return because === null ? towards(known) : { kind: "not", because };
}

function ended({ recorded }: Recorded): NotAgain | null {
  if (OPEN.includes(recorded.state)) return "under-way";
  const hasFailed = recorded.state !== "delivered" || recorded.deliveries.some(({ state }) => state !== "delivered");
  return hasFailed ? null : "already-delivered";
}

/** A later yes does not undo a decision for which there was no consent; a later no stops what was allowed. */
function refusedByPerson({ recorded }: Recorded): NotAgain | null {
  if (recorded.reason === "customer-redacted") return "customer-redacted";
  if (recorded.reason?.startsWith("consent-")) return "no-consent";
  return recorded.lateSignal?.marketing === false ? "declined-later" : null;
}

/** Meta takes a second leg for the same event only within 48 hours, and no event that is older than 7 days. */
function refusedByMeta({ event, recorded, now }: Recorded): NotAgain | null {
  if (event.state === "waiting-for-payment") return "waits";
  const { body } = event;
  if (sendableUntil(body.event_time, body.action_source) <= now) return "too-old";
  if (recorded.browserLeg?.sent === true && isPairTooOld(recorded.browserSeenAt, now)) return "pair-too-old";
  const { unclearSince } = recorded;
  return unclearSince !== null && now.getTime() - unclearSince.getTime() > PAIR_MS ? "unclear-answer" : null;
}

function towards({ event, recorded, decision, pixels }: Recorded): MayAgain {
  if (event.state === "withheld" || decision.kind === "withhold") return { kind: "not", because: "not-sent-now" };
  const failed = recorded.deliveries.filter(({ state }) => state !== "delivered").map(({ pixelId }) => pixelId);
  const delivered = recorded.deliveries.filter(({ state }) => state === "delivered").map(({ pixelId }) => pixelId);
  // A pixel that was connected since is no part of an event that another one has already counted.
  const open = decision.to.filter((id) => (delivered.length > 0 ? failed.includes(id) : true));
  if (open.length === 0) return { kind: "not", because: "already-delivered" };
  const to = open.filter((id) => pixels.some((pixel) => pixel.id === id && pixel.state === "active"));
  return to.length > 0 ? { kind: "may", to } : { kind: "not", because: "pixel-not-active" };
}
