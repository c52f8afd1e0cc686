import type { Verdict } from "./types.ts";

type Stop = Extract<Verdict, { kind: "try-later" | "blocked" }>;
type Outcome = { readonly verdicts: readonly Verdict[]; readonly stop: Stop | null };

/**
 * Sends events together and answers with one verdict for each, in the events' order. Meta refuses a whole request for
 * one bad event and does not say which (Conversions API, using the API, 2026-09), so a refused request is halved until
 * the bad event stands alone: at most 2·log2(n)+1 requests for one bad event among n. A verdict that concerns more than
 * the events themselves ends it: the events not settled by then all get that verdict, sent or not.
 */
export async function deliverBatch<T>(
  events: readonly T[],
  send: (events: readonly T[]) => Promise<Verdict>,
): Promise<readonly Verdict[]> {
  return events.length === 0 ? [] : (await deliverHalving(events, send)).verdicts;
}

async function deliverHalving<T>(
  events: readonly T[],
  send: (events: readonly T[]) => Promise<Verdict>,
): Promise<Outcome> {
  const verdict = await send(events);
  if (verdict.kind === "try-later" || verdict.kind === "blocked")
    {return { verdicts: events.map(() => verdict), stop: verdict };}
  if (verdict.kind === "accepted" || events.length === 1) return { verdicts: events.map(() => verdict), stop: null };

  const middle = Math.ceil(events.length / 2);
  const first = await deliverHalving(events.slice(0, middle), send);
  const rest = events.slice(middle);
  const { stop } = first;
  if (stop) return { verdicts: [...first.verdicts, ...rest.map(() => stop)], stop };
  const second = await deliverHalving(rest, send);
  return { verdicts: [...first.verdicts, ...second.verdicts], stop: second.stop };
}
