// A theme may show one addition in two ways, moments apart.
const PAIRED_WITHIN_MS = 10_000;

/** An observed addition to the cart: Shopify's standard event, a request or form, or both. */
export type Sighting = {
  readonly variantId: string;
  readonly quantity: number;
  readonly isEvent: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  isReported: boolean;
  /** Whether the request's response could be read; if so, it decides instead of the event. */
  request?: Promise<boolean>;
};

export type Pairs = {
  /** The earlier sighting of the same addition in the other way; if none, this one, which then waits for its pair. */
  readonly pair: (sighting: Sighting) => Sighting;
  /** The sighting no longer waits. */
  readonly drop: (sighting: Sighting | undefined) => void;
};

/** Pairs an event with a request of the same variant and quantity as one addition, in order. */
export function pairSightings(): Pairs {
  let waiting: readonly Sighting[] = [];
  const drop = (sighting: Sighting | undefined): void => {
    waiting = waiting.filter((other) => other !== sighting);
  };
  return {
    drop,
    pair: (sighting) => {
      waiting = waiting.filter(({ at }) => sighting.at - at < PAIRED_WITHIN_MS);
      const twin = waiting.find(
        ({ variantId, quantity, isEvent }) =>
          variantId === sighting.variantId && quantity === sighting.quantity && isEvent !== sighting.isEvent,
      );
      if (twin) drop(twin);
      else waiting = [...waiting, sighting];
      return twin ?? sighting;
    },
  };
}
