import type { Fields } from "../event-contract/json.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import type { PublishedSettings } from "../event-contract/published-settings.ts";
import type { Report } from "./reporter.ts";
import type { ShownItem, ShownPage } from "./shown-page.ts";

// The embed has four files, so that a page loads only what it needs: `embed` on every page, `report` if the embed
// reports events, `cart` if it reports storefront events, `extras` on the few pages that need it. Each is an asset of
// the theme extension.

/** The URLs of the other files; the app block writes them to the first file's script element. */
export type AssetUrls = {
  readonly report: string;
  readonly cart: string;
  readonly extras: string;
};

/** A visitor who consented to marketing; `ids` returns the IDs that the cookies have at the time of the call. */
export type Visitor = { readonly signal: ConsentSignal; readonly ids: () => BrowserIds };

/** The first file's arguments to the second. */
export type Start = { readonly settings: PublishedSettings; readonly assets: AssetUrls };

/** Actions that the first file observes and passes to the second. Actions without consent are dropped, never stored. */
export type Reporting = {
  /** Null: the visitor withdrew consent. The first visitor triggers the report of the page. */
  readonly setVisitor: (visitor: Visitor | null) => void;
  readonly added: (addition: Addition) => void;
  readonly chosen: (variantId: string) => void;
  readonly searched: (query: unknown) => void;
  /** The browser restored the page from its back/forward cache. */
  readonly returned: () => void;
};
/** One addition to the cart. `item` comes from the cart's response; null if only the variant is known. */
export type Addition = { readonly variantId: string; readonly quantity: number; readonly item: ShownItem | null };

/** A change to the cart as the first file observes it. */
export type CartSighting = {
  /** `event`, `form`, or the request's action: `add`, `update`, `change`, `clear`; undefined if it only reads. */
  readonly kind: string | undefined;
  /** The event, the form's fields, or the request's body in any form, or a promise of it. */
  readonly body: unknown;
  /** A request's JSON response: null if the shop refuses, rejected if it cannot be read. */
  readonly answer: Promise<Fields | null> | null;
  /** The order in which the page started the observed actions. */
  readonly position: number;
};
/** Receives every sighting in order, and null if some were missed. */
export type CartReader = (sighting: CartSighting | null) => void;
export type CartAsset = { readonly readCart: (report: (addition: Addition) => void) => CartReader };

export type ReportAsset = { readonly startReporting: (start: Start) => Reporting };

/** The second file's arguments to the third. */
export type ReportingContext = {
  readonly settings: PublishedSettings;
  readonly page: ShownPage;
  readonly report: Report;
  /** The IDs of the events reported from this page so far. */
  readonly sentIds: ReadonlySet<string>;
};
export type ExtrasAsset = { readonly lookCloser: (context: ReportingContext) => void };

/**
 * Storage key of the last submitted form, not yet reported, with commas between: Shopify's form type, the event of its
 * rule, the hashes of email address and phone number, and the merchant's reference.
 */
export const SENT_FORM = "tandem.form";
/** Storage key of the campaign parameters, as they are in the URL, of the page on which the visit began. */
export const CAMPAIGN = "tandem.campaign";
/** Storage key of the day on which this browser last checked for other senders of the shop's pixels. */
export const LOOKED_ON = "tandem.looked";
