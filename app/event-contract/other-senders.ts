/**
 * Other senders to a pixel of the shop, as the embed detects them. `facebook-channel`: Shopify's Facebook & Instagram
 * app; `theme-code`: a snippet in the theme; `tag-manager`: Google Tag Manager is on the page and nothing else explains
 * it; `conversions-api-gateway`: Meta's own gateway (OpenBridge) copies every browser event to the server.
 */
export const OTHER_SENDERS = [
  "facebook-channel",
  "theme-code",
  "tag-manager",
  "another-script",
  "conversions-api-gateway",
] as const;
export type OtherSender = (typeof OTHER_SENDERS)[number];

/** Something that sends to the pixel with this number of Meta's. */
export type FoundSender = { readonly metaPixelId: string; readonly sender: OtherSender };

/** The same as the embed posts it: `pixelId` is Meta's number, and the name stays for the scripts that are out. */
export type PostedSender = { readonly pixelId: string; readonly sender: OtherSender };

/** A collector post that is not an event: the senders that the embed detected, at most once a day per browser. */
export type SendersPost = { readonly senders: readonly PostedSender[] };
