import { fieldsOf } from "../event-contract/json.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { CartAsset, CartReader, CartSighting, Reporting } from "./bundles.ts";
import { quietly } from "./page.ts";

type Wish = {
  /** The file for the cart; undefined where nothing of the cart is reported. */
  readonly url: string | undefined;
  /** Null where the visitor does not allow it. */
  readonly allowing: () => ConsentSignal | null;
  readonly report: (tell: (reporting: Reporting) => void) => void;
  /** Writes to the cart, where `isMade` to one that the page's own change has made. */
  readonly remember: (isMade: boolean) => void;
};
export type SightingsPass = {
  /** Fetches the file that reads sightings. */
  readonly load: () => void;
  readonly see: (sighting: CartSighting) => void;
  /** The visitor does not allow it any more: what waits for the file is dropped. */
  readonly withdraw: () => void;
};

/** Passes what is seen of the cart to the file that reads it, in its order; what nobody agreed to is dropped. */
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
        // What the visitor answered in another tab meanwhile counts.
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
  // The event's own fields are not the platform's.
  if (kind === "event") return !!fieldsOf(await (body as { readonly promise?: unknown }).promise)?.["cart"];
  const json = await answer;
  return kind === "form" || !!(kind && json);
}
