/** What the shop sold, and what must become of it. */
export type Sold = {
  readonly eventId: string;
  readonly orderId: string;
  readonly soldAt: Date;
  /** `send`: Meta must count it. `withhold`: it must never reach Meta. `refuse`: Meta was told to refuse it. */
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

export type ChaosReport = {
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

export type Comparison = { readonly report: ChaosReport; readonly problems: readonly string[] };

const LATE_MS = 60_000;

export type Evidence = {
  readonly sold: readonly Sold[];
  readonly counted: readonly Counted[];
  readonly ledger: ReadonlyMap<string, LedgerEnd>;
  readonly faults: Readonly<Record<string, number>>;
};

/**
 * Holds what was sold against what Meta counted. Every order is delivered, withheld by name, or lost: the three add up.
 * An order that should not have been sent and was is a problem too, and so is a sale that Meta counted and nobody made.
 */
export function compare({ sold, counted, ledger, faults }: Evidence): Comparison {
  const byId = new Map(counted.map((event) => [event.eventId, event]));
  const problems: string[] = [];
  const withheld = new Map<string, number>();
  let [delivered, lost, late] = [0, 0, 0];
  for (const order of sold) {
    const event = byId.get(order.eventId);
    if (event !== undefined) {
      delivered += 1;
      if (event.firstReceivedAt.getTime() - order.soldAt.getTime() > LATE_MS) late += 1;
      if (order.expected === "withhold") problems.push(`${order.eventId} was sent, and must not have been`);
      continue;
    }
    const end = ledger.get(order.eventId);
    const reason = endedAsMeant(order, end);
    if (reason === null) {
      lost += 1;
      problems.push(
        `${order.eventId} is lost: the ledger says ${end ? `${end.state} (${end.reason ?? ""})` : "nothing"}`,
      );
    } else withheld.set(reason, (withheld.get(reason) ?? 0) + 1);
  }
  const doubled = doubleCounted(counted);
  for (const orderId of doubled) problems.push(`order ${orderId} was counted more than once`);
  const made = new Set(sold.map(({ eventId }) => eventId));
  for (const { eventId } of counted)
    if (!made.has(eventId ?? "")) problems.push(`${eventId ?? "an event"} was never sold`);
  const resent = counted.reduce((sum, { copies }) => sum + Math.max(0, copies - 1), 0);
  return {
    report: {
      ...{ orders: sold.length, delivered, lost, doubleCounted: doubled.length, resent, late },
      withheld: Object.fromEntries(withheld),
      faults,
    },
    problems,
  };
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
