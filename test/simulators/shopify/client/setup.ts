/** The shop's set-up for its pages: the content of `<script id="web-pixels-manager-setup">`. */
export type PageSetup = {
  readonly shop: {
    readonly countryCode: string;
    readonly myshopifyDomain: string;
    readonly name: string;
    readonly paymentSettings: { readonly currencyCode: string };
    readonly storefrontUrl: string | null;
  };
  readonly cart: unknown;
  readonly pixels: readonly PixelSetup[];
  /** Published in this order when the page has loaded. */
  readonly events: readonly { readonly name: string; readonly data: unknown }[];
  readonly region: Region;
};

export type PixelSetup = {
  readonly id: string;
  readonly workerUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly purposes: Purposes;
};

export type Purposes = {
  readonly analytics: boolean;
  readonly marketing: boolean;
  readonly preferences: boolean;
  readonly saleOfData: "enabled" | "disabled" | "ldu";
};

export type Region = { readonly country: string; readonly consentRequired: boolean; readonly saleOptOut: boolean };

export type CustomerPrivacy = {
  readonly analyticsProcessingAllowed: boolean;
  readonly marketingAllowed: boolean;
  readonly preferencesProcessingAllowed: boolean;
  readonly saleOfDataAllowed: boolean;
};

/** From the page to the pixel's worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly settings: Readonly<Record<string, string>>; readonly init: unknown }
  | { readonly kind: "event"; readonly event: { readonly name: string; readonly type: string } }
  | { readonly kind: "consent"; readonly name: string; readonly customerPrivacy: CustomerPrivacy }
  /** `problem`: why the page could not do what the pixel requested. */
  | { readonly kind: "answer"; readonly call: number; readonly value: unknown; readonly problem?: string };

/** From the pixel's worker to the page. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "call"; readonly call: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: "problem"; readonly text: string };

export function readSetup(): PageSetup | null {
  const text = document.getElementById("web-pixels-manager-setup")?.textContent;
  // Written by the simulator's own server.
  return text ? (JSON.parse(text) as PageSetup) : null;
}
