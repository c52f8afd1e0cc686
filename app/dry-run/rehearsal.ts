import type { Unrehearsed } from "./rehearsal-limits.ts";
import type { RehearsedEvent } from "./rehearse-order.ts";

/** What a change of settings does to one event. `waits`: it would be sent later, if what it waits for happens. */
export const CHANGE_KINDS = ["no-longer-sent", "newly-sent", "waits", "value", "name", "items", "reason"] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type RehearsedChange = {
  readonly kind: ChangeKind;
  readonly orderId: string;
  readonly orderName: string | null;
  /** Null: there is no such event under these settings. */
  readonly before: RehearsedEvent | null;
  readonly after: RehearsedEvent | null;
};

/** Of what is sent, or of what is not for one reason. */
type BeforeAfter = { readonly before: number; readonly after: number };

/** What the orders of the last days say about a change of settings. */
export type Rehearsal = {
  readonly days: number;
  readonly orders: number;
  /** Orders of these days that it says nothing about: of before the app kept what a rehearsal needs, or erased. */
  readonly notKept: number;
  /** So many were rehearsed, the newest, and there are more; null: all were. */
  readonly cutAt: number | null;
  readonly sent: BeforeAfter;
  readonly changed: Readonly<Partial<Record<ChangeKind, number>>>;
  /** Of Purchases that are sent, by currency. */
  readonly values: readonly (BeforeAfter & { readonly currency: string })[];
  /** Of events that are not sent, where the number changes. */
  readonly reasons: readonly (BeforeAfter & { readonly reason: string })[];
  readonly examples: readonly RehearsedChange[];
  readonly unrehearsed: readonly Unrehearsed[];
};

/** Which change it is; null: none that a rehearsal knows of. */
export function changeBetween(before: RehearsedEvent | null, after: RehearsedEvent | null): ChangeKind | null {
  const [was, is] = [sentIn(before), sentIn(after)];
  if (was && is) return changeOfSent(was, is);
  if (was) return lostBy(after);
  return is ? "newly-sent" : changeOfUnsent(before, after);
}

const sentIn = (event: RehearsedEvent | null): RehearsedEvent | null => (event?.state === "sent" ? event : null);

/** An event that was not sent, and now is not even made, is no loss. */
const changeOfUnsent = (before: RehearsedEvent | null, after: RehearsedEvent | null): ChangeKind | null =>
  before && after && whyUnsent(before) !== whyUnsent(after) ? otherwiseUnsent(after) : null;

const whyUnsent = ({ state, reason }: RehearsedEvent): string => `${state} ${reason ?? ""}`;

const lostBy = (after: RehearsedEvent | null): ChangeKind => (after?.state === "waits" ? "waits" : "no-longer-sent");
const otherwiseUnsent = ({ state }: RehearsedEvent): ChangeKind => (state === "waits" ? "waits" : "reason");

function changeOfSent(before: RehearsedEvent, after: RehearsedEvent): ChangeKind | null {
  if (before.value !== after.value) return "value";
  if (before.as !== after.as) return "name";
  return before.items.join(" ") === after.items.join(" ") ? null : "items";
}

/** Whether a save would change nothing that the rehearsal knows of, so that nobody need be asked. */
export const changesNothing = ({ changed }: Pick<Rehearsal, "changed">): boolean => Object.keys(changed).length === 0;

const PER_KIND = 2;
const MOST_EXAMPLES = 6;

type Side = "before" | "after";
type Counted = Record<Side, number>;

const countedIn = (counts: Map<string, Counted>, key: string): Counted => {
  const counted = counts.get(key) ?? { before: 0, after: 0 };
  counts.set(key, counted);
  return counted;
};

/** Adds up the events of one order after the other. */
export function newTally() {
  const sent: Counted = { before: 0, after: 0 };
  const changed: Partial<Record<ChangeKind, number>> = {};
  const values = new Map<string, Counted>();
  const reasons = new Map<string, Counted>();
  const examples: RehearsedChange[] = [];
  const count = (event: RehearsedEvent | null, side: Side): void => {
    if (event === null) return;
    if (event.state === "sent") {
      sent[side] += 1;
      if (event.event === "Purchase") countedIn(values, event.currency ?? "")[side] += event.value ?? 0;
    } else {
      countedIn(reasons, event.reason ?? "unknown")[side] += 1;
    }
  };
  return {
    add(change: Omit<RehearsedChange, "kind">): void {
      count(change.before, "before");
      count(change.after, "after");
      const kind = changeBetween(change.before, change.after);
      if (kind === null) return;
      changed[kind] = (changed[kind] ?? 0) + 1;
      const isNew = examples.filter((example) => example.kind === kind).length < PER_KIND;
      if (isNew && examples.length < MOST_EXAMPLES) examples.push({ ...change, kind });
    },
    result: (): Pick<Rehearsal, "sent" | "changed" | "values" | "reasons" | "examples"> => ({
      ...{ sent, changed, examples },
      values: [...values].map(([currency, value]) => ({ currency, ...value })),
      reasons: [...reasons]
        .map(([reason, counted]) => ({ reason, ...counted }))
        .filter(({ before, after }) => before !== after),
    }),
  };
}
