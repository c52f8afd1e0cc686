import type { FigureLegs } from "../../ledger/daily-figure-types.ts";
import type { EventState } from "../../outbox/types.ts";
import type { EventPeriod } from "../../server/admin-ports.ts";
import type { SalesChannel } from "../../settings/types.ts";

/** Until now, from the beginning of a day in the shop's time zone. */
export const PERIODS = ["today", "7", "30", "90"] as const satisfies readonly EventPeriod[];

export const OUTCOMES = [
  "eligible",
  "delivered",
  "withheld",
  "refused",
  "expired",
  "queued",
  "joining",
  "waiting-for-payment",
] as const satisfies readonly (EventState | "eligible")[];

export const LEGS = ["matched", "both", "differing", "server", "browser", "none"] as const satisfies readonly (
  FigureLegs | "matched"
)[];

export const CHANNELS = ["online", "pos", "renewals", "other"] as const satisfies readonly SalesChannel[];
