import { expect } from "vitest";

import type { DecidedAdded } from "../../app/outbox/add-events.server.ts";
import type { PostedEvent } from "../../app/outbox/rows-to-add.server.ts";
import { after, CONSENT, GRANTED } from "../support/store-scenes.ts";
import type { Command, Model, Real } from "./outbox-model.ts";

/** Any of those so far. */
export function nth<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("there is none yet");
  return item;
}

export const always = () => true;

/** What the visitor's answer makes of an event. */
export type Answer = "send" | "withhold";
type View = { readonly order: number; readonly answer: Answer };

// Apart from the numbers of what is sent.
const FIRST_DECLINED = 10_000;
const DECLINED = "consent-browser-declined";

/** A storefront event, decided on arrival. */
function postedEvent({ scene, pixel }: Real, { order, answer }: View): PostedEvent {
  const { eventId } = scene.key(order);
  const event = scene.event(order, { name: "ViewContent", id: eventId, origin: "collector", signal: GRANTED });
  const key = { shop: scene.shop, eventName: "ViewContent" as const, eventId };
  if (answer === "send") {
    return { event, decision: { kind: "send", key, body: event.body, consent: CONSENT, to: [pixel] } };
  }
  const consent = { ...CONSENT, decision: "withhold", rule: "browser-declined" } as const;
  return { event, decision: { kind: "withhold", key, reason: DECLINED, consent } };
}

async function arrive(real: Real, views: readonly View[]): Promise<readonly DecidedAdded[]> {
  const [first, ...others] = views.map((view) => postedEvent(real, view));
  if (first === undefined) throw new Error("a post has an event");
  return (await real.scene.store.addPosted([first, ...others])).added;
}

/** One post of new events, each with its own answer. */
export const addDecided = (answers: readonly Answer[]): Command => ({
  check: always,
  toString: () => `addDecided(${answers.join()})`,
  run: async (model, real) => {
    const isActive = model.pixel === "active";
    real.scene.at(after(model.now));
    const views = answers.map((answer) => ({ order: addToModel(model, answer), answer }));
    const queued = (answer: Answer): string[] => (isActive && answer === "send" ? [real.pixel] : []);
    expect(await arrive(real, views)).toMatchObject(
      answers.map((answer) => ({ outcome: "added", isDecided: true, queued: queued(answer) })),
    );
  },
});

function addToModel(model: Model, answer: Answer): number {
  if (answer === "withhold") {
    const order = FIRST_DECLINED + model.declined.size;
    model.declined.add(order);
    return order;
  }
  const order = model.entries.size + 1;
  const state = model.pixel === "active" ? "queued" : "held";
  model.entries.set(order, { state, dueAt: model.now, attempts: 0, claim: null, isStorefront: true });
  return order;
}

/** The browser posts it again, together with a new one and whatever became of it meanwhile: its first answer stands. */
export const postAgain = (n: number): Command => ({
  check: (model) => storefront(model).length > 0,
  toString: () => `postAgain(${n})`,
  run: async (model, real) => {
    const again = nth(storefront(model), n);
    real.scene.at(after(model.now));
    const fresh = addToModel(model, "withhold");
    const added = await arrive(real, [
      { order: again, answer: "send" },
      { order: fresh, answer: "withhold" },
    ]);
    expect(added).toMatchObject([
      { outcome: "already-there", isDecided: false, queued: [] },
      { outcome: "added", isDecided: true, queued: [] },
    ]);
  },
});

const storefront = ({ entries, declined }: Model): number[] => [
  ...[...entries].filter(([, { isStorefront }]) => isStorefront).map(([order]) => order),
  ...declined,
];

/** What the ledger holds of storefront events: each ended as its delivery did, and what visitors declined untouched. */
export async function expectSameStorefront({ entries, declined }: Model, { scene }: Real): Promise<void> {
  const rows = await scene.database.prisma.event.findMany({ where: { shop: scene.shop, eventName: "ViewContent" } });
  const stored = new Map(rows.map(({ eventId, state, reason }) => [eventId, state === "withheld" ? reason : state]));
  const expected = new Map<string, string>();
  for (const order of declined) expected.set(scene.key(order).eventId, DECLINED);
  for (const [order, { state, isStorefront }] of entries) {
    if (isStorefront) expected.set(scene.key(order).eventId, ENDED[state] ?? "queued");
  }
  expect(stored).toEqual(expected);
}

/** An event's state, or its reason where it is withheld, by its delivery's. */
const ENDED: Readonly<Record<string, string>> = {
  ...{ delivered: "delivered", refused: "refused", expired: "expired", withheld: "dedup-window-passed" },
};
