import type { ShopDomain } from "../event-contract/event-id.ts";
import type { VerifiedWebhook } from "../shopify/types.ts";

/** When a webhook's event happened, measured by a moment; `unknown`: Shopify did not say when. */
export type Happened = "before" | "about-then" | "after" | "unknown";

// An id token is taken only while this server's clock is within 10 seconds behind and 70 ahead of Shopify's (it lives for
// 60, with 10 of tolerance: @shopify/shopify-api 15), so the clock of a token exchange is no further off than that.
const CLOCKS_DIFFER_MS = 120_000;

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
