import { latestSignal, stricterSignal } from "../consent/decide-consent.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { BrowserReceipt, Undecided } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";

/**
 * How well a receipt fits what Shopify saw of the buyer. `address`: posted from the buyer's, which nobody can forge.
 * `browser`: the same user agent. `foreign`: neither, though both sides know both. `open`: not enough is known.
 */
type Fit = "address" | "browser" | "open" | "foreign";
const BEST_FIRST: readonly Fit[] = ["address", "browser", "open"];

/**
 * What the buyer's browser said about this order, of all receipts that may be its: whoever knows the checkout token can
 * post one, before the buyer or after. The receipts with the best fit are taken, and of those only what they agree on; so
 * a stranger may at most hide what the buyer's browser said, never put anything in its place. Of consent the strictest
 * answer counts, and only from the buyer's own address a later answer replaces that of the cart (decision 50).
 */
export function buyerReceipt(event: Undecided, { pixels }: Pick<ShopProfile, "pixels">): BrowserReceipt | null {
  if (event.receipt === null) return null;
  const receipts = [event.receipt, ...(event.otherReceipts ?? [])];
  const known = event.body.user_data;
  const signal = receipts.map((receipt) => receipt.signal).reduce(stricterSignal);
  const fit = BEST_FIRST.find((wanted) => receipts.some((receipt) => fitOf(receipt, known) === wanted));
  if (fit === undefined) return { ...silent(event.receipt), signal: withCart(signal, event) };
  const agreed = agreedBy(receipts.filter((receipt) => fitOf(receipt, known) === fit));
  if (fit === "address") return { ...agreed, signal: latestSignal(signal, event.signal) ?? signal };
  return {
    ...agreed,
    // The cart's cookies came with the order, so they are the buyer's.
    fbp: known.fbp === undefined ? agreed.fbp : null,
    fbc: known.fbc === undefined ? agreed.fbc : null,
    leg: withoutNoRoute(agreed.leg, pixels),
    signal: withCart(signal, event),
  };
}

const withCart = (signal: ConsentSignal, { signal: cart }: Undecided): ConsentSignal =>
  cart === null ? signal : stricterSignal(signal, cart);

function fitOf({ ip, userAgent }: BrowserReceipt, known: UserData): Fit {
  const [address, browser] = [known.client_ip_address ?? null, known.client_user_agent ?? null];
  if (ip !== null && ip === address) return "address";
  if (userAgent !== null && userAgent === browser) return "browser";
  return [ip, userAgent, address, browser].includes(null) ? "open" : "foreign";
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const OF_ONE_BROWSER = ["fbp", "fbc", "ip", "userAgent", "url", "referrer", "leg", "data"] as const;

function agreedBy([first, ...others]: readonly BrowserReceipt[]): BrowserReceipt {
  if (first === undefined) throw new Error("no receipt has the best fit of all receipts");
  const disputed = OF_ONE_BROWSER.filter((field) => others.some((other) => !isSame(other[field], first[field])));
  const nothing = silent(first);
  return { ...first, ...Object.fromEntries(disputed.map((field) => [field, nothing[field]])) };
}

/** Without a leg's route the shop's settings decide where the event goes. */
const silent = (receipt: BrowserReceipt): BrowserReceipt => ({
  ...receipt,
  ...{ fbp: null, fbc: null, ip: null, userAgent: null, url: null, referrer: null },
  data: {},
  leg: { sent: true },
});

/** A route to none of the shop's pixels would keep the sale from all of them; the settings say whether that is right. */
function withoutNoRoute({ to, ...leg }: BrowserLeg, pixels: ShopProfile["pixels"]): BrowserLeg {
  const isRoute = to?.some((id) => pixels.some(({ metaPixelId }) => metaPixelId === id));
  return isRoute && to ? { ...leg, to } : leg;
}
