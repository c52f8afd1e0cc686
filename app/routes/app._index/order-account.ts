import type { DailyFigure, Day, OpenEvents } from "../../ledger/daily-figure-types.ts";
import type { ReconcileState, SetupFacts } from "../../ledger/types.ts";

/** What became of the orders of the last days. */
export type OrderCounts = {
  /** At least one leg reached Meta. */
  readonly sent: number;
  readonly notSent: number;
  /** For their payment, delivery or tag. */
  readonly waiting: number;
  readonly onTheWay: number;
  /** They go out once the merchant has mended the pixel. */
  readonly needYou: number;
};

/** Why it cannot be said that every order is accounted for. */
export type Doubt = "counting" | "not-compared" | "comparison-stopped" | "comparison-late" | "unreadable";

export type OrderAccount =
  | { readonly kind: "not-connected" }
  | {
      readonly kind: "orders";
      readonly counts: OrderCounts;
      /** Null: every order is accounted for. */
      readonly doubt: Doubt | null;
      /** The orders that changed before this time were compared with Shopify's; null before the first comparison. */
      readonly comparedUntil: Date | null;
      /** The app is younger than the days that are looked at. */
      readonly sinceInstallation: boolean;
    };

export type AccountSituation = {
  readonly figures: readonly DailyFigure[];
  readonly from: Day;
  readonly open: Pick<OpenEvents, "orders">;
  readonly facts: Pick<SetupFacts, "pixelConnected" | "quarantined" | "installedAt">;
  readonly reconciliation: ReconcileState | null;
  readonly isCounted: boolean;
  readonly now: Date;
};

export const ACCOUNTED_DAYS = 7;
const ACCOUNTED_MS = ACCOUNTED_DAYS * 86_400_000;

export function orderAccount(situation: AccountSituation): OrderAccount {
  const { facts, reconciliation, now } = situation;
  if (!facts.pixelConnected) return { kind: "not-connected" };
  const { installedAt } = facts;
  const until = reconciliation?.report?.until;
  return {
    kind: "orders",
    counts: countOrders(situation),
    doubt: doubtOf(situation),
    comparedUntil: until === undefined ? null : new Date(until),
    sinceInstallation: installedAt !== null && now.getTime() - installedAt.getTime() < ACCOUNTED_MS,
  };
}

function countOrders({ figures, from, open }: AccountSituation): OrderCounts {
  const orders = figures.filter(({ eventName, day }) => eventName === "Purchase" && day >= from);
  const count = (isCounted: (figure: DailyFigure) => boolean): number =>
    orders.reduce((sum, figure) => sum + (isCounted(figure) ? figure.events : 0), 0);
  const isWaiting = ({ outcome }: DailyFigure): boolean => outcome === "waiting-for-payment";
  const isSent = ({ outcome, legs }: DailyFigure): boolean =>
    outcome === "delivered" || (legs !== "none" && legs !== null);
  return {
    sent: count((figure) => !isWaiting(figure) && isSent(figure)),
    notSent: count((figure) => !isWaiting(figure) && !isSent(figure)),
    waiting: count(isWaiting),
    onTheWay: open.orders.onTheWay,
    needYou: open.orders.held,
  };
}

/** Orders are compared each hour; one late turn is nothing to speak of. */
const LATE_MS = 3 * 3_600_000;

function doubtOf({ isCounted, reconciliation, facts, now }: AccountSituation): Doubt | null {
  const { finishedAt, problem } = reconciliation ?? { finishedAt: null, problem: null };
  if (!isCounted) return "counting";
  if (facts.quarantined > 0) return "unreadable";
  if (finishedAt === null) return "not-compared";
  if (problem !== null) return "comparison-stopped";
  return now.getTime() - finishedAt.getTime() > LATE_MS ? "comparison-late" : null;
}
