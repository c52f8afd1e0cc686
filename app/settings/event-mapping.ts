import { EVENT_NAMES, type EventName, ORDER_EVENT_NAMES, type SentName } from "../event-contract/event-name.ts";
import type { EventMapping, EventRule, MappingWarning } from "./types.ts";

export const DEFAULT_MAPPING: EventMapping = { primary: "Purchase", rules: {} };

export const eventRule = ({ rules }: EventMapping, action: EventName): EventRule =>
  rules[action] ?? { as: action, legs: "both", formerly: [] };

export const sendsFromBrowser = ({ legs }: EventRule): boolean => legs === "both" || legs === "browser";
export const sendsFromServer = ({ legs }: EventRule): boolean => legs === "both" || legs === "server";

/**
 * The server leg's event name: the one that the browser reports, if the shop has used that name, because Meta merges
 * two legs only under one name. A name that the shop never chose is ignored, because anyone can post to the collector.
 */
export function nameToSend(rule: EventRule, action: EventName, browserUsed: SentName | null): SentName {
  const known = [action, rule.as, ...rule.formerly];
  return known.find((name) => name === browserUsed) ?? rule.as;
}

const MOST_FORMER_NAMES = 5;

/** The new rules, with the names that they replace. */
export function rememberingNames(next: EventMapping, before: EventMapping): EventMapping {
  const rules = EVENT_NAMES.flatMap((action): [EventName, EventRule][] => {
    const rule = eventRule(next, action);
    const old = eventRule(before, action);
    const formerly = [old.as, ...old.formerly].filter((name) => name !== rule.as && name !== action);
    const remembered = { ...rule, formerly: [...new Set(formerly)].slice(0, MOST_FORMER_NAMES) };
    return isDefault(remembered, action) ? [] : [[action, remembered]];
  });
  return { ...next, rules: Object.fromEntries(rules) };
}

const isDefault = ({ as, legs, formerly }: EventRule, action: EventName): boolean =>
  as === action && legs === "both" && formerly.length === 0;

/** Actions that always carry a value; without a value a campaign has nothing to optimize for. */
const WITH_VALUE: Readonly<Record<EventName, boolean>> = {
  PageView: false,
  ViewContent: true,
  ViewCategory: false,
  Search: false,
  AddToCart: true,
  InitiateCheckout: true,
  AddPaymentInfo: true,
  Purchase: true,
  Lead: false,
  Contact: false,
  CompleteRegistration: false,
  Subscribe: true,
  OrderRefunded: false,
  UpsellPurchase: true,
  // A stage has the value that the merchant gave it, if any: app/settings/funnel.ts warns about it.
  LeadStage: true,
};

export const carriesValue = (action: EventName): boolean => WITH_VALUE[action];

/** Warnings about a mapping. None of them prevents saving it. */
export function mappingWarnings(mapping: EventMapping): readonly MappingWarning[] {
  const { primary: action } = mapping;
  const rule = eventRule(mapping, action);
  const purchase = eventRule(mapping, "Purchase");
  return [
    ...(rule.legs === "off" ? [{ kind: "primary-off", action } as const] : []),
    ...(carriesValue(action) ? [] : [{ kind: "primary-without-value", action } as const]),
    ...((rule.legs === "browser" || rule.legs === "server") && !isOrderEvent(action)
      ? [{ kind: "one-leg", action, legs: rule.legs } as const]
      : []),
    ...(purchase.as === "Purchase" ? [] : [{ kind: "purchase-renamed", as: purchase.as } as const]),
  ];
}

/** True for actions that no browser reports. */
export const isOrderEvent = (action: EventName): boolean => (ORDER_EVENT_NAMES as readonly string[]).includes(action);
