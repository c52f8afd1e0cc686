import type { ShopDomain } from "../event-contract/event-id.ts";
import type { VerifiedWebhook } from "../shopify/types.ts";

/** When a webhook's event happened, measured by a moment; `unknown`: Shopify did not say when. */
export type Happened = "before" | "about-then" | "after" | "unknown";

// Clocks that NTP keeps agree within a second. On a server whose clock is further off, the guess is mended later: an
// installation that has ended answers the hourly check with a dead token, and one that goes on sells again.
const CLOCKS_DIFFER_MS = 1_000;

export function happened({ triggeredAt }: Pick<VerifiedWebhook, "triggeredAt">, moment: Date): Happened {
  const distance = (triggeredAt === null ? Number.NaN : Date.parse(triggeredAt)) - moment.getTime();
  if (Number.isNaN(distance)) return "unknown";
  if (Math.abs(distance) <= CLOCKS_DIFFER_MS) return "about-then";
  return distance < 0 ? "before" : "after";
}

export type ReturnedShopDeps = {
  /** Null for a shop that is installed. */
  readonly uninstalledAt: (shop: ShopDomain) => Promise<Date | null>;
  readonly reopen: (shop: ShopDomain, at: Date) => Promise<void>;
};

/**
 * What an order says of a shop that counts as uninstalled. Shopify tells no app without an installation of orders, so one
 * sold well after the uninstallation proves that the shop is back, before its merchant opens the app. One sold about then
 * proves nothing: Shopify is to send it again, and its token settles it.
 */
export async function returnedShop(
  webhook: VerifiedWebhook,
  { uninstalledAt, reopen }: ReturnedShopDeps,
): Promise<"is-back" | "not-installed" | "just-uninstalled"> {
  const end = await uninstalledAt(webhook.shop);
  if (end === null) return "is-back";
  const soldAt = new Date(webhook.triggeredAt ?? Number.NaN);
  // An order without a time compares as not later.
  if (!(soldAt > end)) return "not-installed";
  if (happened(webhook, end) !== "after") return "just-uninstalled";
  await reopen(webhook.shop, soldAt);
  return "is-back";
}
