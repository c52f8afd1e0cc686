/** What the shop sold, and what must become of it. */
export type Sold = {
  readonly eventId: string;
  readonly orderId: string;
  readonly soldAt: Date;
  /** `send`: Meta must count it. `withhold`: it must never reach Meta. `refuse`: the simulator refuses it. */
  readonly expected: "send" | "withhold" | "refuse";
};

/** One event as Meta counts it. */
export type Counted = {
  readonly eventId: string | null;
  readonly orderId: string | null;
  /** How often the server leg arrived, and with how many different times: another time is another event to Meta. */
  readonly copies: number;
  readonly eventTimes: number;
  readonly firstReceivedAt: Date;
};

export type LedgerEnd = { readonly state: string; readonly reason: string | null };

export type OrderReport = {
  readonly orders: number;
  readonly delivered: number;
  readonly lost: number;
  readonly doubleCounted: number;
  /** Events sent again under the same id and time, because Meta's answer was never seen. */
  readonly resent: number;
  /** Delivered more than a minute after the sale. */
  readonly late: number;
  readonly withheld: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
};

export type Comparison = { readonly report: OrderReport; readonly problems: readonly string[] };

const LATE_MS = 60_000;

export type Evidence = {
  readonly sold: readonly Sold[];
  readonly counted: readonly Counted[];
  readonly ledger: ReadonlyMap<string, LedgerEnd>;
  readonly faults: Readonly<Record<string, number>>;
};

/**
 * Compares what was sold with what Meta counted. Every order is delivered, withheld with a reason, or lost.
 * An order that was sent although it should not have been is a problem too, as is a sale that Meta counted without an order.
 */
export function compare({ sold, counted, ledger, faults }: Evidence): Comparison {
  const byId = new Map(counted.map((event) => [event.eventId, event]));
  const fates = sold.map((order) => fateOf(order, byId.get(order.eventId), ledger.get(order.eventId)));
  const number = (kind: Fate["kind"]): number => fates.filter((fate) => fate.kind === kind).length;
  const withheld = new Map<string, number>();
  for (const fate of fates) {
    if (fate.kind === "withheld") withheld.set(fate.reason, (withheld.get(fate.reason) ?? 0) + 1);
  }
  const doubled = doubleCounted(counted);
  const made = new Set(sold.map(({ eventId }) => eventId));
  return {
    report: {
      orders: sold.length,
      delivered: number("delivered"),
      lost: number("lost"),
      doubleCounted: doubled.length,
      resent: counted.reduce((sum, { copies }) => sum + Math.max(0, copies - 1), 0),
      late: fates.filter((fate) => fate.kind === "delivered" && fate.isLate).length,
      withheld: Object.fromEntries(withheld),
      faults,
    },
    problems: [
      ...fates.flatMap((fate) => (fate.kind !== "withheld" && fate.problem !== null ? [fate.problem] : [])),
      ...doubled.map((orderId) => `order ${orderId} was counted more than once`),
      ...counted.flatMap(({ eventId }) => (made.has(eventId ?? "") ? [] : [`${eventId ?? "an event"} was never sold`])),
    ],
  };
}

type Fate =
  | { readonly kind: "delivered"; readonly isLate: boolean; readonly problem: string | null }
  | { readonly kind: "withheld"; readonly reason: string }
  | { readonly kind: "lost"; readonly problem: string };

function fateOf(order: Sold, event: Counted | undefined, end: LedgerEnd | undefined): Fate {
  if (event !== undefined) {
    const isLate = event.firstReceivedAt.getTime() - order.soldAt.getTime() > LATE_MS;
    const isBreach = order.expected === "withhold";
    return {
      kind: "delivered",
      isLate,
      problem: isBreach ? `${order.eventId} was sent, and must not have been` : null,
    };
  }
  const reason = endedAsMeant(order, end);
  if (reason !== null) return { kind: "withheld", reason };
  const said = end === undefined ? "nothing" : `${end.state} (${end.reason ?? "no reason"})`;
  return { kind: "lost", problem: `${order.eventId} is lost: the ledger says ${said}` };
}

/** The reason under which an order that Meta did not get is accounted for; null where it should have been sent. */
function endedAsMeant({ expected }: Sold, end: LedgerEnd | undefined): string | null {
  if (expected === "withhold" && end?.state === "withheld") return end.reason ?? "unknown";
  return expected === "refuse" && end?.state === "refused" ? "refused-by-meta" : null;
}

/** Orders that are two events to Meta: under two ids, or under one id with two times. */
function doubleCounted(counted: readonly Counted[]): readonly string[] {
  const events = new Map<string, number>();
  for (const { orderId, eventId, eventTimes } of counted) {
    const key = orderId ?? eventId ?? "";
    events.set(key, (events.get(key) ?? 0) + Math.max(1, eventTimes));
  }
  return [...events].flatMap(([key, count]) => (count > 1 ? [key] : []));
}
