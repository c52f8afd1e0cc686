export type Publication = {
  readonly profile: { readonly settings: { readonly version: number } };
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
};

/**
 * Whether the newest settings are being published to Shopify, after an installation or a save. A problem ends it until
 * the worker or the merchant tries again.
 */
export const isBeingPublished = ({ profile, publish }: Publication): boolean =>
  publish.problem === null && publish.publishedVersion < profile.settings.version;

/**
 * Whether the web pixel is still being created at Shopify, or a check with Shopify whether it still exists is due. The
 * page refreshes this slightly earlier than the rest.
 */
export const isPixelAwaited = ({
  facts,
  publish,
}: Pick<Publication, "publish"> & {
  readonly facts: { readonly webPixelOn: boolean; readonly webPixelInQuestion: boolean };
}): boolean => publish.problem === null && (!facts.webPixelOn || facts.webPixelInQuestion);
