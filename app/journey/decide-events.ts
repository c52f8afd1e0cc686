import { applyConsent, type CustomerOptOut, decideConsent, latestSignal } from "../consent/decide-consent.ts";
import { offersSaleOptOut } from "../consent/region-policy.ts";
import type { ConsentPolicy } from "../consent/types.ts";
import { sendableUntil } from "../delivery/retry-schedule.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { problemForMeta } from "../normalize/pre-checks.ts";
import { withReceipt } from "../normalize/with-receipt.ts";
import type { Decision, Undecided } from "../outbox/types.ts";
import type { DestinationId, ShopProfile } from "../settings/types.ts";
import { renamed, routeOf } from "./route-event.ts";

export type DecideDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  readonly takeUndecided: (shop: ShopDomain, limit: number, now: Date) => Promise<readonly Undecided[]>;
  readonly decide: (decisions: readonly Decision[], now: Date) => Promise<void>;
  /** The shop's own, or null until Shopify has told it. */
  readonly consentPolicy: (shop: ShopDomain) => Promise<ConsentPolicy | null>;
  /** Whether the orders' customers opted out of the sale of their data; an order that is not in the answer is unknown. */
  readonly optOuts: (shop: ShopDomain, orders: readonly OrderId[]) => Promise<ReadonlyMap<OrderId, boolean>>;
  readonly now: () => Date;
};

const AT_ONCE = 500;

/**
 * Joins the shop's due events with their browser receipts and decides them: consent first, then where they go.
 * Returns the pixels that were given something to send.
 */
export async function decideEvents(shop: ShopDomain, deps: DecideDeps): Promise<ReadonlySet<DestinationId>> {
  const given = new Set<DestinationId>();
  for (;;) {
    const now = deps.now();
    const undecided = await deps.takeUndecided(shop, AT_ONCE, now);
    if (undecided.length === 0) return given;
    const profile = await deps.profile(shop);
    const policy = await deps.consentPolicy(shop);
    const optOutOf = await askOptOuts(undecided, policy, (orders) => deps.optOuts(shop, orders));
    const decisions = undecided.map((event) => decisionFor(event, profile, { now, policy, optedOut: optOutOf(event) }));
    await deps.decide(decisions, now);
    for (const decision of decisions) if (decision.kind === "send") decision.to.forEach((id) => given.add(id));
    if (undecided.length < AT_ONCE) return given;
  }
}

/** Asks Shopify about those orders alone whose customers may have opted out: most shops and regions cost no request. */
async function askOptOuts(
  events: readonly Undecided[],
  policy: ConsentPolicy | null,
  ask: (orders: readonly OrderId[]) => Promise<ReadonlyMap<OrderId, boolean>>,
): Promise<(event: Undecided) => CustomerOptOut> {
  const mayHave = (event: Undecided): OrderId | null => (offersSaleOptOut(event.region, policy) ? event.orderId : null);
  const orders = new Set(events.map(mayHave).filter((order) => order !== null));
  const answers = orders.size > 0 ? await ask([...orders]) : new Map<OrderId, boolean>();
  return (event) => {
    const order = mayHave(event);
    return order === null ? false : (answers.get(order) ?? "unknown");
  };
}

/** What is known at the moment of the decision besides the event and its shop. */
export type Moment = {
  readonly now: Date;
  readonly policy: ConsentPolicy | null;
  readonly optedOut: CustomerOptOut;
};

/** Consent decides before anything else; then the event needs a pixel that may take it. */
export function decisionFor(event: Undecided, profile: ShopProfile, { now, policy, optedOut }: Moment): Decision {
  const key = { shop: event.shop, eventName: event.eventName, eventId: event.eventId };
  if (!profile.installed) return { kind: "withhold", key, reason: "app-uninstalled", consent: null };

  const consent = decideConsent({
    signal: latestSignal(event.receipt?.signal ?? null, event.signal),
    region: event.region,
    origin: event.origin,
    policy,
    optedOut,
    now,
  });
  if (consent.decision === "withhold") return { kind: "withhold", key, reason: `consent-${consent.rule}`, consent };

  const route = routeOf(event, profile);
  if (route.kind === "nowhere") return { kind: "withhold", key, reason: route.reason, consent };

  const joined = event.receipt === null ? event.body : withReceipt(event.body, event.receipt);
  const body = applyConsent(joined, consent);
  const refused = problemForMeta(body, { now, sendableUntil: sendableUntil(body.event_time, body.action_source) });
  if (refused !== null) return { kind: "withhold", ending: "refused", key, reason: refused, consent };
  return { kind: "send", key, body: renamed(body, route.as, profile), consent, to: route.to };
}
