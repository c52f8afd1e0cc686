/** Meta's queue function, as its documentation describes the snippet: calls wait in `queue` until fbevents.js is there. */
export type Fbq = {
  (...command: unknown[]): void;
  callMethod?: (...command: unknown[]) => void;
  queue?: Iterable<unknown>[] | undefined;
  push?: Fbq;
  loaded?: boolean;
  version?: string;
  disablePushState?: boolean;
  /** What Meta's script knows of its pixels and their configuration (seen in version 2.9.324). */
  readonly instance?: {
    readonly pixelsByID?: Readonly<Record<string, unknown>>;
    readonly optIns?: { readonly isOptedIn?: (pixelId: string, feature: string) => boolean };
  };
};

/** Shopify's Customer Privacy API: shopify.dev, Customer Privacy API reference (2026-11). */
export type CustomerPrivacy = {
  readonly marketingAllowed: () => boolean;
  readonly saleOfDataAllowed: () => boolean;
};

type Feature = { readonly name: string; readonly version: string };

/** What the storefront's page holds beside the web platform. Everything may arrive late or never. */
export type StorefrontWindow = {
  fbq?: Fbq;
  _fbq?: Fbq;
  readonly Shopify?: {
    readonly country?: string;
    /** True in the theme editor. */
    readonly designMode?: boolean;
    /** `role`: `main` is the theme that shoppers see; others are being previewed. */
    readonly theme?: { readonly role?: string };
    readonly customerPrivacy?: Partial<CustomerPrivacy>;
    readonly loadFeatures?: (features: readonly Feature[], done: (problem?: unknown) => void) => void;
    readonly routes?: { readonly root?: string };
    /** Standard storefront actions (shopify.dev, 2026-06). */
    readonly actions?: { readonly updateCart?: { readonly isDefault?: () => boolean } };
  };
};

// The one place that widens the page's window: other scripts put these there, in any order.
export const storefront = window as unknown as StorefrontWindow;

/** Whether a merchant looks at a theme here, in its editor or as a preview: no shopper, so nothing is reported. */
export function isPreview(): boolean {
  const { designMode, theme } = storefront.Shopify ?? {};
  return designMode === true || (theme?.role ?? "main") !== "main" || /[?&]preview_theme_id=/.test(location.search);
}

/** The text of one of the app block's JSON elements; empty where the page has none. */
export const jsonOf = (id: string): string => document.getElementById(id)?.textContent ?? "";

/** A cookie of the page, of `text` where the cookies were read already: reading them stops the page for a moment. */
export const cookieNamed = (name: string, text = document.cookie): string | undefined =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(text)?.[1];

/**
 * Runs the step whatever it meets. A failed request is nothing the shop should hear of: no error in its console, no
 * rejection for its own error tracker.
 */
export function quietly(step: () => unknown): void {
  new Promise((done) => done(step())).catch(() => undefined);
}
