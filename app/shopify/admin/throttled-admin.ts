import type { AdminAnswer, AdminGraphql } from "./admin-graphql.server.ts";

const TRIES = 5;
// Half a bucket of the smallest plan (100 points return per second): leaves room for the app's other requests.
const KEEP_POINTS = 1_000;
const UNAVAILABLE_PAUSE_MS = 2_000;

/** Retries when Shopify throttles or is unavailable, and waits before the query cost bucket runs low. */
export function throttledAdmin(admin: AdminGraphql, pause: (ms: number) => Promise<void>): AdminGraphql {
  let waitMs = 0;
  return async (operation, variables) => {
    for (let attempt = 1; ; attempt += 1) {
      if (waitMs > 0) await pause(waitMs);
      const answer = await admin(operation, variables);
      waitMs = answer.kind === "answered" ? untilRefilled(answer) : UNAVAILABLE_PAUSE_MS * attempt;
      if (answer.kind !== "unavailable" || attempt === TRIES) return answer;
    }
  };
}

function untilRefilled({ budget }: Extract<AdminAnswer, { kind: "answered" }>): number {
  if (budget === undefined || budget.restoreRate <= 0) return 0;
  return Math.max(0, Math.ceil(((KEEP_POINTS - budget.available) / budget.restoreRate) * 1000));
}
