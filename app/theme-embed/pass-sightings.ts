import { fieldsOf } from "../event-contract/json.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { CartAsset, CartReader, CartSighting, Reporting } from "./bundles.ts";
import { quietly } from "../browser/quietly.ts";

type Wish = {
  /** The URL of the cart file; undefined if the cart is not reported. */
  readonly url: string | undefined;
  /** Null without consent; undefined while that is unknown. */
  readonly allowing: () => ConsentSignal | null | undefined;
  readonly report: (use: (reporting: Reporting) => void) => void;
  /** Writes to the cart; `isMade`: the page's change has just created it. */
  readonly remember: (isMade: boolean) => void;
};
export type SightingsPass = {
  /** The visitor consented: loads the file that reads sightings. */
  readonly load: () => void;
  readonly see: (sighting: CartSighting) => void;
  /** There is no consent, or was none until now: drops the sightings that wait. */
  readonly withdraw: () => void;
};

/** Passes sightings of the cart to the file that reads them, in order, and drops those without consent. */
export function passSightings({ url, allowing, report, remember }: Wish): SightingsPass {
  let loading: Promise<CartReader> | null = null;
  let isMissing = false;
  let withdrawals = 0;
  // Shopify's API may load after the visitor's first actions, which wait for it: the visitor may have agreed before.
  let answered = (): void => undefined;
  const known = new Promise<void>((done) => (answered = done));
  const load = async (address: string): Promise<CartReader> =>
    // Our own file, built beside this one.
    ((await import(address)) as CartAsset).readCart((addition) => report((to) => to.added(addition)));
  const read = async (sighting: CartSighting, before: number): Promise<void> => {
    await known;
    const reader = await loading;
    if (before !== withdrawals) return;
    if (isMissing) reader?.(null);
    isMissing = false;
    reader?.(sighting);
  };
  return {
    load: () => {
      answered();
      quietly(() => (loading ??= url ? load(url) : null));
    },
    withdraw: () => {
      answered();
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
      if (url && allowing() !== null) quietly(() => read(sighting, withdrawals));
    },
  };
}

async function hasMadeCart({ kind, body, answer }: CartSighting): Promise<boolean> {
  // The platform's event type lacks this field.
  if (kind === "event") return !!fieldsOf(await (body as { readonly promise?: unknown }).promise)?.["cart"];
  const json = await answer;
  return kind === "form" || !!(kind && json);
}
