/** Meta's queue function, as documented for the snippet: calls wait in `queue` until fbevents.js loads. */
export type Fbq = {
  (...command: unknown[]): void;
  callMethod?: (...command: unknown[]) => void;
  queue?: Iterable<unknown>[] | undefined;
  push?: Fbq;
  loaded?: boolean;
  version?: string;
  disablePushState?: boolean;
  /** The state of Meta's script: its pixels and their configuration (seen in version 2.9.324). */
  readonly instance?: {
    readonly pixelsByID?: Readonly<Record<string, unknown>>;
    readonly optIns?: { readonly isOptedIn?: (metaPixelId: string, feature: string) => boolean };
  };
};

/** Shopify's Customer Privacy API: shopify.dev, Customer Privacy API reference (2026-11). */
export type CustomerPrivacy = {
  readonly marketingAllowed: () => boolean;
  readonly saleOfDataAllowed: () => boolean;
};

type Feature = { readonly name: string; readonly version: string };

/** Shopify's additions to the page's window. Any of them may arrive late or never. */
export type StorefrontWindow = {
  fbq?: Fbq;
  _fbq?: Fbq;
  readonly Shopify?: {
    readonly country?: string;
    /** True in the theme editor. */
    readonly designMode?: boolean;
    /** `role`: `main` is the theme that shoppers see; other themes are previews. */
    readonly theme?: { readonly role?: string };
    readonly customerPrivacy?: Partial<CustomerPrivacy>;
    readonly loadFeatures?: (features: readonly Feature[], done: (problem?: unknown) => void) => void;
    readonly routes?: { readonly root?: string };
    /** Standard storefront actions (shopify.dev, 2026-06). */
    readonly actions?: { readonly updateCart?: { readonly isDefault?: () => boolean } };
  };
};

// The only place that widens the window's type: other scripts set these properties, in any order.
export const storefront = window as unknown as StorefrontWindow;

/** Whether a merchant views the theme in its editor or as a preview. This is not a shopper, so nothing is reported. */
export function isPreview(): boolean {
  const { designMode, theme } = storefront.Shopify ?? {};
  return designMode === true || (theme?.role ?? "main") !== "main" || /[?&]preview_theme_id=/.test(location.search);
}

/** The text of one of the app block's JSON elements; empty if the page has none. */
export const jsonOf = (id: string): string => document.getElementById(id)?.textContent ?? "";

/**
 * A cookie from `text`, by default the page's cookies. Reading those blocks the page briefly, so callers may pass them.
 */
export const cookieNamed = (name: string, text = document.cookie): string | undefined =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(text)?.[1];
