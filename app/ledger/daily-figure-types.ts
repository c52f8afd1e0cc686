import type { EventName } from "../event-contract/event-name.ts";
import type { EventState } from "../outbox/types.ts";
import type { PixelId } from "../settings/types.ts";

/** A day of a shop's calendar: 2026-11-20. */
export type Day = string;

/** Both are included. */
export type Days = { readonly from: Day; readonly until: Day };

/** Open events (`joining`, `queued`) are in no figure: readOpen counts them. */
export type Outcome = Exclude<EventState, "joining" | "queued">;

/** Which legs reached Meta. `differing`: both, and they do not report the same. `browser`: the server leg was not sent. */
export type FigureLegs = "server" | "browser" | "both" | "differing" | "none";

export const COVERED_KEYS = ["em", "ph", "fbp", "fbc", "external_id", "ip", "ua"] as const;
export type CoveredKey = (typeof COVERED_KEYS)[number];

/** A sum over events, or over deliveries to one pixel. */
export type FigureSum = {
  readonly events: number;
  /** How many of the events that Meta accepted had this key. */
  readonly keys: Readonly<Record<CoveredKey, number>>;
  /** Of Purchases, in the currency of the figure. */
  readonly value: number;
  /** Delivered events by their delay (figure-delays.ts); empty if none was delivered. */
  readonly delays: readonly number[];
};

/** Events of one day that have everything else in common. */
export type DailyFigure = FigureSum & {
  readonly day: Day;
  readonly eventName: EventName;
  readonly outcome: Outcome;
  readonly reason: string | null;
  /** Null for a pixel's figures. */
  readonly legs: FigureLegs | null;
  /** Of Purchases. */
  readonly currency: string | null;
};

export type PixelFigure = DailyFigure & { readonly pixelId: PixelId };

/** What has not ended, counted now. */
export type OpenEvents = {
  /** Waiting for the browser's receipt. */
  readonly joining: number;
  /** Waiting for payment, delivery or tag. */
  readonly waiting: number;
  /** Purchases among them. `held`: at least one pixel cannot take it until the merchant acts. */
  readonly orders: { readonly onTheWay: number; readonly held: number };
  readonly deliveries: readonly {
    readonly pixelId: PixelId;
    readonly state: "queued" | "held";
    readonly events: number;
    readonly oldest: Date;
  }[];
};

/** A save of the settings: figures before and after it may not be comparable. */
export type SettingsMark = { readonly day: Day; readonly version: number };
