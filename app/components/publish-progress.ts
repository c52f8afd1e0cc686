type Publication = {
  readonly profile: { readonly settings: { readonly version: number } };
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
};

/**
 * Whether Shopify is just being given the newest settings: after an installation and after a save. A problem ends it,
 * until a timer or the merchant tries again.
 */
export const isBeingPublished = ({ profile, publish }: Publication): boolean =>
  publish.problem === null && publish.publishedVersion < profile.settings.version;

/** Whether the web pixel is on its way to Shopify: what the page knows of it was read a moment before the rest. */
export const isPixelAwaited = ({
  facts,
  publish,
}: Pick<Publication, "publish"> & { readonly facts: { readonly webPixelOn: boolean } }): boolean =>
  publish.problem === null && !facts.webPixelOn;
