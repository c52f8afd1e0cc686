import { createConsentBook, customerPrivacyApi, type ConsentBook } from "./customer-privacy.ts";
import { type PageSetup, readSetup } from "./setup.ts";
import { startWebPixelsManager, type WebPixelsManager } from "./web-pixel-host.ts";

// What Shopify puts into every page of a shop through content_for_header, and into checkout: the features loader, the
// analytics bus, the cookie banner and the web pixels manager. It arrives late, as on a real page.

type ShopifyObject = Record<string, unknown>;
type Feature = { readonly name: string; readonly version: string };

const shopify: ShopifyObject = ((window as unknown as { Shopify?: ShopifyObject }).Shopify ??= {});

// `?simulator_privacy=`: `never`, Shopify's privacy script never loads on the page (web pixels get consent from the
// manager); `late`, it loads when the page gets the event `simulator:privacy`.
const privacy = new URLSearchParams(location.search).get("simulator_privacy");

function installFeatures(book: ConsentBook, setup: PageSetup): void {
  shopify["loadFeatures"] = (features: readonly Feature[], done?: (problem?: Error) => void) => {
    const unknown = features.find(({ name }) => name !== "consent-tracking-api");
    const answer = (): void => {
      if (unknown) return done?.(new Error(`Could not load feature ${unknown.name}`));
      shopify["customerPrivacy"] ??= customerPrivacyApi(book, setup.region);
      done?.();
    };
    const isAwaited = privacy === "late" && !shopify["customerPrivacy"];
    if (isAwaited) addEventListener("simulator:privacy", answer, { once: true });
    else setTimeout(answer, 5);
  };
}

function showBanner(book: ConsentBook): void {
  if (!book.shouldShowBanner()) return;
  const banner = document.createElement("div");
  banner.setAttribute("role", "dialog");
  banner.setAttribute("aria-label", "Cookie consent");
  banner.style.cssText =
    "position:fixed;inset:auto 0 0 0;padding:1rem;background:#23211e;color:#fff;display:flex;gap:1rem;flex-wrap:wrap;z-index:9";
  banner.append("We and our partners use cookies to measure and improve our advertising.");
  const choices = [
    ["Accept", true],
    ["Decline", false],
  ] as const;
  for (const [label, yes] of choices) {
    const button = document.createElement("button");
    button.textContent = label;
    button.addEventListener("click", () => {
      book.setTrackingConsent({ analytics: yes, marketing: yes, preferences: yes, sale_of_data: yes });
      banner.remove();
    });
    banner.append(button);
  }
  document.body.append(banner);
}

/** The Ajax API's line, as far as an event needs it. Prices are hundredths in every currency. */
type AjaxLine = {
  readonly variant_id: number;
  readonly product_id: number;
  readonly product_title: string;
  readonly variant_title: string | null;
  readonly product_type: string;
  readonly sku: string;
  readonly vendor: string;
  readonly url: string;
  readonly image: string;
  readonly price: number;
  readonly final_line_price: number;
  readonly quantity: number;
  readonly currency: string;
};

const cartLine = (line: AjaxLine) => ({
  cost: { totalAmount: { amount: line.final_line_price / 100, currencyCode: line.currency } },
  merchandise: {
    id: String(line.variant_id),
    image: { src: line.image },
    price: { amount: line.price / 100, currencyCode: line.currency },
    product: {
      id: String(line.product_id),
      title: line.product_title,
      type: line.product_type,
      untranslatedTitle: line.product_title,
      url: line.url,
      vendor: line.vendor,
    },
    sku: line.sku || null,
    title: line.variant_title,
    untranslatedTitle: line.variant_title,
  },
  quantity: line.quantity,
});

/** The real manager sees additions to the cart wherever a theme makes them, by watching the page's own requests. */
function watchCart(manager: WebPixelsManager): void {
  const real = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const response = await real(input, init);
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (response.ok && url.origin === location.origin && /\/cart\/add(?:\.js)?$/.test(url.pathname)) {
      // The simulator's own answer to /cart/add.js.
      const added = (await response.clone().json()) as { items?: AjaxLine[] } & AjaxLine;
      for (const line of added.items ?? [added]) manager.publish("product_added_to_cart", { cartLine: cartLine(line) });
    }
    return response;
  };
}

const setup = readSetup();
if (setup) {
  const book = createConsentBook(setup.region);
  if (privacy !== "never") installFeatures(book, setup);
  const manager = startWebPixelsManager(setup, book);
  shopify["analytics"] = { publish: manager.publishCustom };
  // For the checkout page, which reports its own steps.
  Object.defineProperty(window, "simulatedCheckoutEvents", { value: manager.publish });
  watchCart(manager);
  for (const event of setup.events) manager.publish(event.name, event.data);
  showBanner(book);
}
