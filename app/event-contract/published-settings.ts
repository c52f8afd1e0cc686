import type { ShopDomain } from "./event-id.ts";
import type { EventName, SentName } from "./event-name.ts";
import { fieldsOfText } from "./json.ts";
import type { MeasurementRules } from "./purchase.ts";

/** `placed`: every order counts at once. `paid`: an order counts when it is authorized or paid. */
export type PurchaseTrigger = "placed" | "paid";
/**
 * Which extension reports storefront events, so that one event never comes from two places: the web pixel, or the theme
 * embed. The embed hands them to Meta's own script (`embed`), or sends them itself and never loads that (`lite`).
 */
export type StorefrontMode = "pixel" | "embed" | "lite";

/** What one pixel takes. */
export type PixelFilter = {
  /** Two letters each, upper case; null for every country, an unknown one too. */
  readonly countries: readonly string[] | null;
  readonly eventsOff: readonly EventName[];
};

/** A pixel as the browser knows it. */
export type PublishedPixel = PixelFilter & { readonly id: string };

/** How one action is reported. */
export type PublishedEvent = {
  /** The name it is sent under, on both legs. */
  readonly as: SentName;
  /** True for names that Meta does not know: fbq needs `trackSingleCustom` for them. */
  readonly custom: boolean;
  /** False where the server alone sends it. */
  readonly browser: boolean;
};

/** What a form may be reported as. */
export type FormEvent = "Lead" | "Contact" | "CompleteRegistration";

/** The first rule that fits a form decides; one that no rule fits is reported as Tandem does by itself. */
export type PublishedFormRule = {
  /** Shopify's own `form_type` (`contact`, `customer`, `create_customer`) or a CSS selector. */
  readonly form: string;
  /** `none`: not at all. */
  readonly as: FormEvent | "none";
};

/**
 * What the browser legs may know: published to the web pixel's settings and to an app-data metafield, readable by
 * anyone who opens the shop. Never a token.
 */
export type PublishedSettings = MeasurementRules & {
  readonly format: typeof PUBLISHED_FORMAT;
  readonly shop: ShopDomain;
  /** The settings version, so that every event can name the settings that made it. */
  readonly version: number;
  /** The collector, `https://<app>/collect/<ingest key>`. */
  readonly collectUrl: string;
  /** Meta pixels (datasets) that take what happens on the storefront, in the order the merchant connected them. */
  readonly pixels: readonly PublishedPixel[];
  /** The actions to report; one that is not here is left alone. */
  readonly events: Readonly<Partial<Record<EventName, PublishedEvent>>>;
  readonly storefrontMode: StorefrontMode;
  readonly purchaseTrigger: PurchaseTrigger;
  /** Whether a Purchase says that its customer is new or returning. */
  readonly customerSegmentation?: boolean;
  readonly forms?: readonly PublishedFormRule[];
};

/**
 * Counts how the settings are written. A storefront may run a script that is older or newer than what was published:
 * then it stays silent, because with half-understood settings the two legs would not say the same.
 */
export const PUBLISHED_FORMAT = 2;

/** Reads the settings' JSON as the web pixel (`settings.config`) and the embed (metafield) get it; null for another format. */
export function parsePublishedSettings(text: unknown): PublishedSettings | null {
  const fields = fieldsOfText(text);
  // Only the app can write them, and it writes them whole (published-settings-of), so the format vouches for the rest.
  return fields?.["format"] === PUBLISHED_FORMAT ? (fields as PublishedSettings) : null;
}
