import { sendHit } from "../../../app/browser/meta-hit.ts";
import { hasPurchaseMark, PURCHASE_MARKS, withPurchaseMark } from "../../../app/browser/purchase-marks.ts";
import { sendPost } from "../../../app/browser/send-post.ts";
import { routedLeg } from "../../../app/event-contract/pixel-routing.ts";
import { parsePublishedSettings } from "../../../app/event-contract/published-settings.ts";
import { sourceUrl } from "../../../app/event-contract/source-url.ts";
import type { CollectorPost } from "../../../app/event-contract/wire.ts";
import { createIdKeeper } from "./browser-ids.ts";
import { CHECKOUT_EVENTS, STOREFRONT_EVENTS } from "./events.ts";
import type { CustomerEvent, PixelApi, Sandbox } from "./sandbox.ts";
import { watchConsent } from "./watch-consent.ts";

// A pixel reads and writes the page's cookies in two steps, between which the embed may make the same ones and report them.
// So the embed, where it reports, makes them; unless the theme has it switched off: an ad's click stands on one page only.
const EMBED_FIRST_MS = 5000;

/**
 * Reports the visitor's actions to Meta (the browser leg) and to the app's collector (the server leg, or a Purchase's
 * receipt) under one id. Sends nothing without consent to marketing, nothing without settings, and never throws: the
 * pixel runs in other people's shops.
 */
export function startPixel(api: PixelApi, sandbox: Sandbox): void {
  const settings = parsePublishedSettings(api.settings["config"]);
  if (!settings) return;
  const ids = createIdKeeper(api, sandbox);
  // A merchant who previews a theme is no shopper. Only the preview's first address says so to a web pixel.
  if (ids.url.includes("preview_theme_id")) return;
  const storage = api.browser.localStorage;
  let marks: string | null = null;
  quietly(() => storage.getItem(PURCHASE_MARKS).then((text) => (marks = text)));
  const reportsAll = settings.storefrontMode === "pixel";
  const readLater = (): void => sandbox.after(EMBED_FIRST_MS, () => consent().marketing && ids.refresh());
  const consent = watchConsent(api, sandbox.now, reportsAll ? ids.refresh : readLater);
  // `init` holds "the initial customer privacy permissions on a page" (shopify.dev, Pixel Privacy, 2026-11): a yes there was
  // given before the page, and covers what happened on it before the pixel ran.
  const isAllowedBefore = consent().marketing;

  // One storefront event never comes from two places: what the theme embed reports is its own.
  const rows = reportsAll ? STOREFRONT_EVENTS.concat(CHECKOUT_EVENTS) : CHECKOUT_EVENTS;
  for (const { on, name, observe } of rows) {
    const way = settings.events[name];
    if (!way) continue;
    api.analytics.subscribe(on, (event) => {
      quietly(() => {
        const signal = consent();
        const observed = signal.marketing ? observe(event.data, { settings, randomId: sandbox.randomId }) : null;
        if (!observed) return;
        // Sent from the order's own page already.
        if (hasPurchaseMark(marks, observed.orderId)) return;
        const at = Date.parse(String(event.timestamp)) || sandbox.now();
        // Shopify repeats what happened before the visitor agreed. What a page shows is still shown then.
        if (name === "AddToCart" && !isAllowedBefore && at < signal.at) return;
        ids.withIds((known, country) => {
          const facts = { action: name, country: checkoutCountry(event.data) ?? country, way };
          const leg = routedLeg(observed.leg, facts, settings);
          const post: CollectorPost = {
            ...observed,
            ...known,
            ...placeOf(event.context),
            name,
            at,
            sentAt: sandbox.now(),
            consent: signal,
            settingsVersion: settings.version,
            leg,
          };
          // First, since what may outlive the page is 64 KiB in all, and the server's leg waits for this.
          quietly(() => sendPost(post, settings.collectUrl, sandbox.fetch));
          if (leg.sent && post.id) {
            const hit = { ...post, id: post.id, name: leg.as, limited: !signal.saleOfData };
            for (const pixelId of leg.to) quietly(() => sendHit({ ...hit, pixelId }, sandbox.fetch));
            quietly(() => post.orderId && storage.setItem(PURCHASE_MARKS, withPurchaseMark(marks, post.orderId)));
          }
          ids.refresh();
        });
      });
    });
  }
}

// Read with a question at each step, so that no other shape of it does harm.
type Maybe<T> = T | null | undefined;
type InCheckout = Maybe<{ checkout?: Maybe<{ localization?: Maybe<{ country?: Maybe<{ isoCode?: unknown }> }> }> }>;

/** The country that the checkout is shown for; other events do not tell it. */
const checkoutCountry = (data: unknown): unknown => (data as InCheckout)?.checkout?.localization?.country?.isoCode;

function placeOf(context: CustomerEvent["context"]): Pick<CollectorPost, "url" | "referrer" | "userAgent"> {
  const page = context?.document;
  return {
    url: sourceUrl(page?.location?.href),
    referrer: sourceUrl(page?.referrer),
    userAgent: context?.navigator?.userAgent ?? null,
  };
}

/** Runs the step whatever it meets: a blocked request or an odd payload must not show in the shop's console. */
function quietly(step: () => unknown): void {
  // Nothing to tell and nobody to tell it to; the server leg shows that this event's browser leg is missing.
  new Promise((done) => done(step())).catch(() => undefined);
}
