import type { ShopDomain } from "./event-id.ts";
import type { MeasurementRules } from "./purchase.ts";

/** `placed`: every order counts at once. `paid`: an order counts when it is authorized or paid. */
export type PurchaseTrigger = "placed" | "paid";
/** Which extension reports storefront events, so that one event never comes from two places. */
export type StorefrontMode = "pixel" | "embed";

/**
 * What the browser legs may know: published to the web pixel's settings and to an app-data metafield, readable by
 * anyone who opens the shop. Never a token.
 */
export type PublishedSettings = MeasurementRules & {
  readonly shop: ShopDomain;
  /** The settings version, so that every event can name the settings that made it. */
  readonly version: number;
  /** The collector, `https://<app>/collect/<ingest key>`. */
  readonly collectUrl: string;
  /** Meta pixel (dataset) ids, in the order the merchant connected them. */
  readonly pixelIds: readonly string[];
  readonly storefrontMode: StorefrontMode;
  readonly purchaseTrigger: PurchaseTrigger;
};
