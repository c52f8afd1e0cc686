import type { FunnelStage } from "./types.ts";

/** What a stage is that somebody adds to a funnel, until they say otherwise. */
export const NEW_STAGE = {
  kind: "open",
  value: null,
  currency: null,
  predictedLtv: null,
  isPrimary: false,
  mayBeSkipped: false,
  customerTag: null,
} as const satisfies Partial<FunnelStage>;

/** A report that names this stage opens a disqualified lead again. */
export const REOPEN = "reopen";
