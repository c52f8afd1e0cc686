import fc from "fast-check";
import { expect } from "vitest";

import type { Claim, Settlement } from "../../app/outbox/types.ts";
import { after, claimAs, type Scene } from "../support/store-scenes.ts";
import { addDecided, always, type Answer, expectSameStorefront, nth, postAgain } from "./outbox-model-storefront.ts";

type Entry = {
  state: Settlement["kind"] | "queued";
  dueAt: number;
  attempts: number;
  claim: { by: string; until: number } | null;
  readonly isStorefront?: boolean;
};

/** What the outbox should hold, by the number of the order or visit; times are milliseconds since NOON. */
export type Model = {
  now: number;
  pixel: "active" | "blocked";
  /** Until when the pixel backs off; null after a success. */
  peaceUntil: number | null;
  readonly entries: Map<number, Entry>;
  /** Storefront events that their visitors declined: withheld on arrival, without an entry. */
  readonly declined: Set<number>;
  /** Everything that any worker was ever given, also by those who died since. */
  readonly rounds: { readonly by: string; readonly orders: readonly number[] }[];
};

export type Real = { readonly scene: Scene; readonly pixel: string; readonly rounds: (readonly Claim[])[] };

export type Command = fc.AsyncCommand<Model, Real>;

const isOwn = (model: Model, order: number, by: string): boolean => {
  const entry = model.entries.get(order);
  return entry?.state === "queued" && entry.claim?.by === by;
};

const isClaimable = (model: Model, { state, dueAt, claim }: Entry): boolean =>
  state === "queued" && dueAt <= model.now && (claim === null || claim.until <= model.now);

/** Orders that a worker may have now, in the order in which they happened. */
const claimable = (model: Model): number[] =>
  model.pixel !== "active" || (model.peaceUntil ?? 0) > model.now
    ? []
    : [...model.entries].filter(([, entry]) => isClaimable(model, entry)).map(([order]) => order);

function claimInModel(model: Model, order: number, claim: Entry["claim"]): void {
  const entry = model.entries.get(order);
  if (entry) entry.claim = claim;
}

const add: Command = {
  check: always,
  toString: () => "add",
  run: async (model, { scene, pixel }) => {
    const order = model.entries.size + 1;
    await scene.store.add(scene.event(order), null);
    await scene.store.decide([scene.send(order, [pixel])], after(model.now));
    const state = model.pixel === "active" ? "queued" : "held";
    model.entries.set(order, { state, dueAt: model.now, attempts: 0, claim: null });
  },
};

const claim = (limit: number, forMs: number): Command => ({
  check: always,
  toString: () => `claim(${limit}, ${forMs})`,
  run: async (model, real) => {
    const expected = claimable(model).slice(0, limit);
    const by = `worker-${model.rounds.length}`;
    const until = model.now + forMs;
    const claims = await real.scene.store.claim(
      real.pixel,
      claimAs(by, { limit, now: after(model.now), until: after(until) }),
    );
    expect(claims.map(({ eventId }) => eventId)).toEqual(expected.map((order) => real.scene.key(order).eventId));
    for (const order of expected) claimInModel(model, order, { by, until });
    model.rounds.push({ by, orders: expected });
    real.rounds.push(claims);
  },
});

/** A worker speaks of what it once had: at once, late, twice, or after others took it over. */
const settle = (round: number, settlement: Settlement): Command => ({
  check: ({ rounds }) => rounds.length > 0,
  toString: () => `settle(${round}, ${settlement.kind})`,
  run: async (model, { scene, rounds }) => {
    const { by, orders } = nth(model.rounds, round);
    const own = orders.filter((order) => isOwn(model, order, by));
    const claims = nth(rounds, round);
    const answer = await scene.store.settle(
      claims.map((one) => ({ claim: one, settlement, traceId: null, attemptIds: [] })),
      after(model.now),
    );
    expect(answer).toEqual({ settled: own.length, lost: orders.length - own.length });
    for (const order of own) settleInModel(model, order, settlement);
    // Any word of success counts for the pixel, and it may come from a claim that was lost.
    if (settlement.kind === "delivered" && orders.length > 0) model.peaceUntil = null;
  },
});

function settleInModel(model: Model, order: number, settlement: Settlement): void {
  const entry = model.entries.get(order);
  if (!entry) return;
  entry.claim = null;
  entry.attempts += 1;
  if (settlement.kind === "retry") entry.dueAt = settlement.at.getTime() - after(0).getTime();
  // What is to be held for a pixel that works stays queued.
  else if (settlement.kind !== "held" || model.pixel === "blocked") entry.state = settlement.kind;
}

const renew = (round: number, forMs: number): Command => ({
  check: ({ rounds }) => rounds.length > 0,
  toString: () => `renew(${round}, ${forMs})`,
  run: async (model, { scene, rounds }) => {
    const { by, orders } = nth(model.rounds, round);
    const own = orders.filter((order) => isOwn(model, order, by));
    const until = model.now + forMs;
    expect(await scene.store.renew(nth(rounds, round), after(until))).toBe(own.length);
    for (const order of own) claimInModel(model, order, { by, until });
  },
});

const release = (round: number): Command => ({
  check: ({ rounds }) => rounds.length > 0,
  toString: () => `release(${round})`,
  run: async (model, { scene, rounds }) => {
    const { by, orders } = nth(model.rounds, round);
    await scene.store.release(nth(rounds, round));
    for (const order of orders.filter((claimed) => isOwn(model, claimed, by))) claimInModel(model, order, null);
  },
});

const wait = (ms: number): Command => ({
  check: always,
  toString: () => `wait(${ms})`,
  run: async (model) => void (model.now += ms),
});

const block: Command = {
  check: always,
  toString: () => "block",
  run: async (model, { scene, pixel }) => {
    await scene.database.prisma.pixel.update({ where: { id: pixel }, data: { state: "blocked" } });
    scene.at(after(model.now));
    await scene.store.hold(pixel, "token-invalid");
    model.pixel = "blocked";
    for (const entry of model.entries.values()) {
      const isBeingSent = entry.claim !== null && entry.claim.until > model.now;
      if (entry.state === "queued" && !isBeingSent) Object.assign(entry, { state: "held", claim: null });
    }
  },
};

const mend: Command = {
  check: always,
  toString: () => "mend",
  run: async (model, { scene, pixel }) => {
    await scene.database.prisma.pixel.update({ where: { id: pixel }, data: { state: "active" } });
    await scene.store.releaseHeld(pixel, after(model.now));
    model.pixel = "active";
    model.peaceUntil = null;
    for (const entry of model.entries.values()) {
      if (entry.state === "held") Object.assign(entry, { state: "queued", dueAt: model.now });
    }
  },
};

const backOff = (ms: number): Command => ({
  check: always,
  toString: () => `backOff(${ms})`,
  run: async (model, { scene, pixel }) => {
    await scene.store.backOff(pixel, () => after(model.now + ms));
    model.peaceUntil = Math.max(model.peaceUntil ?? 0, model.now + ms);
  },
});

const settlements = fc.constantFrom<Settlement[]>(
  { kind: "delivered" },
  { kind: "refused", reason: "bad" },
  { kind: "expired", reason: "old" },
  { kind: "withheld", reason: "dedup-window-passed" },
  { kind: "held", reason: "token-invalid" },
  { kind: "retry", at: after(0), reason: "soon" },
  { kind: "retry", at: after(20_000), reason: "later" },
);
/** Of the events of one post. */
const answers = fc.array(fc.constantFrom<Answer[]>("send", "send", "withhold"), { minLength: 1, maxLength: 3 });
const rounds = fc.nat(6);
const leases = fc.constantFrom(5_000, 20_000);

/** Any sequence of what workers, merchants and time can do to one pixel's outbox. */
export const histories = fc.array(
  fc.oneof(
    fc.constant(add),
    answers.map(addDecided),
    fc.nat(6).map(postAgain),
    fc.tuple(fc.integer({ min: 1, max: 4 }), leases).map(([limit, forMs]) => claim(limit, forMs)),
    fc.tuple(fc.integer({ min: 1, max: 4 }), leases).map(([limit, forMs]) => claim(limit, forMs)),
    fc.tuple(rounds, settlements).map(([round, settlement]) => settle(round, settlement)),
    fc.tuple(rounds, settlements).map(([round, settlement]) => settle(round, settlement)),
    fc.tuple(rounds, leases).map(([round, forMs]) => renew(round, forMs)),
    rounds.map(release),
    fc.constantFrom(1, 4_999, 5_000, 20_000).map(wait),
    fc.constantFrom(5_000, 20_000).map(wait),
    fc.constant(block),
    fc.constant(mend),
    fc.constantFrom(1_000, 10_000).map(backOff),
  ),
  // Long ones only: a claim must be taken, run out, be taken over and be spoken of again before anything can go wrong.
  { minLength: 30, maxLength: 60 },
);

/** Every entry in the database, as the model has it. */
export async function expectSame(model: Model, real: Real): Promise<void> {
  const { scene } = real;
  const rows = await scene.database.prisma.delivery.findMany({
    where: { shop: scene.shop },
    orderBy: { eventTime: "asc" },
  });
  const stored = rows.map(({ state, attempts, claimedBy }) => ({ state, attempts, claimedBy }));
  const entries = [...model.entries.values()];
  expect(stored).toEqual(
    entries.map(({ state, attempts, claim: held }) => ({
      state,
      attempts,
      claimedBy: held?.by ?? null,
    })),
  );
  await expectSameStorefront(model, real);
}
