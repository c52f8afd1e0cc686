/**
 * What the app answers the order block in Shopify's admin: one order's events, in words for the merchant. Nothing in it is
 * a customer's.
 */
export type OrderBlockAnswer = {
  /** The page of the app that knows more of the order, as a path. */
  readonly page: string;
  /** Oldest first. */
  readonly events: readonly OrderBlockEvent[];
};

export type OrderBlockEvent = {
  readonly name: string;
  readonly id: string;
  /** The server's leg: sent, not sent, or what it waits for; and why. */
  readonly server: StateInWords;
  readonly browser: StateInWords;
  /** Whether both legs say the same; null while one is missing. */
  readonly legs: Pick<StateInWords, "label" | "tone"> | null;
  readonly answers: readonly PixelAnswer[];
};

/** A few words with a color that only repeats them, and one sentence. */
export type StateInWords = { readonly label: string; readonly tone: BadgeTone; readonly meaning: string };

export type BadgeTone = "neutral" | "info" | "success" | "caution" | "warning" | "critical";

/** What became of the event at one pixel, and Meta's last answer; null before the first request. */
export type PixelAnswer = { readonly pixel: string; readonly state: StateInWords; readonly meta: string | null };
