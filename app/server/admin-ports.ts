import type { Role } from "../access/roles.ts";
import type { StageOutcome } from "../leads/types.ts";
import type { MadeKey } from "../leads/api-keys.server.ts";
import type { HookMapping } from "../leads/hooks/mapping-schema.ts";
import type { CsvPart } from "../leads/read-csv-part.server.ts";
import type { FileProblem, ImportedPart, Preview } from "../pipeline/import-part.server.ts";
import type { HookPreset } from "../leads/hooks/types.ts";
import type { ConnectedCrm, CrmInput } from "../pipeline/connect-crm.server.ts";
import type { TriedCrmMapping } from "../pipeline/crm-mapping.ts";
import type { HookChange, LeadSetup, LeadsQuery, LeadsView, LeadView, StageByHand } from "./lead-port-types.ts";
import type { AccessRecord, Change, StaffMember, SubjectFacts } from "../access/types.ts";
import type { CostState } from "../costs/types.ts";
import type { Result } from "../event-contract/result.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventConditions } from "../ledger/event-conditions.server.ts";
import type {
  EventAt,
  EventDetail,
  EventPage,
  OrderDetail,
  OrderEvent,
  ReconcileState,
  SetupFacts,
} from "../ledger/types.ts";
import type { DailyFigure, Day, OpenEvents, Outcome, SettingsMark } from "../ledger/daily-figure-types.ts";
import type { DataRequest } from "../privacy/types.ts";
import type { Superseded } from "../settings/settings-clash.ts";
import type { OneVersion, VersionPage } from "../settings/list-versions.server.ts";
import type { FilterInput } from "../settings/pixel-filter.ts";
import type { OrderNow } from "../pipeline/order-now.ts";
import type { AgainWish, SentAgain } from "../pipeline/send-again.ts";
import type { Followed } from "./followed-work.server.ts";
import type { TestPurchaseSent, TestPurchaseWish } from "../pipeline/send-test-purchase.ts";
import type { TestEvent } from "../ledger/test-event-types.ts";
import type { ParsedInput, Pixel, PixelId, FieldProblem, PublishState, ShopProfile } from "../settings/types.ts";
import type { Rehearsed } from "../dry-run/rehearsed-in-time.ts";
import type { DryRun, DryRunInput, latestOrderValues } from "../dry-run/dry-run.ts";

export type SetupView = {
  readonly profile: ShopProfile;
  readonly facts: SetupFacts;
  readonly publish: PublishState;
  /** How many items have a known cost, for net revenue. */
  readonly costs: CostState;
  /** The last comparison with the shop's orders; null before the first. */
  readonly reconciliation: ReconcileState | null;
  /** Files for customers who asked for their data that nobody has downloaded yet. */
  readonly filesToDownload: number;
};

/** What Home shows. Nothing of it is counted from events, but for the few that are open. */
export type HomeView = SetupView & {
  readonly now: Date;
  /** The shop's. */
  readonly today: Day;
  /** Of the days that were asked for, today the last of them. */
  readonly figures: readonly DailyFigure[];
  readonly open: OpenEvents;
  /** Whether the events from before there were figures are all counted. */
  readonly isCounted: boolean;
  readonly settingsMarks: readonly SettingsMark[];
};

export type SettingsSaved =
  /** Not published yet: `PublishState` says how that stands. */
  | { readonly kind: "saved"; readonly version: number }
  | Superseded
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] };

/** `connected`: stored, and being checked (`checkPixel` says how that stands). */
export type PixelConnected =
  | { readonly kind: "connected"; readonly pixelId: PixelId }
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] };

export type PixelFiltered =
  | { readonly kind: "no-such-pixel" }
  | { readonly kind: "saved" }
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] };

/**
 * `refused`: the pixel is blocked from now on, and the problem is at the field of the form that is wrong. `unreachable`
 * and `unclear` change nothing. `no-such-pixel`: this shop has no such pixel with a token; another shop may.
 */
export type PixelChecked =
  | { readonly kind: "checked"; readonly answer: "valid" | "unreachable" | "unclear" }
  | { readonly kind: "checked"; readonly answer: "refused"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "no-such-pixel" };

/** `no-such-pixel`: this shop has no such pixel; another shop may. */
export type PixelChanged = "changed" | "no-such-pixel";

/** `last-owner`: a shop keeps at least one owner. `no-such-person`: nobody with this user ID has opened the app. */
export type RoleChanged = "changed" | "last-owner" | "no-such-person";

export type LatestOrderValues = NonNullable<Awaited<ReturnType<typeof latestOrderValues>>>;

/** The fields of the form that connects a pixel, by their names: `pixelId` is Meta's number. */
export type PixelInput = {
  readonly pixelId: string;
  readonly token: string;
  readonly testEventCode: string;
  /** The choice of settings that a shop's first pixel is connected with. */
  readonly purchaseTrigger?: string;
  readonly triggerTag?: string;
};

/** What the Test page shows. */
export type TestView = {
  readonly pixels: readonly Pixel[];
  /** Of the last hour. */
  readonly events: readonly TestEvent[];
  /** For the form that sends a test Purchase: the same key makes the same event. */
  readonly purchaseKey: string;
};

/** From the beginning of a day in the shop's time zone until now: of today, or of as many days. */
export type EventPeriod = "today" | "7" | "30" | "90";

export type EventQuery = Omit<EventConditions, "from" | "pixel"> & {
  readonly cursor?: string;
  readonly period?: EventPeriod;
  /** Meta's number of it, or its own ID. */
  readonly pixel?: string;
  /** An order's ID or name (with or without #), an event's ID, or the trace ID of one of Meta's answers. */
  readonly search?: string;
};

/** Of events that have ended or wait for their payment: the others have no outcome yet. */
export type EventTotals = {
  readonly events: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly events: number }[];
};

/** `problem`: nothing of the file can be read. */
type FileAnswer<Value> = Result<Value, { readonly problem: FileProblem }>;

/**
 * Everything that the embedded admin's pages may use of the app. Pages get it through Remix's load context, so that the
 * Remix bundle contains no second copy of the database. Outages throw; everything else is a value.
 */
export type AdminPorts = {
  /** A signed-in user opened a page: the app is installed, and its state at Shopify should be checked. */
  visited(shop: ShopDomain): Promise<void>;
  setup(shop: ShopDomain): Promise<SetupView>;
  /** With the figures of so many days, today included. */
  home(shop: ShopDomain, days: number): Promise<HomeView>;
  /** The shop's IANA time zone; UTC until Shopify has named it. */
  timeZone(shop: ShopDomain): Promise<string>;
  /**
   * Field names are the keys of `Settings` and of the mapping (parse-event-mapping). The new version names who saved it.
   * `seenVersion`, if given, is the version that the form was filled in from.
   */
  saveSettings(shop: ShopDomain, input: Readonly<Record<string, string>>): Promise<SettingsSaved>;
  /** The saved versions below a number, newest first; null: from the newest. */
  settingsVersions(shop: ShopDomain, below: number | null): Promise<VersionPage>;
  /** Null: the shop has no such version. */
  settingsVersion(shop: ShopDomain, version: number): Promise<OneVersion | null>;
  /** What a save of this input would have changed about the last days; null if it cannot be saved. Requests nothing. */
  rehearse(shop: ShopDomain, input: Readonly<Record<string, string>>): Promise<Rehearsed | null>;
  /** The same for going back; null: the shop has no such version. */
  rehearseGoingBack(shop: ShopDomain, version: number): Promise<Rehearsed | null>;
  /** Saves the choices of an earlier version as a new one. `seenVersion`: the newest that its author saw. */
  goBackTo(
    shop: ShopDomain,
    version: number,
    seenVersion: number,
  ): Promise<Exclude<SettingsSaved, { kind: "invalid" }> | "no-such-version">;
  /**
   * Stores the pair and has Meta asked about it, without waiting for the answer: for a merchant's action only. An empty
   * token keeps the stored one.
   */
  connectPixel(shop: ShopDomain, input: PixelInput): Promise<PixelConnected>;
  /**
   * Asks Meta whether a connected pixel's token is right, so call it only for a merchant's action. Does not make the
   * request wait: asked again, it says how that stands.
   */
  checkPixel(shop: ShopDomain, pixelId: PixelId): Promise<Followed<PixelChecked>>;
  setPixelState(shop: ShopDomain, pixelId: PixelId, state: "active" | "paused"): Promise<PixelChanged>;
  tests(shop: ShopDomain): Promise<TestView>;
  /** The test events as they change, as server-sent events; null: too many are open. */
  testStream(shop: ShopDomain): Promise<ReadableStream<Uint8Array> | null>;
  /** Sends a Purchase of nobody's to the pixels with a test event code. */
  sendTestPurchase(shop: ShopDomain, wish: Omit<TestPurchaseWish, "shop">): Promise<TestPurchaseSent>;
  removeTestCode(shop: ShopDomain, pixelId: PixelId): Promise<PixelChanged>;
  /** Limits which events one pixel gets. */
  filterPixel(shop: ShopDomain, metaPixelId: string, input: FilterInput): Promise<PixelFiltered>;
  disconnectPixel(shop: ShopDomain, metaPixelId: string): Promise<PixelChanged>;
  /** Newest first. */
  events(shop: ShopDomain, query: EventQuery): Promise<EventPage>;
  /** How many events a query means; null if the daily figures cannot tell. Counts no rows. */
  eventTotals(shop: ShopDomain, query: EventQuery): Promise<EventTotals | null>;
  /** The events of a query as the lines of a CSV file, read as they are taken. */
  exportEvents(shop: ShopDomain, query: EventQuery): Promise<AsyncIterable<string>>;
  /** Meta's numbers of the shop's pixels. */
  metaPixelIds(shop: ShopDomain): Promise<readonly string[]>;
  /** An order with its events in detail, without customers' details for people who may not see them. Null: no such order. */
  order(shop: ShopDomain, orderId: OrderId): Promise<OrderDetail | null>;
  /** The orders, two at most, that have this ID or this name. */
  findOrders(shop: ShopDomain, text: string): Promise<readonly OrderId[]>;
  /** An order's events, oldest first; empty if this shop has none of that order. */
  orderEvents(shop: ShopDomain, orderId: OrderId): Promise<readonly OrderEvent[]>;
  /** The order's events as they would be decided now. Reads the order from Shopify without making the request wait. */
  orderNow(shop: ShopDomain, orderId: OrderId): Promise<Followed<OrderNow>>;
  /** Queues an ended event once more, where that is safe. Asked again, it says how that stands. */
  sendAgain(shop: ShopDomain, wish: Omit<AgainWish, "shop" | "by">): Promise<Followed<SentAgain>>;
  /** The events that an order would send; nothing is stored or sent. Asked again, it says how reading the order stands. */
  dryRun(shop: ShopDomain, input: DryRunInput): Promise<Followed<DryRun>>;
  /** The value of the shop's last order by each basis; null if it is unavailable. Read in the same way. */
  latestOrderValues(shop: ShopDomain): Promise<Followed<LatestOrderValues | null>>;
  /** Newest first. */
  dataRequests(shop: ShopDomain): Promise<readonly DataRequest[]>;
  /** The file; records the download. Null if this shop has no such file. */
  dataRequestFile(shop: ShopDomain, requestId: string): Promise<string | null>;
  /** Without customers' details for people who may not see them. */
  event(shop: ShopDomain, key: EventAt): Promise<EventDetail | null>;
  /** Leads, newest first, with counts by stage, and the reports that changed nothing. */
  leads(shop: ShopDomain, query: LeadsQuery): Promise<LeadsView>;
  /** Without what is the person's for people who may not see customers. Null: no such lead. */
  lead(shop: ShopDomain, leadId: string): Promise<LeadView | null>;
  /** Takes a lead to a stage by the rules that every report is held against. */
  reportStage(shop: ShopDomain, report: StageByHand): Promise<StageOutcome>;
  /** Deletes a lead and what else there is of its person. False: no such lead. */
  deleteLead(shop: ShopDomain, leadId: string): Promise<boolean>;
  leadSetup(shop: ShopDomain): Promise<LeadSetup>;
  /** The key can be read this once. */
  makeApiKey(shop: ShopDomain, name: string): Promise<MadeKey>;
  /** Null: no such key. */
  rotateApiKey(shop: ShopDomain, id: string, overlapHours: number): Promise<MadeKey | null>;
  revokeApiKey(shop: ShopDomain, id: string): Promise<boolean>;
  /** Reads an example with a mapping. Stores and sends nothing. */
  tryCrmMapping(preset: HookPreset, input: CrmInput): Promise<ParsedInput<TriedCrmMapping>>;
  connectCrm(shop: ShopDomain, input: CrmInput): Promise<ParsedInput<ConnectedCrm>>;
  remapCrm(shop: ShopDomain, id: string, input: CrmInput): Promise<HookChange>;
  renewCrmSecret(shop: ShopDomain, id: string, given: string): Promise<HookChange>;
  revokeCrm(shop: ShopDomain, id: string): Promise<boolean>;
  /** The first rows of a CSV file, and what the mapping reads in them. Stores and sends nothing. */
  previewLeadRows(part: CsvPart, mapping: HookMapping | null): Promise<FileAnswer<Preview>>;
  /** Reports the rows of a part of a CSV file. Sent again, it changes nothing. */
  importLeadRows(shop: ShopDomain, part: CsvPart, mapping: HookMapping): Promise<FileAnswer<ImportedPart>>;
  /** Everybody who has opened the app, the first one first. */
  staff(shop: ShopDomain): Promise<readonly StaffMember[]>;
  setRole(shop: ShopDomain, userId: string, role: Role): Promise<RoleChanged>;
  /** Who changed what and who saw what, newest first; and what the shop has of the subjects of such records. */
  changes(shop: ShopDomain): Promise<readonly Change[]>;
  accessRecords(shop: ShopDomain): Promise<readonly AccessRecord[]>;
  subjectFacts(shop: ShopDomain, stored: readonly string[]): Promise<SubjectFacts>;
  /** The same two lists as CSV, and longer. */
  exportChanges(shop: ShopDomain): Promise<string>;
  exportAccessRecords(shop: ShopDomain): Promise<string>;
};
