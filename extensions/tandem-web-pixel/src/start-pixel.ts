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

// A pixel reads and writes the page's cookies in two steps; in between, the embed could create and report its own. So
// if the embed reports, it creates them. If the theme has it disabled, the pixel does so later: only one page has the
// ad's click ID.
const EMBED_FIRST_MS = 5000;

/**
 * Reports the visitor's actions to Meta (browser leg) and to the app's collector (server leg, or a Purchase's receipt)
 * with one event ID. Sends nothing without consent to marketing or without settings, and never throws, because the
 * pixel runs in merchants' shops.
 */
export function startPixel(api: PixelApi, sandbox: Sandbox): void {
  const settings = parsePublishedSettings(api.settings["config"]);
  if (!settings) return;
  const ids = createIdKeeper(api, sandbox);
  // A merchant who previews a theme is not a shopper. For a web pixel, only the preview's first URL shows it.
  if (ids.url.includes("preview_theme_id")) return;
  const storage = api.browser.localStorage;
  let marks: string | null = null;
  quietly(() => storage.getItem(PURCHASE_MARKS).then((text) => (marks = text)));
  const reportsAll = settings.storefrontMode === "pixel";
  const readLater = (): void => sandbox.after(EMBED_FIRST_MS, () => consent().marketing && ids.refresh());
  const consent = watchConsent(api, sandbox.now, reportsAll ? ids.refresh : readLater);
  // `init` has "the initial customer privacy permissions on a page" (shopify.dev, Pixel Privacy, 2026-11): consent
  // there was given before the page loaded, and covers events from before the pixel ran.
  const isAllowedBefore = consent().marketing;

  // Each storefront event has one sender: if the theme embed reports them, the pixel does not.
  const rows = reportsAll ? STOREFRONT_EVENTS.concat(CHECKOUT_EVENTS) : CHECKOUT_EVENTS;
  for (const { on, name, observe } of rows) {
    const way = settings.events[name];
    if (!way) continue;
    api.analytics.subscribe(on, (event) => {
      quietly(() => {
        const signal = consent();
        const observed = signal.marketing ? observe(event.data, { settings, randomId: sandbox.randomId }) : null;
        if (!observed) return;
        // The order's own page has already sent it.
        if (hasPurchaseMark(marks, observed.orderId)) return;
        const at = Date.parse(String(event.timestamp)) || sandbox.now();
        // Shopify replays events from before the consent. Page contents are still visible then, but an AddToCart is
        // past.
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
          // Sent first: requests that outlive the page share 64 KiB, and the server leg depends on this one.
          quietly(() => sendPost(post, settings.collectUrl, sandbox.fetch));
          if (leg.sent && post.id) {
            const hit = { ...post, id: post.id, name: leg.as, limited: !signal.saleOfData };
            for (const to of leg.to) quietly(() => sendHit({ ...hit, to }, sandbox.fetch));
            quietly(() => post.orderId && storage.setItem(PURCHASE_MARKS, withPurchaseMark(marks, post.orderId)));
          }
          ids.refresh();
        });
      });
    });
  }
}

// Every step is optional, so that an unexpected shape causes no error.
type Maybe<T> = T | null | undefined;
type InCheckout = Maybe<{ checkout?: Maybe<{ localization?: Maybe<{ country?: Maybe<{ isoCode?: unknown }> }> }> }>;

/** The checkout's country; other events lack it. */
const checkoutCountry = (data: unknown): unknown => (data as InCheckout)?.checkout?.localization?.country?.isoCode;

function placeOf(context: CustomerEvent["context"]): Pick<CollectorPost, "url" | "referrer" | "userAgent"> {
  const page = context?.document;
  return {
    url: sourceUrl(page?.location?.href),
    referrer: sourceUrl(page?.referrer),
    userAgent: context?.navigator?.userAgent ?? null,
  };
}

/** Runs the step and ignores any error: a blocked request or an odd payload must not show in the shop's console. */
function quietly(step: () => unknown): void {
  // Nothing is logged; the server leg shows that the browser leg is missing.
  new Promise((done) => done(step())).catch(() => undefined);
}
