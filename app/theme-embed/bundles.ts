import type { Fields } from "../event-contract/json.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import type { PublishedSettings } from "../event-contract/published-settings.ts";
import type { Report } from "./reporter.ts";
import type { ShownItem, ShownPage } from "./shown-page.ts";

// The embed comes in four files, so that a page gets only what it needs: `embed` always, `report` where the embed has
// something to report, `cart` beside it where that is the storefront, `extras` on the few pages that need it. Each is a
// file of the theme extension.

/** The addresses of the other files, which the app block writes to the first one's script element. */
export type AssetUrls = {
  readonly report?: string | undefined;
  readonly cart?: string | undefined;
  readonly extras?: string | undefined;
};

/** A visitor who agreed to marketing, and the ids as their cookies have them at the moment of asking. */
export type Visitor = { readonly signal: ConsentSignal; readonly ids: () => BrowserIds };

/** What the first file tells the second. */
export type Start = { readonly settings: PublishedSettings; readonly assets: AssetUrls };

/** What the first file sees happen, told to the second. Whatever nobody agreed to is dropped there, never kept. */
export type Reporting = {
  /** Null: the visitor does not allow it any more. The first visitor has the page reported. */
  readonly setVisitor: (visitor: Visitor | null) => void;
  readonly added: (addition: Addition) => void;
  readonly chosen: (variantId: string) => void;
  readonly searched: (query: unknown) => void;
  /** The page came back from the browser's cache. */
  readonly returned: () => void;
};
/** One addition to the cart: `item` as the cart's answer describes it, null where only the variant is known. */
export type Addition = { readonly variantId: string; readonly quantity: number; readonly item: ShownItem | null };

/** What a page does to the cart, as the first file sees it. */
export type CartSighting = {
  /** `event`, `form`, or what a request does: `add`, `update`, `change`, `clear`; undefined where it only reads. */
  readonly kind: string | undefined;
  /** The event, the form's fields, or the request's body in any form, or a promise of it. */
  readonly body: unknown;
  /** A request's: null where the shop refuses, rejected where it cannot be read. */
  readonly answer: Promise<Fields | null> | null;
  /** The order in which the page began what is seen. */
  readonly position: number;
};
/** Gets every sighting in turn, and null where some were missed. */
export type CartReader = (sighting: CartSighting | null) => void;
export type CartAsset = { readonly readCart: (report: (addition: Addition) => void) => CartReader };

export type ReportAsset = { readonly startReporting: (start: Start) => Reporting };

/** What the second file tells the third. */
export type ReportingContext = {
  readonly settings: PublishedSettings;
  readonly page: ShownPage;
  readonly report: Report;
  /** The ids of what was reported from this page so far. */
  readonly sentIds: ReadonlySet<string>;
};
export type ExtrasAsset = { readonly lookCloser: (context: ReportingContext) => void };

/** The form that was sent last and is not reported yet: Shopify's type of it, a comma, and what a rule reports it as. */
export const SENT_FORM = "tandem.form";
/** The day on which this browser last looked for other senders of the shop's pixels. */
export const LOOKED_ON = "tandem.looked";
