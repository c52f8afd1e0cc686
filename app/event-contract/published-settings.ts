import type { ShopDomain } from "./event-id.ts";
import type { EventName, SentName } from "./event-name.ts";
import { fieldsOfText } from "./json.ts";
import type { MeasurementRules } from "./purchase.ts";

/**
 * `placed`: every order counts at once. `paid`: an order counts when it is authorized or paid. The browser needs no
 * other triggers: if an order counts after checkout, its Purchase has no browser leg (published-settings-of).
 */
export type PublishedTrigger = "placed" | "paid";
/**
 * Which extension reports storefront events, so that each event has one sender: the web pixel, or the theme embed. In
 * mode `embed`, the embed passes events to Meta's own script; in `lite`, it sends them itself and never loads that
 * script.
 */
export type StorefrontMode = "pixel" | "embed" | "lite";

/** The events that a pixel takes. */
export type PublishedPixelFilter = {
  /** Two upper-case letters each; null for all countries, including an unknown one. */
  readonly countries: readonly string[] | null;
  readonly eventsOff: readonly EventName[];
};

/** A pixel as published to the browser. */
export type PublishedPixel = PublishedPixelFilter & { readonly id: string };

/** How an action is reported. */
export type PublishedEvent = {
  /** The event name on both legs. */
  readonly as: SentName;
  /** True for names that are not Meta's: fbq needs `trackSingleCustom` for them. */
  readonly custom: boolean;
  /** False if only the server sends it. */
  readonly browser: boolean;
};

/** The events that a form may be reported as. */
export type FormEvent = "Lead" | "Contact" | "CompleteRegistration";

/** The first rule that matches a form decides; a form without one is reported by Tandem's defaults. */
export type PublishedFormRule = {
  /** Shopify's own `form_type` (`contact`, `customer`, `create_customer`) or a CSS selector. */
  readonly form: string;
  /** `none`: not reported. */
  readonly as: FormEvent | "none";
};

/**
 * The settings for the browser legs, published to the web pixel's settings and to an app-data metafield. Anyone who
 * opens the shop can read them, so they never contain a token.
 */
export type PublishedSettings = MeasurementRules & {
  readonly format: typeof PUBLISHED_FORMAT;
  readonly shop: ShopDomain;
  /** The settings version; every event names it. */
  readonly version: number;
  /** The collector, `https://<app>/collect/<ingest key>`. */
  readonly collectUrl: string;
  /** Meta pixels (datasets) that take storefront events, in the order in which the merchant connected them. */
  readonly pixels: readonly PublishedPixel[];
  /** The actions to report; other actions are not. */
  readonly events: Readonly<Partial<Record<EventName, PublishedEvent>>>;
  readonly storefrontMode: StorefrontMode;
  readonly purchaseTrigger: PublishedTrigger;
  /** Whether a Purchase says that its customer is new or returning. */
  readonly customerSegmentation?: boolean;
  readonly forms?: readonly PublishedFormRule[];
};

/**
 * The version of this format. A storefront may run an older or newer script than the one that matches the published
 * settings; such a script sends nothing, because it could make the two legs disagree.
 */
export const PUBLISHED_FORMAT = 2;

/**
 * Reads the settings' JSON, as given to the web pixel (`settings.config`) and the embed (metafield); null for another
 * format.
 */
export function parsePublishedSettings(text: unknown): PublishedSettings | null {
  const fields = fieldsOfText(text);
  // Only the app can write them, and it always writes all fields (published-settings-of), so checking the format is
  // enough.
  return fields?.["format"] === PUBLISHED_FORMAT ? (fields as PublishedSettings) : null;
}
