import type { LedgerEnd } from "./compare.ts";

/** A storefront event that a browser posted, and what must become of it. */
export type Posted = {
  readonly eventId: string;
  /** The collector answered 2xx, so the event is owed. Without an answer nobody can say whether it was stored. */
  readonly isOwed: boolean;
  /** `limit`: sent with Limited Data Use. `withhold`: the visitor declined. `refuse`: the simulator refuses it. */
  readonly expected: "send" | "limit" | "withhold" | "refuse";
};

/** One storefront event as Meta counts it. */
export type CountedEvent = {
  readonly eventId: string | null;
  readonly eventName: string;
  /** How often the server leg arrived, and with how many different times: another time is another event to Meta. */
  readonly copies: number;
  readonly eventTimes: number;
  readonly isLimited: boolean;
  /** Where the legs do not agree. */
  readonly differences: readonly string[];
};

export type StorefrontReport = {
  /** Events for which the collector answered 2xx: the sum of the next four. */
  readonly sent: number;
  readonly delivered: number;
  readonly withheld: number;
  /** Refused by Meta for good, as the fault had it. */
  readonly refused: number;
  readonly lost: number;
  readonly doubleCounted: number;
  /** Sent again to Meta under the same id and time, because its answer was never seen. */
  readonly resent: number;
  /** Posts that were never answered, however often they were repeated. */
  readonly unanswered: number;
};

export type StorefrontEvidence = {
  readonly posted: readonly Posted[];
  readonly counted: readonly CountedEvent[];
  readonly ledger: ReadonlyMap<string, LedgerEnd>;
};

const NEVER_SENT = new Set(["withheld", "refused", "expired"]);

/** Compares what browsers posted with what Meta counted and what the ledger says of it. */
export function compareStorefront({ posted, counted, ledger }: StorefrontEvidence): {
  readonly report: StorefrontReport;
  readonly problems: readonly string[];
} {
  const byId = new Map(counted.flatMap((event) => (event.copies > 0 ? [[event.eventId, event]] : [])));
  const fates = posted.map((post) => fateOf(post, byId.get(post.eventId), ledger.get(post.eventId)));
  const number = (kind: Fate["kind"]): number => fates.filter((fate) => fate.kind === kind).length;
  const doubled = doubleCounted(counted);
  const made = new Set(posted.map(({ eventId }) => eventId));
  return {
    report: {
      sent: posted.filter(({ isOwed }) => isOwed).length,
      delivered: number("delivered"),
      withheld: number("withheld"),
      refused: number("refused"),
      lost: number("lost"),
      doubleCounted: doubled.length,
      resent: counted.reduce((sum, { copies }) => sum + Math.max(0, copies - 1), 0),
      unanswered: number("unanswered"),
    },
    problems: [
      ...fates.flatMap(({ problem }) => problem ?? []),
      ...doubled.map((eventId) => `${eventId} was counted more than once`),
      ...counted.flatMap((event) => strange(event, made) ?? []),
    ],
  };
}

type Fate = {
  readonly kind: "delivered" | "withheld" | "refused" | "lost" | "unanswered";
  readonly problem: string | null;
};

function fateOf(post: Posted, event: CountedEvent | undefined, end: LedgerEnd | undefined): Fate {
  if (event !== undefined) {
    return { kind: post.isOwed ? "delivered" : "unanswered", problem: breach(post, event, end) };
  }
  if (!post.isOwed) return { kind: "unanswered", problem: null };
  const ending = endedAsMeant(post, end);
  if (ending !== null) return { kind: ending, problem: null };
  return { kind: "lost", problem: `${post.eventId} is lost: the ledger says ${inWords(end)}` };
}

/** What is wrong with an event that Meta got. */
function breach(post: Posted, event: CountedEvent, end: LedgerEnd | undefined): string | null {
  const { eventId, expected } = post;
  if (expected === "withhold") return `${eventId} was sent, and must not have been`;
  if (expected === "limit" && !event.isLimited) return `${eventId} was sent without Limited Data Use`;
  if (end !== undefined && !NEVER_SENT.has(end.state)) return null;
  return `${eventId} was sent, and the ledger says ${inWords(end)}`;
}

/** How an event that Meta did not get is accounted for; null where it should have been sent. */
function endedAsMeant({ expected }: Posted, end: LedgerEnd | undefined): "withheld" | "refused" | null {
  const isDeclined = end?.state === "withheld" && end.reason === "consent-browser-declined";
  if (expected === "withhold" && isDeclined) return "withheld";
  return expected === "refuse" && end?.state === "refused" ? "refused" : null;
}

const inWords = (end: LedgerEnd | undefined): string =>
  end === undefined ? "nothing" : `${end.state} (${end.reason ?? "no reason"})`;

/** Events that are two to Meta: under two names or pixels, or with two times. */
function doubleCounted(counted: readonly CountedEvent[]): readonly string[] {
  const events = new Map<string, number>();
  for (const { eventId, eventName, eventTimes } of counted) {
    const key = eventId ?? eventName;
    events.set(key, (events.get(key) ?? 0) + Math.max(1, eventTimes));
  }
  return [...events].flatMap(([key, count]) => (count > 1 ? [key] : []));
}

function strange({ eventId, eventName, differences }: CountedEvent, made: ReadonlySet<string>): string | null {
  if (eventId === null || !made.has(eventId)) return `${eventId ?? eventName} was never posted`;
  return differences.length > 0 ? `the legs of ${eventId} differ in ${differences.join(", ")}` : null;
}
