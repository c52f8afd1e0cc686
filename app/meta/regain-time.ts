import { z } from "zod";
import { type GraphHeaders, parseJson } from "./graph-answer.ts";

const BusinessUseCases = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().nonnegative().optional() })),
);
const AdAccount = z.object({ acc_id_util_pct: z.number(), reset_time_duration: z.number().nonnegative() });

// Meta counts its limits by the hour or the day (Marketing API, rate limiting, 2026-09). A longer time is damaged data,
// and waiting for it would expire every waiting event.
const LONGEST_MS = 24 * 60 * 60 * 1_000;

/**
 * How long Meta requests to wait, in milliseconds, at most a day; 0 if its headers request nothing. The longest time
 * counts. Units differ: `x-business-use-case-usage` counts minutes, `x-ad-account-usage` seconds (Marketing API, rate
 * limiting, 2026-09). Graph does not document `retry-after`; its form in seconds is honored in case a proxy sends it.
 */
export function regainMs(headers: GraphHeaders): number {
  const requested = Math.max(
    businessUseCaseMinutes(headers["x-business-use-case-usage"]) * 60_000,
    adAccountSeconds(headers["x-ad-account-usage"]) * 1_000,
    retryAfterSeconds(headers["retry-after"]) * 1_000,
  );
  return Math.min(requested, LONGEST_MS);
}

function businessUseCaseMinutes(header: string | undefined): number {
  const usage = BusinessUseCases.safeParse(parseJson(header ?? ""));
  if (!usage.success) return 0;
  return Math.max(
    0,
    ...Object.values(usage.data).flatMap((cases) =>
      cases.map((usageOfCase) => usageOfCase.estimated_time_to_regain_access ?? 0),
    ),
  );
}

function adAccountSeconds(header: string | undefined): number {
  const usage = AdAccount.safeParse(parseJson(header ?? ""));
  // Below 100% the time says when the counter resets, not that requests are refused until then.
  return usage.success && usage.data.acc_id_util_pct >= 100 ? usage.data.reset_time_duration : 0;
}

const retryAfterSeconds = (header: string | undefined): number =>
  header && /^\d{1,6}$/.test(header) ? Number(header) : 0;
