import type { PublishedSettings } from "../event-contract/published-settings.ts";
import type { ShopProfile } from "./types.ts";

/**
 * What the browser legs are told, field by field: anybody who opens the shop can read it, so nothing goes along by accident.
 * A paused pixel is left out; a blocked one stays, for only its server leg needs the token.
 */
export const publishedSettingsOf = (
  { ingestKey, settings, destinations }: ShopProfile,
  appUrl: string,
): PublishedSettings => ({
  shop: settings.shop,
  version: settings.version,
  collectUrl: `${appUrl}/collect/${ingestKey}`,
  pixelIds: destinations
    .filter((destination) => destination.state !== "paused")
    .map((destination) => destination.pixelId),
  storefrontMode: settings.storefrontMode,
  purchaseTrigger: settings.purchaseTrigger,
  valueBasis: settings.valueBasis,
  contentId: settings.contentId,
  contentCountry: settings.contentCountry,
});
