import fc from "fast-check";
import { expect } from "vitest";

import type { Claim, Settlement } from "../../app/outbox/types.ts";
import { recordedDeliveries } from "../support/recorded.ts";
import { after, claimAs, type Scene } from "../support/store-scenes.ts";
import { visit, visitId } from "./visit-scene.ts";

type Entry = {
  /** `moved`: it waits by itself, as a delivery. */
  place: "queue" | "moved" | "ended";
  state: string;
  dueAt: number;
  attempts: number;
  /** Of one that waits by itself. */
  claim: { by: string; until: number } | null;
};

type Taken = { readonly n: number; readonly from: "queue" | "moved" };

/** What the storefront's queue should hold, by the number of the visit; times are milliseconds since NOON. */
export type Model = {
  now: number;
  isBlocked: boolean;
  lease: { by: string; until: number; open: number } | null;
  readonly entries: Map<number, Entry>;
  readonly rounds: { readonly by: string; readonly taken: readonly Taken[] }[];
};

export type Real = { readonly scene: Scene; readonly pixel: string; readonly rounds: (readonly Claim[])[] };

type Command = fc.AsyncCommand<Model, Real>;

const always = () => true;
const hasRounds = ({ rounds }: Readonly<Model>): boolean => rounds.length > 0;

function nth<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("there is none yet");
  return item;
}

const arrive: Command = {
  check: always,
  toString: () => "arrive",
  run: async (model, { scene, pixel }) => {
    const first = model.entries.size + 1;
    // The second of them came before.
    for (const n of first === 1 ? [1] : [first, first - 1]) {
      const [added] = await visit({ scene, to: [pixel], atMs: n * 1_000, first: n, count: 1 });
      const outcome = n === first ? "added" : "already-there";
      expect(added?.added).toMatchObject([{ outcome, queued: n === first && !model.isBlocked ? [pixel] : [] }]);
    }
    const fresh = { place: "queue", state: "queued", dueAt: model.now, attempts: 0, claim: null } as const;
    model.entries.set(first, { ...fresh });
  },
};

const isFree = (until: number | undefined, now: number): boolean => until === undefined || until <= now;

function takenBy(model: Model, limit: number): readonly Taken[] {
  if (model.isBlocked) return [];
  const entries = [...model.entries];
  const moved = entries
    .filter(([, { place, state, dueAt, claim }]) => {
      return place === "moved" && state === "queued" && dueAt <= model.now && isFree(claim?.until, model.now);
    })
    .slice(0, limit);
  const leased = isFree(model.lease?.until, model.now) ? entries.filter(([, { place }]) => place === "queue") : [];
  return [
    ...moved.map(([n]) => ({ n, from: "moved" }) as const),
    ...leased.slice(0, limit - moved.length).map(([n]) => ({ n, from: "queue" }) as const),
  ];
}

const claim = (limit: number, forMs: number): Command => ({
  check: always,
  toString: () => `claim(${limit}, ${forMs})`,
  run: async (model, real) => {
    const taken = takenBy(model, limit);
    const [by, until] = [`worker-${model.rounds.length}`, model.now + forMs];
    const claims = await real.scene.store.claim(
      real.pixel,
      claimAs(by, { limit, now: after(model.now), until: after(until) }),
    );
    expect(claims.map(({ eventId }) => eventId)).toEqual(taken.map(({ n }) => visitId(n)));
    const open = taken.filter(({ from }) => from === "queue").length;
    if (open > 0) model.lease = { by, until, open };
    for (const { n, from } of taken) if (from === "moved") entryOf(model, n).claim = { by, until };
    model.rounds.push({ by, taken });
    real.rounds.push(claims);
  },
});

function entryOf({ entries }: Model, n: number): Entry {
  const entry = entries.get(n);
  if (entry === undefined) throw new Error(`there is no visit ${n}`);
  return entry;
}

const isOwn = (model: Model, { n, from }: Taken, by: string): boolean => {
  const { place, claim: own, state } = entryOf(model, n);
  if (place !== from) return false;
  return from === "queue" ? model.lease?.by === by : state === "queued" && own?.by === by;
};

/** The lease ends with the last of its events. */
function giveBack(model: Model, by: string, taken: readonly Taken[]): void {
  if (model.lease?.by !== by) return;
  model.lease.open -= taken.filter(({ from }) => from === "queue").length;
  if (model.lease.open <= 0) model.lease = null;
}

/** A worker speaks of what it once had: at once, late, twice, or after others took it over. */
const settle = (round: number, settlement: Settlement): Command => ({
  check: hasRounds,
  toString: () => `settle(${round}, ${settlement.kind})`,
  run: async (model, { scene, rounds }) => {
    const { by, taken } = nth(model.rounds, round);
    const own = taken.filter((one) => isOwn(model, one, by));
    const settled = nth(rounds, round).map((one) => ({ claim: one, settlement, traceId: null, attemptIds: [] }));
    const answer = await scene.store.settle(settled, after(model.now));
    expect(answer).toEqual({ settled: own.length, lost: taken.length - own.length });
    for (const { n } of own) settleInModel(model, n, settlement);
    giveBack(model, by, taken);
  },
});

function settleInModel(model: Model, n: number, settlement: Settlement): void {
  const entry = entryOf(model, n);
  entry.attempts += 1;
  entry.claim = null;
  const dueAt = settlement.kind === "retry" ? settlement.at.getTime() - after(0).getTime() : model.now;
  if (settlement.kind === "retry") Object.assign(entry, { dueAt, place: dueAt > model.now ? "moved" : entry.place });
  else if (settlement.kind !== "held") Object.assign(entry, { place: "ended", state: settlement.kind });
  else if (entry.place === "moved" && model.isBlocked) entry.state = "held";
}

const renew = (round: number, forMs: number): Command => ({
  check: hasRounds,
  toString: () => `renew(${round}, ${forMs})`,
  run: async (model, { scene, rounds }) => {
    const { by, taken } = nth(model.rounds, round);
    const own = taken.filter((one) => isOwn(model, one, by));
    const until = model.now + forMs;
    expect(await scene.store.renew(nth(rounds, round), after(until))).toBe(own.length);
    if (model.lease?.by === by) model.lease.until = until;
    for (const { n, from } of own) if (from === "moved") entryOf(model, n).claim = { by, until };
  },
});

const release = (round: number): Command => ({
  check: hasRounds,
  toString: () => `release(${round})`,
  run: async (model, { scene, rounds }) => {
    const { by, taken } = nth(model.rounds, round);
    await scene.store.release(nth(rounds, round));
    for (const one of taken) if (one.from === "moved" && isOwn(model, one, by)) entryOf(model, one.n).claim = null;
    giveBack(model, by, taken);
  },
});

const wait = (ms: number): Command => ({
  check: always,
  toString: () => `wait(${ms})`,
  run: async (model) => void (model.now += ms),
});

const setBlocked = (isBlocked: boolean): Command => ({
  check: always,
  toString: () => (isBlocked ? "block" : "mend"),
  run: async (model, { scene, pixel }) => {
    const state = isBlocked ? "blocked" : "active";
    await scene.database.prisma.pixel.update({ where: { id: pixel }, data: { state, failures: 0, sendAfter: null } });
    scene.at(after(model.now));
    if (isBlocked) await scene.store.hold(pixel, "token-invalid");
    else await scene.store.releaseHeld(pixel, after(model.now));
    model.isBlocked = isBlocked;
    for (const entry of model.entries.values()) {
      if (entry.place !== "moved") continue;
      const isBeingSent = !isFree(entry.claim?.until, model.now);
      if (isBlocked && entry.state === "queued" && !isBeingSent) Object.assign(entry, { state: "held", claim: null });
      if (!isBlocked && entry.state === "held") Object.assign(entry, { state: "queued", dueAt: model.now });
    }
  },
});

const settlements = fc.constantFrom<Settlement[]>(
  { kind: "delivered" },
  { kind: "refused", reason: "bad" },
  { kind: "expired", reason: "old" },
  { kind: "held", reason: "token-invalid" },
  { kind: "retry", at: after(0), reason: "soon" },
  { kind: "retry", at: after(60_000), reason: "later" },
);
const rounds = fc.nat(6);
const leases = fc.constantFrom(5_000, 20_000);

/** Any sequence of what browsers, workers, merchants and time can do to one pixel's storefront events. */
export const histories = fc.array(
  fc.oneof(
    fc.constant(arrive),
    fc.constant(arrive),
    fc.tuple(fc.integer({ min: 1, max: 4 }), leases).map(([limit, forMs]) => claim(limit, forMs)),
    fc.tuple(fc.integer({ min: 1, max: 4 }), leases).map(([limit, forMs]) => claim(limit, forMs)),
    fc.tuple(rounds, settlements).map(([round, settlement]) => settle(round, settlement)),
    fc.tuple(rounds, settlements).map(([round, settlement]) => settle(round, settlement)),
    fc.tuple(rounds, leases).map(([round, forMs]) => renew(round, forMs)),
    rounds.map(release),
    fc.constantFrom(1, 5_000, 20_000, 60_000).map(wait),
    fc.boolean().map(setBlocked),
  ),
  { minLength: 30, maxLength: 60 },
);

/** Every delivery in the database, as the model has it. */
export async function expectSame(model: Model, { scene }: Real): Promise<void> {
  const stored = await recordedDeliveries(scene.database, scene.shop);
  const byId = new Map(stored.map(({ eventId, state }) => [eventId, state]));
  const expected = [...model.entries].map(([n, { place, state }]): [string, string] => [
    visitId(n),
    place === "queue" && model.isBlocked ? "held" : state,
  ]);
  expect(byId).toEqual(new Map(expected));
  const waiting = await scene.database.prisma.storefrontQueue.findMany({ orderBy: { position: "asc" } });
  const queued = [...model.entries.values()].filter(({ place }) => place === "queue");
  expect(waiting.map(({ attempts }) => attempts)).toEqual(queued.map(({ attempts }) => attempts));
}
