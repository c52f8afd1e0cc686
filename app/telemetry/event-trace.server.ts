import { createHash } from "node:crypto";

/** The ledger's key of an event. */
export type TracedEvent = { readonly shop: string; readonly eventName: string; readonly eventId: string };

/** Lower-case hex, 32 and 16 digits (W3C Trace Context). */
export type TraceIds = { readonly traceId: string; readonly spanId: string };

/**
 * The trace of an event, derived from its key: the process that accepts an order and the one that delivers it write to
 * one trace without passing anything between them.
 */
export function traceOf({ shop, eventName, eventId }: TracedEvent): TraceIds {
  const digest = createHash("sha256").update(`${shop}\n${eventName}\n${eventId}`).digest("hex");
  return { traceId: digest.slice(0, 32), spanId: digest.slice(32, 48) };
}
