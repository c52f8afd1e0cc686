import type { PageSetup } from "./client/setup.ts";
import type { WebPixelConfig } from "./extension-files.ts";
import { inlineJson } from "./http.ts";
import { cartPayload } from "./pixel-payloads.ts";
import { marketOf } from "./pricing.ts";
import type { PixelEvent } from "./types.ts";
import type { Visit } from "./visit.ts";

/** The path of a pixel's worker: same origin as the page, as on a real shop. */
export const WORKER_PATH = /^\/wpm@simulator\/web-pixel-(\d+)@1\/sandbox\/worker\.modern\.js$/;
export const SHOP_PAGE_SCRIPT = "/cdn/shopifycloud/simulator/shop-page.js";

function pageSetup(visit: Visit, webPixel: WebPixelConfig, events: readonly PixelEvent[]): PageSetup {
  const { shop, region, cart } = visit;
  const pixel = shop.installation.installed ? shop.installation.webPixel : null;
  return {
    shop: {
      countryCode: shop.country,
      myshopifyDomain: shop.domain,
      name: shop.name,
      paymentSettings: { currencyCode: shop.currency },
      storefrontUrl: `https://${shop.domain}`,
    },
    cart: cartPayload(shop, cart),
    pixels: pixel
      ? [
          {
            id: pixel.id,
            workerUrl: `/wpm@simulator/web-pixel-${shop.id}@1/sandbox/worker.modern.js`,
            settings: pixel.settings,
            purposes: webPixel.purposes,
          },
        ]
      : [],
    events,
    region: {
      country: region,
      consentRequired: shop.privacy.consentRequired.includes(region),
      saleOptOut: shop.privacy.saleOptOut.includes(region),
    },
  };
}

/** `content_for_header`: the Shopify object at once, everything else deferred. */
export function contentForHeader(visit: Visit, webPixel: WebPixelConfig, events: readonly PixelEvent[]): string {
  const { shop, cart } = visit;
  const market = marketOf(shop, cart.country);
  const shopify = {
    shop: shop.domain,
    locale: "en",
    currency: { active: market.currency, rate: market.rate.toFixed(4) },
    country: market.country,
    routes: { root: "/" },
    theme: { name: "Simulator", id: 143_882_910_774, role: visit.theme.isPreview ? "unpublished" : "main" },
    // shopify.dev, theme editor: absent everywhere else.
    ...(visit.theme.isEdited && { designMode: true }),
  };
  return [
    `<script>window.Shopify = Object.assign(window.Shopify || {}, ${inlineJson(shopify)});</script>`,
    `<script type="application/json" id="web-pixels-manager-setup">${inlineJson(pageSetup(visit, webPixel, events))}</script>`,
    `<script src="${SHOP_PAGE_SCRIPT}" defer></script>`,
  ].join("\n");
}
