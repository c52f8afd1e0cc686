// A theme shows one addition in up to two ways, moments apart.
const PAIRED_WITHIN_MS = 10_000;

/** An addition to the cart as it shows: in Shopify's standard event, in a request or form, or in both. */
export type Sighting = {
  readonly variantId: string;
  readonly quantity: number;
  readonly isEvent: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  isReported: boolean;
  /** Whether the request's answer could be read: it decides then, and the event does not. */
  request?: Promise<boolean>;
};

export type Pairs = {
  /** The sighting of the same addition in the other way, where it began before; otherwise this one, which waits. */
  readonly pair: (sighting: Sighting) => Sighting;
  /** The sighting waits no more. */
  readonly drop: (sighting: Sighting | undefined) => void;
};

/** An event and a request of the same variant and quantity are one addition, the first of each, the second of each. */
export function pairSightings(): Pairs {
  let waiting: readonly Sighting[] = [];
  const drop = (sighting: Sighting | undefined): void => {
    waiting = waiting.filter((each) => each !== sighting);
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
