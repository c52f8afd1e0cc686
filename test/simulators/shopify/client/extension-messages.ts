/** Between the admin's page and the worker of an admin UI extension. The protocol is our own. */
export type ExtensionSetup = {
  readonly target: string;
  /** The resource that the page shows, as Shopify's GID. */
  readonly selected: string;
  /** The app's own address: what relative ones are resolved against, and who gets the session token. */
  readonly appUrl: string;
  /** The texts of the merchant's language, or the default's. */
  readonly texts: Readonly<Record<string, string>>;
  readonly locale: string;
};

/** `tags`: the elements that the target may use, with their attributes. */
export type ToExtension =
  | { readonly kind: "start"; readonly setup: ExtensionSetup; readonly tags: ElementAttributes }
  | { readonly kind: "id-token"; readonly token: string }
  | { readonly kind: "event"; readonly listener: number };

export type FromExtension =
  | { readonly kind: "mutate"; readonly records: readonly unknown[] }
  | { readonly kind: "id-token" }
  | { readonly kind: "problem"; readonly text: string };

export type ElementAttributes = Readonly<Record<string, readonly string[]>>;

/** A listener of the worker's, as it crosses to the page. */
export type ListenerReference = { readonly listener: number };
