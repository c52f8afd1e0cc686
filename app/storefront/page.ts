/** Meta's queue function, as its documentation describes the snippet: calls wait in `queue` until fbevents.js is there. */
export type Fbq = {
  (...command: unknown[]): void;
  callMethod?: (...command: unknown[]) => void;
  queue: unknown[][];
  push?: Fbq;
  loaded?: boolean;
  version?: string;
  disablePushState?: boolean;
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
    readonly customerPrivacy?: Partial<CustomerPrivacy>;
    readonly loadFeatures?: (features: readonly Feature[], done: (problem?: unknown) => void) => void;
    readonly routes?: { readonly root?: string };
  };
};

// The one place that widens the page's window: other scripts put these there, in any order.
export const storefront = window as unknown as StorefrontWindow;
