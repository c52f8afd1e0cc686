import type { NoAnswerRule } from "../consent/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { EventName, SentName } from "../event-contract/event-name.ts";
import type { OrderSettings, PurchaseTrigger } from "../event-contract/order-settings.ts";
import type { FormEvent, StorefrontMode } from "../event-contract/published-settings.ts";
import type { MeasurementRules } from "../event-contract/purchase.ts";
import type { Result } from "../event-contract/result.ts";
import type { MetaAdvice, Problem } from "../wording/field-problem-words.ts";

/** Which legs of an action are sent. For actions that only orders report, `server` means the same as `both`. */
export type Legs = "both" | "browser" | "server" | "off";

export type EventRule = {
  readonly as: SentName;
  readonly legs: Legs;
  /** Its earlier names, the newest first: a browser with older settings may have used one of them. */
  readonly formerly: readonly SentName[];
};

/** How a shop reports its shoppers' actions. An action without a rule is sent under its own name on both legs. */
export type EventMapping = {
  /** The action that the merchant's campaigns optimize for. */
  readonly primary: EventName;
  readonly rules: Readonly<Partial<Record<EventName, EventRule>>>;
};

export type MappingWarning =
  | { readonly kind: "primary-without-value"; readonly action: EventName }
  | { readonly kind: "primary-off"; readonly action: EventName }
  | { readonly kind: "purchase-renamed"; readonly as: string }
  | { readonly kind: "one-leg"; readonly action: EventName; readonly legs: "browser" | "server" };

/** The event that one kind of form, or one particular form, is reported as. */
export type FormRule = {
  /**
   * `contact`, `newsletter` or `registration`: all of Shopify's own forms of that kind. Anything else: a CSS selector.
   */
  readonly form: string;
  readonly as: FormEvent | "none";
};

/** One stage of a lead, as the merchant defined it. */
export type FunnelStage = {
  /** Names the stage in reports: lower-case letters, digits and hyphens. */
  readonly key: string;
  /** As the merchant reads it; reports may use it too. */
  readonly name: string;
  /** The name of its event at Meta. */
  readonly event: SentName;
  /** `won` and `disqualified` end a lead; the others are steps towards `won`. */
  readonly kind: "open" | "won" | "disqualified";
  /** What the stage is worth, unless a report says otherwise; null: no value is sent. */
  readonly value: number | null;
  /** Of both amounts. */
  readonly currency: string | null;
  /** What a lead at this stage is expected to bring in all; null: not sent. */
  readonly predictedLtv: number | null;
  /** Whether the merchant's campaigns optimize for this stage. */
  readonly isPrimary: boolean;
  /** Whether later stages may be reached without this one. */
  readonly mayBeSkipped: boolean;
  /** A tag in Shopify that says of a customer that their lead is at this stage; absent or null: none. */
  readonly customerTag?: string | null;
};

/** The stages in order, the lead itself first. `disqualified` may follow any stage that does not end a lead. */
export type Funnel = {
  readonly stages: readonly FunnelStage[];
  /**
   * Consent of leads from Meta's Instant Forms, which no browser reports: `stated` with each lead, or `given` where the
   * merchant's forms ask for it.
   */
  readonly instantFormConsent: "stated" | "given";
  /** The customers' metafield whose value says at which stage a lead is, `custom.lead_stage`; absent or null: none. */
  readonly customerMetafield?: string | null;
};

/** What a merchant should know about a funnel before saving it. */
export type FunnelWarning =
  | { readonly kind: "no-primary" }
  | { readonly kind: "primary-is-the-lead"; readonly stage: string }
  | { readonly kind: "primary-without-value"; readonly stage: string }
  | { readonly kind: "newsletter-counts-as-lead"; readonly stage: string };

/** One version of a shop's settings. A save makes a new version; every event stores the version that made it. */
export type Settings = MeasurementRules & {
  readonly shop: ShopDomain;
  readonly version: number;
  readonly purchaseTrigger: PurchaseTrigger;
  readonly storefrontMode: StorefrontMode;
  /** How long an order's event waits for its receipt before it is decided without one. */
  readonly contextWaitSeconds: number;
  /** Absent: the shop's privacy settings apply. */
  readonly noAnswer?: NoAnswerRule;
  /** Absent: the merchant has not chosen. */
  readonly orders?: OrderSettings;
  /** Absent: every action is sent under its own name on both legs. */
  readonly mapping?: EventMapping;
  /** Absent or empty: Shopify's own forms are reported as `DEFAULT_FORM_EVENTS` says, other forms not at all. */
  readonly forms?: readonly FormRule[];
  /** Absent: the default stages. */
  readonly funnel?: Funnel;
};

export type PixelId = string;

/** `active` sends; `paused` by the merchant; `blocked` until the merchant fixes the cause (an invalid token). */
export type PixelState = "active" | "paused" | "blocked";

/** Where a sale or a visit happened, as far as routing distinguishes. */
export type SalesChannel = "online" | "pos" | "renewals" | "other";

/** Which of the shop's events a pixel gets. */
export type PixelFilter = {
  /** Two letters each, upper case; null for every country, including an unknown one. */
  readonly countries: readonly string[] | null;
  /** Null for every channel. */
  readonly channels: readonly SalesChannel[] | null;
  readonly eventsOff: readonly EventName[];
};

/** A Meta pixel (dataset) that a shop's events are sent to. Its token is stored sealed only. */
export type Pixel = PixelFilter & {
  readonly id: PixelId;
  readonly shop: ShopDomain;
  readonly metaPixelId: string;
  readonly hasToken: boolean;
  readonly testEventCode: string | null;
  readonly state: PixelState;
  readonly stateReason: string | null;
};

/** What the hot paths need of a shop, read in one query and cached for a moment. */
export type ShopProfile = {
  readonly shop: ShopDomain;
  readonly ingestKey: string;
  /** False after `app/uninstalled`: nothing is sent from then on. */
  readonly installed: boolean;
  readonly settings: Settings;
  readonly pixels: readonly Pixel[];
  /** IANA name, `Europe/Berlin`; null or absent until Shopify has named it. */
  readonly timeZone?: string | null;
  /** The hosts of the shop's pages by Shopify's word; null or absent until they have been read. */
  readonly hosts?: { readonly known: readonly string[]; readonly readAt: Date } | null;
};

/** What was last published to Shopify; a version older than the newest settings means "not published yet". */
export type PublishState = {
  readonly publishedVersion: number;
  readonly webPixelId: string | null;
  readonly problem: string | null;
};

/**
 * For the person who filled in the field: what is wrong, worded in their language where it is shown; or a sentence, which
 * is Meta's advice or comes from a place that has no codes.
 */
/** In no language: a sentence has its code, and the page that shows it its words. */
export type FieldProblem = { readonly field: string; readonly message: Problem | MetaAdvice };
export type ParsedInput<Value> = Result<Value, { readonly problems: readonly FieldProblem[] }>;
