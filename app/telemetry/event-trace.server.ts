import { createHash } from "node:crypto";

/** What tells one event of the ledger from every other. */
export type TracedEvent = { readonly shop: string; readonly eventName: string; readonly eventId: string };

/** Lower-case hex, as W3C Trace Context has it: 32 and 16 digits. */
export type TraceIds = { readonly traceId: string; readonly spanId: string };

/**
 * The trace of an event, derived from its key: the process that takes an order in and the one that delivers it write
 * to one trace without a column, a header or a word between them.
 */
export function traceOf({ shop, eventName, eventId }: TracedEvent): TraceIds {
  const digest = createHash("sha256").update(`${shop}\n${eventName}\n${eventId}`).digest("hex");
  return { traceId: digest.slice(0, 32), spanId: digest.slice(32, 48) };
}
