import type { ShopDomain } from "../event-contract/event-id.ts";
import type { VerifiedWebhook } from "../shopify/types.ts";

/** When a webhook's event happened, relative to a time; `unknown`: Shopify sent no time. */
export type Happened = "before" | "about-then" | "after" | "unknown";

// Clocks synchronized by NTP agree within a second. If a server's clock is further off, a wrong guess is corrected
// later: an ended installation fails the hourly check with an invalid token, and a live one gets new orders.
const CLOCKS_DIFFER_MS = 1_000;

export function happened({ triggeredAt }: Pick<VerifiedWebhook, "triggeredAt">, moment: Date): Happened {
  const distance = (triggeredAt === null ? Number.NaN : Date.parse(triggeredAt)) - moment.getTime();
  if (Number.isNaN(distance)) return "unknown";
  if (Math.abs(distance) <= CLOCKS_DIFFER_MS) return "about-then";
  return distance < 0 ? "before" : "after";
}

// Shopify sends shop/redact 48 hours after the uninstallation (shopify.dev, "Privacy law compliance", 2026-11), and
// repeats it for four hours at most if it is not answered; the rest is for a queue between Shopify and the app.
const REDACT_AFTER_MS = 72 * 3_600_000;

/**
 * Whether a `shop/redact` is about an uninstallation from before the shop came back. Without a token Shopify cannot be
 * asked; what follows from a later uninstallation comes 48 hours after that one.
 */
export function isOfEarlierInstallation(
  { triggeredAt }: Pick<VerifiedWebhook, "triggeredAt">,
  returnedAt: Date | null,
): boolean {
  if (returnedAt === null) return false;
  const sent = triggeredAt === null ? Number.NaN : Date.parse(triggeredAt);
  return Number.isNaN(sent) || sent < returnedAt.getTime() + REDACT_AFTER_MS;
}

export type ReturnedShopDeps = {
  /** Null for an installed shop. */
  readonly uninstalledAt: (shop: ShopDomain) => Promise<Date | null>;
  readonly reopen: (shop: ShopDomain, at: Date) => Promise<void>;
};

/**
 * What an order shows about a shop that counts as uninstalled. Shopify sends no order webhooks to an app that is not
 * installed, so an order clearly after the uninstall proves that the shop is back, before its merchant opens the app.
 * An order at about the same time proves nothing: Shopify should send it again, and its token decides.
 */
export async function returnedShop(
  webhook: VerifiedWebhook,
  { uninstalledAt, reopen }: ReturnedShopDeps,
): Promise<"is-back" | "not-installed" | "just-uninstalled"> {
  const end = await uninstalledAt(webhook.shop);
  if (end === null) return "is-back";
  const soldAt = new Date(webhook.triggeredAt ?? Number.NaN);
  // The comparison is false for an order without a time.
  if (!(soldAt > end)) return "not-installed";
  if (happened(webhook, end) !== "after") return "just-uninstalled";
  await reopen(webhook.shop, soldAt);
  return "is-back";
}
