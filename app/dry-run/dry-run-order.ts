import { countsLater } from "../event-contract/order-settings.ts";
import type { ConsentPolicy } from "../consent/types.ts";
import { EVENT_NAMES, type EventName } from "../event-contract/event-name.ts";
import { fieldsOf } from "../event-contract/json.ts";
import type { ActionSource, MetaEvent } from "../event-contract/meta-event.ts";
import type { Money } from "../event-contract/money.ts";
import { hitQuery } from "../browser/meta-hit.ts";
import { type CustomData, type MeasurementRules, saleData, type ValueBasis } from "../event-contract/purchase.ts";
import { sourceUrl } from "../event-contract/source-url.ts";
import { parseLossless } from "../shopify/webhooks/lossless-json.ts";
import { parseOrder } from "../shopify/orders/parse-order.ts";
import type { Order } from "../shopify/types.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import { orderAtPayment } from "../normalize/order-at-payment.ts";
import { metAt_s } from "../normalize/counted-later.ts";
import { paidLaterAt_s } from "../normalize/paid-later.ts";
import { kindOf, type OrderKind } from "../normalize/order-kinds.ts";
import { ruleFor } from "../normalize/order-rules.ts";
import type { BrowserReceipt, Decision, NetRevenueNote, NewEvent, Undecided } from "../outbox/types.ts";
import { DEFAULT_MAPPING, eventRule, sendsFromBrowser } from "../settings/event-mapping.ts";
import type { ShopProfile } from "../settings/types.ts";
import { decisionFor } from "../pipeline/decide-events.ts";
import type { AssumedBrowser } from "./assumptions.ts";

/** `/tr` parameters, all as text. */
export type BrowserRequest = Readonly<Record<string, string>>;

/** The outcome of one event, and exactly what would be sent. */
export type EventDryRun = {
  readonly event: string;
  /** Where it happened. Absent: the payload is not an order. */
  readonly actionSource?: ActionSource;
  readonly state: "send" | "wait" | "withheld" | "refused";
  /** Why the event is not sent, or not yet. */
  readonly reason?: string;
  /** The rule that decided: a consent rule, one of the merchant's, or the trigger. */
  readonly rule?: string;
  /** One element of Graph's `data[]`; null if nothing would be sent. */
  readonly server: MetaEvent | null;
  readonly browser: BrowserRequest | null;
  /** Absent when net revenue is off. */
  readonly netRevenue?: NetRevenueNote | undefined;
};

/** An order's value by each basis that the merchant may choose. Decimal numbers in `currency`. */
export type OrderValues = Readonly<Record<ValueBasis, number>> & { readonly currency: string };

export type OrderDryRun = Omit<EventDryRun, "event"> & {
  readonly kind?: OrderKind;
  /** The order's value by each basis that the merchant may choose. */
  readonly values?: OrderValues;
  /** All events of the order, the Purchase first. */
  readonly events: readonly EventDryRun[];
};

export type DryRunGiven = {
  readonly profile: ShopProfile;
  /** Null: no browser reported the checkout in time. */
  readonly browser: AssumedBrowser | null;
  /** Null: each event is decided as of its own time, so that an old payload is not rejected as too old. */
  readonly now: Date | null;
  /** The shop's own privacy settings; without them the default region table applies. */
  readonly policy?: ConsentPolicy | null;
  /** Unit costs by variant; absent: no costs are known. */
  readonly costs?: ReadonlyMap<string, Money> | undefined;
};

/**
 * Decides an order with the live path's parser, rules, consent gate and pre-checks, without writing or sending
 * anything. A payload that is not an order is `refused`, with the field in the reason.
 */
export function dryRunOrder(payload: string, given: DryRunGiven): OrderDryRun {
  const parsed = parseOrder(unwrapped(payload));
  if (!parsed.ok) {
    const { code, detail } = parsed.problem;
    return { state: "refused", reason: `${code}: ${detail}`, rule: code, server: null, browser: null, events: [] };
  }
  const order = asCounted(parsed.value, given);
  const now = given.now ?? new Date(Math.max(...timesOf(order)) * 1000);
  const [purchase, ...others] = eventsFromOrder(order, given.profile, now).map((event) =>
    dryRunOf(event, order, given),
  );
  if (purchase === undefined) throw new Error("an order always has a Purchase");
  const { event: _name, ...first } = purchase;
  return {
    ...first,
    kind: kindOf(order).kind,
    values: valuesOf(order, given.profile.settings),
    events: [purchase, ...others],
  };
}

/** Without a ledger entry, the order's own data about its payment, parcels and tags decides. */
function asCounted(order: Order, { profile, now: given }: DryRunGiven): Order {
  const { settings } = profile;
  const now = given ?? new Date(lastChange_s(order) * 1000);
  const { purchaseTrigger: trigger } = settings;
  const occasion = { topic: "orders/paid", at_s: null };
  const at_s = countsLater(trigger)
    ? metAt_s(order, { occasion, settings, now })
    : paidLaterAt_s(order, occasion, { known: null, trigger });
  return at_s === null ? order : orderAtPayment(order, at_s);
}

const lastChange_s = ({ updatedAt_s, placedAt_s }: Order): number => updatedAt_s ?? placedAt_s;

const timesOf = ({ placedAt_s, countedLaterAt_s, refunds }: Order): readonly number[] => [
  countedLaterAt_s ?? placedAt_s,
  ...refunds.map(({ at_s }) => at_s),
];

/** Shows the effect of the basis, computed by the code that every event's value comes from. */
export function valuesOf(order: Order, rules: MeasurementRules): OrderValues {
  const by = (valueBasis: ValueBasis): number => saleData(order, { ...rules, valueBasis }).value ?? 0;
  return {
    currency: order.currency,
    total: by("total"),
    subtotal: by("subtotal"),
    subtotal_without_tax: by("subtotal_without_tax"),
  };
}

function dryRunOf(event: NewEvent, order: Order, given: DryRunGiven): EventDryRun {
  if (event.state === "withheld") return withheldAtOnce(event, order, given);
  const decision = decided(event, order, given);
  if (event.state === "waiting-for-payment") return waitingYet(event, decision, given);
  const nothing = { ...nothingOf(event), ...(decision.consent && { rule: decision.consent.rule }) };
  if (decision.kind === "withhold") {
    return { ...nothing, state: decision.ending ?? "withheld", reason: decision.reason };
  }
  const { body, netRevenue } = decision;
  const browser = hasBrowserLeg(event, given) ? browserRequest(decision, given.profile) : null;
  return { ...nothing, event: body.event_name, state: "send", server: body, browser, netRevenue };
}

/** What is sent once the order counts. */
const waitingYet = (event: NewEvent, decision: Decision, given: DryRunGiven): EventDryRun => ({
  ...nothingOf(event),
  state: "wait",
  ...(event.reason && { reason: event.reason }),
  rule: triggerRule(given),
  server: decision.kind === "send" ? decision.body : null,
});

const triggerRule = ({ profile }: DryRunGiven): string => `purchase-trigger-${profile.settings.purchaseTrigger}`;

const nothingOf = ({ body }: NewEvent) => ({
  event: body.event_name,
  actionSource: body.action_source,
  server: null,
  browser: null,
});

/** Events withheld by the order's own rules, before the consent decision. */
function withheldAtOnce(event: NewEvent, order: Order, { profile }: DryRunGiven): EventDryRun {
  const rule = ruleFor(order, profile.settings.orders?.rules ?? []);
  return {
    ...nothingOf(event),
    state: "withheld",
    ...(event.reason !== null && { reason: event.reason }),
    ...(rule?.action === "withhold" && { rule: `${rule.match} ${rule.value}` }),
  };
}

function decided(
  event: NewEvent,
  order: Order,
  { profile, browser, now, policy = null, costs }: DryRunGiven,
): Decision {
  const { body, shop, origin, region, signal } = event;
  const at = now ?? new Date(body.event_time * 1000);
  const receipt: BrowserReceipt | null = browser?.spoke
    ? { ...browser, ...pageOf(browser), orderId: order.id, eventId: body.event_id, data: body.custom_data }
    : null;
  const undecided: Undecided = {
    shop,
    origin,
    region,
    signal,
    body,
    receipt,
    browserLeg: receipt && receipt.leg,
    costBasis: event.costBasis,
    orderId: order.id,
    eventName: nameOf(event),
    eventId: body.event_id,
    createdAt: at,
  };
  return decisionFor(undecided, profile, { now: at, policy, optedOut: browser?.optedOut ?? false, costs });
}

const pageOf = ({ url, referrer }: AssumedBrowser) => ({ url: sourceUrl(url), referrer: sourceUrl(referrer) });

/** Until the decision, an event has its action's name. */
const nameOf = ({ body }: NewEvent): EventName => EVENT_NAMES.find((name) => name === body.event_name) ?? "Purchase";

// Only a website order's Purchase has a browser leg, and only if the checkout took the payment.
const hasBrowserLeg = (event: NewEvent, { browser, profile }: DryRunGiven): boolean =>
  nameOf(event) === "Purchase" &&
  event.body.action_source === "website" &&
  event.body.original_event_data === undefined &&
  browser?.leg.sent !== false &&
  !countsLater(profile.settings.purchaseTrigger) &&
  sendsFromBrowser(eventRule(profile.settings.mapping ?? DEFAULT_MAPPING, "Purchase"));

type Sent = Extract<Decision, { kind: "send" }>;

const SERVER_ONLY: readonly string[] = ["predicted_ltv", "delivery_category", "net_revenue"];

/** The request for the first pixel that takes the event; the others get the same. */
function browserRequest({ body, to: pixelIds }: Sent, { pixels }: ShopProfile): BrowserRequest {
  const data: CustomData = Object.fromEntries(
    Object.entries(body.custom_data).filter(([key]) => !SERVER_ONLY.includes(key)),
  );
  const query = hitQuery({
    to: pixels.find(({ id }) => pixelIds.includes(id))?.metaPixelId ?? "",
    as: body.event_name,
    id: body.event_id,
    at: body.event_time * 1000,
    url: body.event_source_url ?? null,
    referrer: body.referrer_url ?? null,
    fbp: body.user_data.fbp ?? null,
    fbc: body.user_data.fbc ?? null,
    limited: body.data_processing_options !== undefined,
    data,
  });
  return Object.fromEntries(new URLSearchParams(query));
}

/** The order inside a wrapper: an event bus's envelope, a documentation sample, an API response. */
function unwrapped(payload: string): string {
  let fields: Readonly<Record<string, unknown>> | null;
  try {
    fields = fieldsOf(parseLossless(payload));
  } catch {
    return payload;
  }
  if (!fields || "line_items" in fields) return payload;
  const inner = [fields["order"], fields["response"], fields["payload"], fieldsOf(fields["detail"])?.["payload"]];
  const order = inner.map(fieldsOf).find((wrapped) => wrapped !== null);
  return order ? JSON.stringify(order) : payload;
}
