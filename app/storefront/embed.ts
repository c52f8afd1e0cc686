import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { eventId } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import { type BrowserIds, type CookieJar, keepBrowserIds } from "../event-contract/meta-cookies.ts";
import { parsePublishedSettings, type PublishedSettings } from "../event-contract/published-settings.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import { sourceUrl } from "../event-contract/source-url.ts";
import { collectorPostText } from "../event-contract/wire.ts";
import { rememberOnCart } from "./cart-attributes.ts";
import { loadMetaPixel, type MetaPixel } from "./meta-pixel.ts";
import { viewedProduct } from "./viewed-product.ts";
import { watchConsent } from "./watch-consent.ts";

// The theme embed's script: keeps Meta's cookies and the cart's word about consent, and in embed mode reports what the
// storefront shows, to Meta through fbevents.js and to the collector, under one id. It never throws into the shop.

const jar: CookieJar = {
  get: (name) => Promise.resolve(new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1]),
  set: (cookie) => Promise.resolve((document.cookie = cookie)),
};

const jsonOf = (id: string): string => document.getElementById(id)?.textContent ?? "";

type Sighting = readonly [name: EventName, data: CustomData];

function sightingsOf(settings: PublishedSettings): readonly Sighting[] {
  const product = viewedProduct(jsonOf("tandem-product"), settings);
  return [["PageView", {}], ...(product ? [["ViewContent", product] as const] : [])];
}

type Moment = { readonly settings: PublishedSettings; readonly signal: ConsentSignal; readonly ids: BrowserIds };

function report([name, data]: Sighting, meta: MetaPixel, { settings, signal, ids }: Moment): void {
  const id = eventId(crypto.randomUUID());
  if (id === null) return;
  meta.track(name, data, id);
  const now = Date.now();
  const body = collectorPostText({
    name,
    id,
    at: now,
    sentAt: now,
    url: sourceUrl(location.href),
    referrer: sourceUrl(document.referrer),
    userAgent: navigator.userAgent,
    ...ids,
    consent: signal,
    settingsVersion: settings.version,
    leg: settings.pixelIds.length > 0 ? { sent: true } : { sent: false, because: "no-pixel" },
    checkoutToken: null,
    orderId: null,
    data,
  });
  // A plain string with no-cors goes out as text/plain: no preflight, no cookies, and no answer to wait for.
  quietly(fetch(settings.collectUrl, { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit", body }));
}

function start(settings: PublishedSettings): void {
  let meta: MetaPixel | null = null;

  const allowed = async (signal: ConsentSignal): Promise<void> => {
    const ids = await keepBrowserIds(jar, {
      host: location.hostname,
      url: location.href,
      now: Date.now(),
      random: Math.random(),
    });
    quietly(rememberOnCart(signal, ids));
    // In pixel mode the web pixel reports the storefront.
    if (settings.storefrontMode !== "embed") return;
    if (meta) return meta.setConsent(true);
    meta = loadMetaPixel(settings.pixelIds, !signal.saleOfData);
    for (const sighting of sightingsOf(settings)) report(sighting, meta, { settings, signal, ids });
  };

  watchConsent((signal) => {
    if (signal.marketing) return quietly(allowed(signal));
    meta?.setConsent(false);
    quietly(rememberOnCart(signal, { fbp: null, fbc: null }));
  });
}

/** A failed request is nothing the shop should hear of: no error in its console, no rejection for its own error tracker. */
function quietly(step: Promise<unknown>): void {
  step.catch(() => undefined);
}

try {
  const settings = parsePublishedSettings(jsonOf("tandem-settings"));
  if (settings) start(settings);
} catch {
  // A browser without what we need: the server legs do not depend on it.
}
