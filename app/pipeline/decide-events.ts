import {
  applyConsent,
  type ConsentQuestion,
  type CustomerOptOut,
  decideConsent,
  latestSignal,
} from "../consent/decide-consent.ts";
import { offersSaleOptOut } from "../consent/region-policy.ts";
import type { ConsentPolicy, ConsentReceipt, NoAnswerRule } from "../consent/types.ts";
import { sendableUntil } from "../meta/retry-schedule.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { Money } from "../event-contract/money.ts";
import { problemForMeta } from "../normalize/pre-checks.ts";
import { withReceipt } from "../normalize/with-receipt.ts";
import type { Decision, Undecided } from "../outbox/types.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";
import { buyerReceipt } from "./buyer-receipt.ts";
import { renamed, routeOf } from "./route-event.ts";
import { type AskUnitCosts, costsOfSold, withNetRevenue } from "./add-net-revenue.ts";

/** What a decision depends on besides the event and its shop. */
export type DecisionDeps = {
  /** The shop's own policy, or null until it has been read from Shopify. */
  readonly consentPolicy: (shop: ShopDomain) => Promise<ConsentPolicy | null>;
  /** Whether the orders' customers opted out of the sale of their data; an order missing from the result is unknown. */
  readonly optOuts: (shop: ShopDomain, orders: readonly OrderId[]) => Promise<ReadonlyMap<OrderId, boolean>>;
  readonly unitCosts: AskUnitCosts;
  readonly now: () => Date;
};

export type DecideDeps = DecisionDeps & {
  /** Null for a shop that was erased meanwhile, together with its events. */
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
  readonly takeUndecided: (shop: ShopDomain, limit: number, now: Date) => Promise<readonly Undecided[]>;
  readonly decide: (decisions: readonly Decision[], now: Date) => Promise<void>;
};

const AT_ONCE = 500;

/**
 * Joins the shop's due events with their browser receipts and decides them: first consent, then the route. Returns the
 * pixels that have something to send.
 */
export async function decideEvents(shop: ShopDomain, deps: DecideDeps): Promise<ReadonlySet<PixelId>> {
  const given = new Set<PixelId>();
  for (;;) {
    const now = deps.now();
    const taken = await deps.takeUndecided(shop, AT_ONCE, now);
    if (taken.length === 0) return given;
    const profile = await deps.profile(shop);
    if (profile === null) return given;
    const decisions = await decisionsFor(taken, profile, { ...deps, now: () => now });
    await deps.decide(decisions, now);
    for (const decision of decisions) if (decision.kind === "send") decision.to.forEach((id) => given.add(id));
    if (taken.length < AT_ONCE) return given;
  }
}

/** One shop's events, each joined with its browser receipt and decided. Stores nothing. */
export async function decisionsFor(
  events: readonly Undecided[],
  profile: ShopProfile,
  deps: DecisionDeps,
): Promise<readonly Decision[]> {
  const { shop } = profile;
  const now = deps.now();
  const undecided = events.map((event) => ({ ...event, receipt: buyerReceipt(event, profile) }));
  const policy = await deps.consentPolicy(shop);
  const noAnswer = noAnswerOf(profile);
  const optOutOf = await askOptOuts(undecided, { now, policy, noAnswer }, (orders) => deps.optOuts(shop, orders));
  const costs = await costsOfSold(undecided, profile, { now, ask: deps.unitCosts });
  return undecided.map((event) => decisionFor(event, profile, { now, policy, optedOut: optOutOf(event), costs }));
}

/**
 * Queries Shopify only about orders whose customer may have opted out and whose decision depends on it: most shops and
 * regions cause no request.
 */
async function askOptOuts(
  events: readonly Undecided[],
  known: Pick<ConsentQuestion, "now" | "policy" | "noAnswer">,
  ask: (orders: readonly OrderId[]) => Promise<ReadonlyMap<OrderId, boolean>>,
): Promise<(event: Undecided) => CustomerOptOut> {
  const doubtful = (event: Undecided): OrderId | null =>
    event.body.user_data.external_id !== undefined &&
    offersSaleOptOut(event.region, known.policy) &&
    consentFor(event, { ...known, optedOut: false }).decision === "send"
      ? event.orderId
      : null;
  const orderOf = new Map(events.map((event) => [event, doubtful(event)]));
  const orders = new Set([...orderOf.values()].filter((order) => order !== null));
  const answers = orders.size > 0 ? await ask([...orders]) : new Map<OrderId, boolean>();
  return (event) => {
    const order = orderOf.get(event) ?? null;
    return order === null ? false : (answers.get(order) ?? "unknown");
  };
}

/** Facts at the time of the decision besides the event and its shop. */
export type Moment = {
  readonly now: Date;
  readonly policy: ConsentPolicy | null;
  readonly optedOut: CustomerOptOut;
  /** By variant; absent: costs were not requested. */
  readonly costs?: ReadonlyMap<string, Money> | undefined;
};

type Known = Pick<ConsentQuestion, "now" | "policy" | "noAnswer" | "optedOut">;

const consentFor = ({ receipt, signal, region, origin }: Undecided, known: Known): ConsentReceipt =>
  decideConsent({ signal: latestSignal(receipt?.signal ?? null, signal), region, origin, ...known });

const noAnswerOf = ({ settings }: ShopProfile): NoAnswerRule => settings.noAnswer ?? "as-policy";

/** Consent is checked before anything else; then the event needs a pixel that takes it. */
export function decisionFor(event: Undecided, profile: ShopProfile, moment: Moment): Decision {
  const key = { shop: event.shop, eventName: event.eventName, eventId: event.eventId };
  if (!profile.installed) return { kind: "withhold", key, reason: "app-uninstalled", consent: null };

  const consent = consentFor(event, { ...moment, noAnswer: noAnswerOf(profile) });
  if (consent.decision === "withhold") return { kind: "withhold", key, reason: `consent-${consent.rule}`, consent };

  // Joined first: a receipt may show that an order was placed on the website, which other pixels may take.
  const joined = event.receipt === null ? event.body : withReceipt(event.body, event.receipt);
  const route = routeOf({ ...event, body: joined }, profile);
  if (route.kind === "nowhere") return { kind: "withhold", key, reason: route.reason, consent };

  const allowed = applyConsent(joined, consent);
  const { now } = moment;
  const refused = problemForMeta(allowed, {
    now,
    sendableUntil: sendableUntil(allowed.event_time, allowed.action_source),
  });
  if (refused !== null) return { kind: "withhold", ending: "refused", key, reason: refused, consent };
  const { body, ...netRevenue } = withNetRevenue(allowed, event, { ...profile.settings, costs: moment.costs });
  return { kind: "send", key, body: renamed(body, route.as, profile), consent, to: route.to, ...netRevenue };
}
