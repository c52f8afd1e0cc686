import { applyConsent, decideConsent } from "../consent/decide-consent.ts";
import { sendableUntil } from "../delivery/retry-schedule.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { problemForMeta } from "../normalize/pre-checks.ts";
import { withReceipt } from "../normalize/with-receipt.ts";
import type { Decision, Undecided } from "../outbox/types.ts";
import type { DestinationId, ShopProfile } from "../settings/types.ts";
import { renamed, routeOf } from "./route-event.ts";

export type DecideDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  readonly takeUndecided: (shop: ShopDomain, limit: number, now: Date) => Promise<readonly Undecided[]>;
  readonly decide: (decisions: readonly Decision[], now: Date) => Promise<void>;
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
    const decisions = undecided.map((event) => decisionFor(event, profile, now));
    await deps.decide(decisions, now);
    for (const decision of decisions) if (decision.kind === "send") decision.to.forEach((id) => given.add(id));
    if (undecided.length < AT_ONCE) return given;
  }
}

/** Consent decides before anything else; then the event needs a pixel that may take it. */
export function decisionFor(event: Undecided, profile: ShopProfile, now: Date): Decision {
  const key = { shop: event.shop, eventName: event.eventName, eventId: event.eventId };
  if (!profile.installed) return { kind: "withhold", key, reason: "app-uninstalled", consent: null };

  const consent = decideConsent({
    signal: event.receipt?.signal ?? event.signal,
    region: event.region,
    origin: event.origin,
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
