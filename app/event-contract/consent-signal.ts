import { fieldsOf, fieldsOfText } from "./json.ts";

/** What the visitor's browser reported through Shopify's Customer Privacy API, at one moment. */
export type ConsentSignal = {
  /** Shopify's `marketingAllowed`: the shop's policy for the visitor's region together with the visitor's answer. */
  readonly marketing: boolean;
  /** False when the visitor opted out of the sale or sharing of data (Global Privacy Control included). */
  readonly saleOfData: boolean;
  /** When the browser reported it, epoch milliseconds of the browser's clock. */
  readonly at: number;
};

// The latest time that a JavaScript Date can hold; readers convert `at` to a Date.
const LATEST = 864e13;

/** Reads a signal from its JSON, parsed or as text. Null unless all three fields are valid. */
export function parseConsentSignal(value: unknown): ConsentSignal | null {
  const signal = fieldsOfText(value) ?? fieldsOf(value);
  if (!signal) return null;
  const { marketing, saleOfData, at } = signal;
  return typeof marketing === "boolean" &&
    typeof saleOfData === "boolean" &&
    typeof at === "number" &&
    at >= 0 &&
    at <= LATEST
    ? { marketing, saleOfData, at }
    : null;
}
