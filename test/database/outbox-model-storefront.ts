import { expect } from "vitest";

import type { DecidedAdded } from "../../app/outbox/add-events.server.ts";
import { after, CONSENT, GRANTED } from "../support/store-scenes.ts";
import type { Command, Model, Real } from "./outbox-model.ts";

/** Any of those so far. */
export function nth<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("there is none yet");
  return item;
}

export const always = () => true;

/** A storefront event, decided on arrival. */
const arrive = async ({ scene, pixel }: Real, order: number): Promise<DecidedAdded | undefined> => {
  const { eventId } = scene.key(order);
  const event = scene.event(order, { name: "ViewContent", id: eventId, origin: "collector", signal: GRANTED });
  const key = { shop: scene.shop, eventName: "ViewContent" as const, eventId };
  const decision = { kind: "send", key, body: event.body, consent: CONSENT, to: [pixel] } as const;
  const { added } = await scene.store.addPosted([{ event, decision }]);
  return added[0];
};

export const addDecided: Command = {
  check: always,
  toString: () => "addDecided",
  run: async (model, real) => {
    const order = model.entries.size + 1;
    const isActive = model.pixel === "active";
    real.scene.at(after(model.now));
    const queued = isActive ? [real.pixel] : [];
    expect(await arrive(real, order)).toEqual({ outcome: "added", isDecided: true, queued });
    model.entries.set(order, {
      ...{ state: isActive ? "queued" : "held", dueAt: model.now, attempts: 0, claim: null },
      isStorefront: true,
    });
  },
};

/** The browser posts it again, whatever became of it meanwhile. */
export const postAgain = (n: number): Command => ({
  check: (model) => storefront(model).length > 0,
  toString: () => `postAgain(${n})`,
  run: async (model, real) => {
    const again = await arrive(real, nth(storefront(model), n));
    expect(again).toEqual({ outcome: "already-there", isDecided: false, queued: [] });
  },
});

const storefront = (model: Model): number[] =>
  [...model.entries].filter(([, { isStorefront }]) => isStorefront).map(([order]) => order);
