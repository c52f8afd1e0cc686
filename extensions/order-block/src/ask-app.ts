import type { OrderBlockAnswer } from "../../../app/event-contract/order-block.ts";

/** Why there is nothing to show, by the block's key for it. */
export type Trouble = "unknown" | "not-set-up" | "not-allowed" | "slow" | "unavailable";

export type Answered =
  | { readonly kind: "events"; readonly answer: OrderBlockAnswer }
  | { readonly kind: "trouble"; readonly because: Trouble };

const TROUBLES: Readonly<Record<number, Trouble>> = {
  401: "not-allowed",
  403: "not-set-up",
  404: "unknown",
};

/** An app that has not answered by then is down or far away, and the merchant is waiting in front of a spinner. */
const PATIENCE_MS = 10_000;

/**
 * Asks the app about an order. Shopify resolves the path against the app's address and adds the session token to the
 * request's header ("App authentication", shopify.dev, "Admin UI extensions", 2026-07).
 */
export async function askApp(order: string, locale: string): Promise<Answered> {
  const query = new URLSearchParams({ order, locale });
  try {
    const response = await fetch(`/app/order-block?${query.toString()}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // The app's own answer; its route and this file share the type.
    if (response.ok) return { kind: "events", answer: (await response.json()) as OrderBlockAnswer };
    return { kind: "trouble", because: TROUBLES[response.status] ?? "unavailable" };
  } catch (error) {
    return { kind: "trouble", because: isTimeOut(error) ? "slow" : "unavailable" };
  }
}

/** By its name: the sandbox may have an error class of its own. */
const isTimeOut = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "name" in error && error.name === "TimeoutError";
