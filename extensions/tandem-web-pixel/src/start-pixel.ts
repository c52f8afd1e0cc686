import { EMBED_FIRST_MS } from "../../../app/browser/limits.ts";
import { sendHit } from "../../../app/browser/meta-hit.ts";
import { hasPurchaseMark, PURCHASE_MARKS, withPurchaseMark } from "../../../app/browser/purchase-marks.ts";
import { postMoments } from "../../../app/browser/post-moments.ts";
import { quietly } from "../../../app/browser/quietly.ts";
import { fieldAt } from "../../../app/event-contract/json.ts";
import { routedLeg } from "../../../app/event-contract/pixel-routing.ts";
import { parsePublishedSettings } from "../../../app/event-contract/published-settings.ts";
import { sourceUrl } from "../../../app/event-contract/source-url.ts";
import type { SharedFacts } from "../../../app/event-contract/wire.ts";
import { createIdKeeper } from "./browser-ids.ts";
import { CHECKOUT_EVENTS, STOREFRONT_EVENTS } from "./events.ts";
import type { PixelApi, Sandbox } from "./sandbox.ts";
import { watchConsent } from "./watch-consent.ts";

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
  const post = postMoments(settings.collectUrl, sandbox.fetch, sandbox.now);
  let marks = "";
  quietly(() => storage.getItem(PURCHASE_MARKS).then((text) => (marks = text ?? "")));
  const reportsAll = settings.storefrontMode === "pixel";
  const readLater = (): void => sandbox.after(EMBED_FIRST_MS, () => consent().marketing && ids.refresh());
  const consent = watchConsent(api, sandbox.now, reportsAll ? ids.refresh : readLater);
  // `init` has "the initial customer privacy permissions on a page" (shopify.dev, Pixel Privacy, 2026-11): consent
  // there was given before the page loaded, and covers events from before the pixel ran.
  const isAllowedBefore = consent().marketing;

  // Each storefront event has one sender: if the theme embed reports them, the pixel does not.
  const rows = reportsAll ? STOREFRONT_EVENTS.concat(CHECKOUT_EVENTS) : CHECKOUT_EVENTS;
  for (const [on, name, observe] of rows) {
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
          const shared = { consent: signal, settingsVersion: settings.version, ...known, ...placeOf(event.context) };
          const own = Object.assign(observed, { name, at, leg });
          const afterwards = (): unknown => {
            if (!leg.sent || !own.id) return;
            const limited = !signal.saleOfData;
            for (const to of leg.to) {
              quietly(() => sendHit({ to, as: leg.as, limited, ...shared, ...own }, sandbox.fetch));
            }
            return own.orderId && storage.setItem(PURCHASE_MARKS, withPurchaseMark(marks, own.orderId));
          };
          post(shared, { afterwards, ...own });
          ids.refresh();
        });
      });
    });
  }
}

/** The checkout's country; other events lack it. */
const checkoutCountry = (data: unknown): unknown => fieldAt(data, "checkout", "localization", "country", "isoCode");

/** Anything may be missing or of an unexpected shape. */
const placeOf = (context: unknown): Pick<SharedFacts, "url" | "referrer" | "userAgent"> => ({
  url: sourceUrl(fieldAt(context, "document", "location", "href")),
  referrer: sourceUrl(fieldAt(context, "document", "referrer")),
  userAgent: (fieldAt(context, "navigator", "userAgent") ?? null) as string | null,
});
