import { type ConsentSignal, parseConsentSignal } from "./consent-signal.ts";
import { metaCookie } from "./meta-cookies.ts";

/** Cart attributes that carry the browser's data to the order. Two leading underscores hide them from the buyer. */
export const CART_ATTRIBUTES = {
  fbp: "__tandem_fbp",
  fbc: "__tandem_fbc",
  /** A `ConsentSignal` as JSON. */
  consent: "__tandem_consent",
} as const;

export type CartAttributes = {
  readonly fbp: string | null;
  readonly fbc: string | null;
  readonly consent: ConsentSignal | null;
};

/** Reads Tandem's attributes from an order or a checkout. An invalid attribute is null. */
export const readCartAttributes = (attributes: Readonly<Record<string, string>>): CartAttributes => ({
  fbp: metaCookie(attributes[CART_ATTRIBUTES.fbp]),
  fbc: metaCookie(attributes[CART_ATTRIBUTES.fbc]),
  consent: parseConsentSignal(attributes[CART_ATTRIBUTES.consent]),
});
