import { fieldsOf } from "../event-contract/json.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { CartAsset, CartReader, CartSighting, Reporting } from "./bundles.ts";
import { quietly } from "../browser/quietly.ts";

type Wish = {
  /** The URL of the cart file; undefined if the cart is not reported. */
  readonly url: string | undefined;
  /** Null without consent. */
  readonly allowing: () => ConsentSignal | null;
  readonly report: (use: (reporting: Reporting) => void) => void;
  /** Writes to the cart; `isMade`: the page's change has just created it. */
  readonly remember: (isMade: boolean) => void;
};
export type SightingsPass = {
  /** Loads the file that reads sightings. */
  readonly load: () => void;
  readonly see: (sighting: CartSighting) => void;
  /** Consent was withdrawn: drops the sightings that wait for the file. */
  readonly withdraw: () => void;
};

/** Passes sightings of the cart to the file that reads them, in order, and drops those without consent. */
export function passSightings({ url, allowing, report, remember }: Wish): SightingsPass {
  let loading: Promise<CartReader> | null = null;
  let isMissing = false;
  let withdrawals = 0;
  const load = async (address: string): Promise<CartReader> =>
    // Our own file, built beside this one.
    ((await import(address)) as CartAsset).readCart((addition) => report((to) => to.added(addition)));
  const read = async (sighting: CartSighting, before: number): Promise<void> => {
    const reader = await loading;
    if (before !== withdrawals) return;
    if (isMissing) reader?.(null);
    isMissing = false;
    reader?.(sighting);
  };
  const loadOnce = (): void => quietly(() => (loading ??= url ? load(url) : null));
  return {
    load: loadOnce,
    withdraw: () => {
      isMissing = true;
      withdrawals += 1;
    },
    see: (sighting) => {
      quietly(async () => {
        if (!(await hasMadeCart(sighting))) return;
        // Rereads the consent, which may have changed in another tab.
        allowing();
        remember(true);
      });
      if (!url) return;
      if (!allowing()) isMissing = true;
      else {
        loadOnce();
        quietly(() => read(sighting, withdrawals));
      }
    },
  };
}

async function hasMadeCart({ kind, body, answer }: CartSighting): Promise<boolean> {
  // The platform's event type lacks this field.
  if (kind === "event") return !!fieldsOf(await (body as { readonly promise?: unknown }).promise)?.["cart"];
  const json = await answer;
  return kind === "form" || !!(kind && json);
}
