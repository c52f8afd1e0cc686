import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { type MetaEvent, withoutPerson } from "../event-contract/meta-event.ts";
import { isStorefrontName } from "../event-contract/storefront-name.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { PostedEvent } from "./rows-to-add.server.ts";
import type { Decision, NewEvent } from "./types.ts";

/**
 * Whether the event goes to the table `storefront_event`, where it is written once. It must have ended or be decided
 * already. A form that is a lead does not: its lead is written with it, and both are kept for as long as sales.
 */
export const isStorefront = ({ event, decision }: PostedEvent): boolean =>
  event.origin === "collector" &&
  event.lead === undefined &&
  event.body.action_source === "website" &&
  isStorefrontName(event.body.event_name) &&
  event.region === null &&
  (decision !== undefined || event.state === "withheld");

/** The row's columns that the application knows. `event_name` is the browser's; the body has the one that is sent. */
export function storefrontRow({ event, decision }: PostedEvent) {
  const { shop, body, settingsVersion, orderId, checkoutToken, browserLeg, signal } = event;
  return {
    shop,
    event_name: body.event_name,
    event_id: body.event_id,
    at: body.event_time,
    settings_version: settingsVersion,
    ...(orderId !== null && { order_id: orderId }),
    ...(checkoutToken !== null && { checkout_token: checkoutToken }),
    ...(browserLeg !== null && { browser_leg: browserLeg }),
    consent: compactConsent(decision?.consent ?? null, signal),
    bits: figureBits(decision?.kind === "send" ? decision.body : body, browserLeg),
    ...outcomeOf(event, decision),
  };
}

/** In the order of the database's function `figure_keys`. */
const KEYS = ["em", "ph", "fbp", "fbc", "external_id", "client_ip_address", "client_user_agent"] as const;
const BROWSER_SENT = 128;
const OTHER_NAME = 256;

/** What the daily figures count of an event: which customer keys it has, and what its browser leg was. */
function figureBits({ event_name, user_data }: MetaEvent, leg: BrowserLeg | null): number {
  let bits = 0;
  for (const [n, key] of KEYS.entries()) if (user_data[key] !== undefined) bits += 2 ** n;
  if (leg?.sent !== true) return bits;
  return bits + BROWSER_SENT + (leg.as === undefined || leg.as === event_name ? 0 : OTHER_NAME);
}

function outcomeOf({ body, reason }: NewEvent, decision: Decision | undefined) {
  if (decision?.kind === "send") return { body: decision.body, pixels: decision.to, ...changes(body, decision.body) };
  const because = decision === undefined ? { state: "withheld", reason } : ended(decision);
  // An event that will never be sent is stored without personal data.
  return { body: withoutPerson(body), ...because };
}

const ended = ({ ending, reason }: Extract<Decision, { kind: "withhold" }>) => ({
  state: ending ?? "withheld",
  reason,
});

/** How to undo what the decision changed, because the event is stored as it came if its pixels are gone. */
function changes(came: MetaEvent, sent: MetaEvent): { before?: Partial<MetaEvent>; added?: readonly string[] } {
  if (came === sent) return {};
  const [before, after] = [Object.entries(came), Object.entries(sent)];
  const [were, are] = [new Map<string, unknown>(before), new Map<string, unknown>(after)];
  const changed = before.filter(([field, value]) => are.get(field) !== value);
  const added = [...are.keys()].filter((field) => !were.has(field));
  return {
    ...(changed.length > 0 && { before: Object.fromEntries(changed) }),
    ...(added.length > 0 && { added }),
  };
}

/**
 * The receipt in the order in which the view `recorded_storefront` reads it: decision, rule, the signal's two answers and
 * its time, the decision's time; then region and policy where there are any.
 */
function compactConsent(consent: ConsentReceipt | null, captured: ConsentSignal | null): readonly unknown[] {
  if (consent === null) return [null, null, ...asList(captured), null];
  const { decision, rule, region, policy, decidedAt } = consent;
  const short = [decision, rule, ...asList(consent.signal ?? captured), decidedAt];
  return region === null && policy === null ? short : [...short, region, policy];
}

const asList = (signal: ConsentSignal | null): readonly unknown[] =>
  signal === null ? [null, null, null] : [signal.marketing, signal.saleOfData, signal.at];
