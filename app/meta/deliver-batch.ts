import type { Verdict } from "./types.ts";

/** A verdict after which its events stay open. */
export type Stop = Extract<Verdict, { kind: "try-later" | "blocked" }>;
/** A verdict that ends its events. */
export type Final = Extract<Verdict, { kind: "accepted" | "refused" }>;

export type BatchSteps<T> = {
  /** One request. Null: none was made, and none should be made now. */
  readonly send: (events: readonly T[]) => Promise<Verdict | null>;
  /** Called before the next request, so that a crash in between does not send these events again. */
  readonly settle: (events: readonly T[], verdict: Final) => Promise<void>;
  /** Whether one event of the request may be the cause, so that the others should be sent without it. */
  readonly isolates: (verdict: Stop) => boolean;
};

export type BatchEnd<T> = {
  /** How many events Meta accepted or refused, which shows that it answers. */
  readonly ended: number;
  /** What ended the batch before all its events had a verdict. */
  readonly stop: Stop | null;
  /** The events that were neither accepted nor refused, in order. Null: no request was made for them. */
  readonly open: readonly { readonly event: T; readonly verdict: Stop | null }[];
};

/**
 * Sends events together, in order. Meta refuses a whole request for one bad event and does not say which (Conversions
 * API, using the API, 2026-09), so a refused request is bisected until the bad event stands alone: at most 2·log2(n)+1
 * requests for one bad event among n. A verdict that concerns more than the events themselves ends the batch, and the
 * remaining events share it; one that may be about an event is bisected too, up to as many failures as one bad event
 * can cause.
 */
export async function deliverBatch<T>(events: readonly T[], steps: BatchSteps<T>): Promise<BatchEnd<T>> {
  const parts: (readonly T[])[] = [events].filter(({ length }) => length > 0);
  const open: { event: T; verdict: Stop | null }[] = [];
  let patience = Math.ceil(Math.log2(events.length)) + 2;
  let ended = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const verdict = await steps.send(part);
    if (isFinal(verdict)) {
      ended += await endOrHalve(part, verdict, { steps, parts });
      continue;
    }
    const isSuspect = verdict !== null && steps.isolates(verdict) && patience-- > 0;
    if (isSuspect && part.length > 1) parts.unshift(...halvesOf(part));
    else open.push(...leftOpen(part, verdict));
    if (!isSuspect) return { ended, stop: verdict, open: [...open, ...leftOpen(parts.flat(), verdict)] };
  }
  return { ended, stop: null, open };
}

const isFinal = (verdict: Verdict | null): verdict is Final =>
  verdict?.kind === "accepted" || verdict?.kind === "refused";

const leftOpen = <T>(events: readonly T[], verdict: Stop | null) => events.map((event) => ({ event, verdict }));

/** Returns how many events have ended: none if a refused request is bisected first. */
async function endOrHalve<T>(
  part: readonly T[],
  verdict: Final,
  { steps, parts }: { readonly steps: BatchSteps<T>; readonly parts: (readonly T[])[] },
): Promise<number> {
  if (verdict.kind === "refused" && part.length > 1) {
    parts.unshift(...halvesOf(part));
    return 0;
  }
  await steps.settle(part, verdict);
  return part.length;
}

function halvesOf<T>(part: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(part.length / 2);
  return [part.slice(0, middle), part.slice(middle)];
}
