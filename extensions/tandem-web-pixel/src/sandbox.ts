/** The few options of `fetch` that the pixel uses. */
export type RequestOptions = {
  readonly method: "GET" | "POST";
  readonly mode: "no-cors";
  readonly keepalive: true;
  readonly credentials: "include" | "omit";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** What the strict sandbox offers beside Shopify's API: a worker without a document. Times are epoch milliseconds. */
export type Sandbox = {
  readonly fetch: (url: string, options: RequestOptions) => Promise<unknown>;
  readonly randomId: () => string;
  readonly random: () => number;
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => void;
};

type Privacy = { readonly marketingAllowed?: boolean; readonly saleOfDataAllowed?: boolean };

/** One customer event, of which everything may be missing: Shopify validates it, the visitor's page does not. */
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
  };
  readonly analytics: { readonly subscribe: (name: string, callback: (event: CustomerEvent) => void) => unknown };
  readonly customerPrivacy: {
    readonly subscribe: (
      name: "visitorConsentCollected",
      callback: (event: { readonly customerPrivacy: Privacy }) => void,
    ) => unknown;
  };
};
