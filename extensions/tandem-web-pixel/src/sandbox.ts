import type { SendFetch } from "../../../app/browser/send-fetch.ts";

/** The strict sandbox's functions besides Shopify's API: a worker without a document. Times are epoch milliseconds. */
export type Sandbox = {
  readonly fetch: SendFetch;
  readonly randomId: () => string;
  readonly random: () => number;
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => void;
};

type Privacy = { readonly marketingAllowed?: boolean; readonly saleOfDataAllowed?: boolean };

/** One customer event. Any field may be missing: Shopify validates it, but not the visitor's page. */
export type CustomerEvent = {
  readonly timestamp?: string;
  readonly context?: {
    readonly document?: {
      readonly location?: { readonly href?: string; readonly hostname?: string };
      readonly referrer?: string;
    };
    readonly navigator?: { readonly userAgent?: string };
  };
  readonly data?: unknown;
};

/** The part of Shopify's web pixel API that the pixel uses (`ExtensionApi` of @shopify/web-pixels-extension). */
export type PixelApi = {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly init: { readonly context?: CustomerEvent["context"]; readonly customerPrivacy?: Privacy };
  readonly browser: {
    readonly cookie: {
      readonly get: (name: string) => Promise<unknown>;
      readonly set: (cookie: string) => Promise<unknown>;
    };
    readonly localStorage: {
      readonly getItem: (key: string) => Promise<string | null>;
      readonly setItem: (key: string, value: string) => Promise<unknown>;
    };
  };
  readonly analytics: { readonly subscribe: (name: string, callback: (event: CustomerEvent) => void) => unknown };
  readonly customerPrivacy: {
    readonly subscribe: (
      name: "visitorConsentCollected",
      callback: (event: { readonly customerPrivacy: Privacy }) => void,
    ) => unknown;
  };
};
