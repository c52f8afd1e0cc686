import type { ShopDomain } from "../event-contract/event-id.ts";
import { currencyCode } from "../event-contract/money.ts";
import { testPurchase, type TestPurchase } from "../normalize/test-purchase.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { PostedEvent } from "../outbox/rows-to-add.server.ts";
import { testPixels } from "../event-contract/test-pixels.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";
import { decisionFor } from "./decide-events.ts";
import type { WakeUp } from "./wake-ups.ts";

export type SendTestPurchaseDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  /** Null until Shopify has named it. */
  readonly currencyOf: (shop: ShopDomain) => Promise<string | null>;
  readonly addPosted: (events: readonly [PostedEvent]) => Promise<{ added: readonly { queued: readonly PixelId[] }[] }>;
  readonly wake: (targets: readonly WakeUp[]) => void;
  readonly now: () => Date;
};

/**
 * `no-code`: no pixel has a test event code, so nothing was made. `no-currency`: Shopify has not named the shop's currency
 * yet, and none is guessed. `bad-key`: the form is not the page's.
 */
export type TestPurchaseSent = "sent" | "no-code" | "no-currency" | "bad-key";

export type TestPurchaseWish = Pick<TestPurchase, "shop" | "key" | "ip" | "userAgent">;

/**
 * Sends a Purchase of the merchant's own through everything that a real one goes through: consent, routes, Meta's rules,
 * ledger, outbox. A repeated key makes no second event.
 */
export async function sendTestPurchase(wish: TestPurchaseWish, deps: SendTestPurchaseDeps): Promise<TestPurchaseSent> {
  const { shop } = wish;
  const profile = await deps.profile(shop);
  if (testPixels(profile.pixels).length === 0) return "no-code";
  const currency = currencyCode(await deps.currencyOf(shop));
  if (currency === null) return "no-currency";
  const now = deps.now();
  const event = testPurchase({ ...wish, currency, settingsVersion: profile.settings.version, now });
  if (event === null) return "bad-key";
  const { added } = await deps.addPosted([{ event, decision: decisionOf(event, profile, now) }]);
  const pixels = added.flatMap(({ queued }) => queued);
  if (pixels.length > 0) deps.wake(pixels.map((pixelId) => ({ shop, pixelId, isDecided: true })));
  return "sent";
}

const decisionOf = (event: NewEvent, profile: ShopProfile, now: Date) =>
  decisionFor(
    { ...event, eventName: "Purchase", eventId: event.body.event_id, receipt: null, createdAt: now },
    profile,
    { now, policy: null, optedOut: false },
  );
