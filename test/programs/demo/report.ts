import type { ReceivedEvent } from "../../simulators/meta/event-ledger.ts";

/** One event as the Meta simulator counted it. */
export type ReportedEvent = {
  readonly eventName: string;
  readonly eventId: string | null;
  readonly legs: readonly string[];
  readonly value: number | null;
  readonly currency: string | null;
  readonly merged: boolean;
};

export type DemoReport = {
  readonly events: readonly ReportedEvent[];
  readonly purchase: {
    readonly eventId: string | null;
    readonly browser: Readonly<Record<string, unknown>> | null;
    readonly server: Readonly<Record<string, unknown>> | null;
    readonly parity: boolean;
  } | null;
  readonly unmerged: number;
  /** Orders that the shop sold and Meta did not count. */
  readonly lost: number;
  /** What is wrong, in sentences; empty when the run proves what it should. */
  readonly problems: readonly string[];
};

const MUST_MERGE = ["PageView", "ViewContent", "Purchase"];

/** What Meta received for one run: never what the app believes. `orderIds` are the orders that the shop sold. */
export function reportOf(received: readonly ReceivedEvent[], orderIds: readonly string[]): DemoReport {
  const purchases = received.filter(({ eventName }) => eventName === "Purchase");
  const [purchase] = purchases;
  const counted = new Set(purchases.map(({ eventId }) => eventId?.split(".").at(-1)));
  const lost = orderIds.filter((id) => !counted.has(id)).length;
  return {
    events: received.map(({ eventName, eventId, legs, value, currency, merged }) => ({
      eventName,
      eventId,
      legs,
      value,
      currency,
      merged,
    })),
    purchase: purchase
      ? {
          eventId: purchase.eventId,
          browser: purchase.browser?.customData ?? null,
          server: customDataOf(purchase),
          parity: purchase.merged && purchase.differences.length === 0,
        }
      : null,
    unmerged: received.filter(({ merged }) => !merged).length,
    lost,
    problems: [
      ...missing(received),
      ...purchaseProblems(purchases, orderIds),
      ...(lost > 0 ? [`${lost} order(s) never reached Meta.`] : []),
    ],
  };
}

function customDataOf({ server }: ReceivedEvent): Readonly<Record<string, unknown>> | null {
  const data = server?.event["custom_data"];
  // The simulator has checked custom_data to be an object before it accepted the event.
  return typeof data === "object" && data !== null ? (data as Readonly<Record<string, unknown>>) : null;
}

const missing = (received: readonly ReceivedEvent[]): string[] =>
  MUST_MERGE.filter((name) => !received.some(({ eventName, merged }) => eventName === name && merged)).map(
    (name) => `No ${name} arrived on both legs and was merged.`,
  );

function purchaseProblems(purchases: readonly ReceivedEvent[], orderIds: readonly string[]): string[] {
  const doubled = purchases.filter(({ browserCopies, serverCopies }) => browserCopies > 1 || serverCopies > 1);
  const different = purchases.filter(({ differences }) => differences.length > 0);
  return [
    ...(purchases.length > orderIds.length
      ? [`${orderIds.length} order(s), but ${purchases.length} purchases counted.`]
      : []),
    ...doubled.map(({ eventId }) => `${eventId ?? "A purchase"} was sent more than once by one leg.`),
    ...different.map(
      ({ eventId, differences }) => `${eventId ?? "A purchase"} differs between its legs: ${differences.join(", ")}.`,
    ),
  ];
}

/** The report for people: one line per event. */
export function reportTable({ events, problems }: DemoReport): string {
  const rows = events.map(({ eventName, eventId, legs, value, currency, merged }) => [
    eventName,
    legs.join(" + "),
    eventId ?? "(none)",
    value === null ? "" : `${value} ${currency ?? ""}`,
    merged ? "one event" : "NOT MERGED",
  ]);
  const all = [["event", "legs", "id", "value", "Meta counts"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", ...(problems.length === 0 ? ["Nothing lost, nothing counted twice."] : problems)].join("\n");
}
