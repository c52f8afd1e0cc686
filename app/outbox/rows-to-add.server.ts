import { Prisma } from "@prisma/client";

import { type MetaEvent, withoutPerson } from "../event-contract/meta-event.ts";
import type { Writing } from "./is-erased.server.ts";
import { leadColumns, stageColumns } from "./stage-reports.server.ts";
import type { Decision, NewEvent, WebhookKey } from "./types.ts";

/** An event with its decision; without one, it is decided later. */
export type PostedEvent = { readonly event: NewEvent; readonly decision?: Decision | undefined };

export type EventToAdd = PostedEvent & {
  /** Other events from the same webhook or post, written in the same transaction. */
  readonly also?: readonly PostedEvent[];
  readonly webhook: WebhookKey | null;
};

/** Keys that two entries of one statement must not share. */
export const keysOfEvent = ({ event, also = [], webhook }: EventToAdd): string[] => {
  const keys = [{ event }, ...also].map(({ event: { shop, body } }) =>
    JSON.stringify([shop, body.event_name, body.event_id]),
  );
  return webhook === null ? keys : [...keys, JSON.stringify([event.shop, webhook.topic, webhook.webhookId, "webhook"])];
};

/** The events of all entries in order, as `readRows` reads them. */
export const rowsToAdd = (entries: readonly EventToAdd[], { now, digestsOf }: Writing): readonly object[] =>
  entries
    .flatMap(({ event, also = [], webhook, decision }) => [
      { event, webhook, decision },
      ...also.map((other) => ({ webhook, decision: undefined, ...other })),
    ])
    .map((row, n) => ({ ...rowOf(row, now), n, digests: digestsOf?.event(row.event) ?? [] }));

export const readRows = (rows: string): Prisma.Sql => Prisma.sql`
  select * from jsonb_to_recordset(${rows}::jsonb) as entry(
    n int, digests text[], shop text, event_name text, event_id text, event_time timestamptz, origin text, settings_version int,
    order_id text, order_name text, checkout_token text, region text, state text, reason text, body jsonb, browser_data jsonb,
    browser_leg jsonb, browser_seen_at timestamptz, signal jsonb, consent jsonb, net_revenue jsonb, decide_at timestamptz,
    settled_at timestamptz, topic text, webhook_id text, is_decided boolean, sent jsonb, pixels uuid[], lead jsonb,
    stage jsonb, is_test boolean, order_facts jsonb)`;

type Row = Pick<EventToAdd, "event" | "webhook"> & { readonly decision: Decision | undefined };

function rowOf({ event, webhook, decision }: Row, now: Date) {
  const { body, browserLeg, lead, stage, isTest, orderFacts } = event;
  return {
    shop: event.shop,
    event_name: body.event_name,
    event_id: body.event_id,
    event_time: new Date(body.event_time * 1000),
    origin: event.origin,
    settings_version: event.settingsVersion,
    order_id: event.orderId,
    order_name: event.orderName,
    checkout_token: event.checkoutToken,
    region: event.region,
    body,
    browser_leg: browserLeg,
    signal: event.signal,
    ...(browserLeg !== null && { browser_data: body.custom_data, browser_seen_at: now }),
    ...(decision === undefined ? undecided(event, now) : decided(decision, event, now)),
    ...(webhook !== null && { topic: webhook.topic, webhook_id: webhook.webhookId }),
    ...(lead !== undefined && { lead: leadColumns(lead) }),
    ...(stage !== undefined && { stage: stageColumns(stage) }),
    ...(isTest && { is_test: true }),
    ...(orderFacts !== undefined && { order_facts: orderFacts }),
  };
}

const undecided = ({ body, state, reason, costBasis, joinForMs }: NewEvent, now: Date) => ({
  state,
  reason,
  ...(costBasis !== undefined && state !== "withheld" && { net_revenue: costBasis }),
  ...(state === "joining" && { decide_at: new Date(now.getTime() + joinForMs) }),
  // An event that will never be sent is stored without personal data.
  ...(state === "withheld" && { body: withoutPerson(body), settled_at: now }),
});

const decided = (decision: Decision, { body }: NewEvent, now: Date) => ({
  is_decided: true,
  consent: decision.consent,
  ...(decision.kind === "send"
    ? {
        state: "queued",
        reason: null,
        pixels: decision.to,
        net_revenue: decision.netRevenue,
        sent: changes(body, decision.body),
      }
    : {
        state: decision.ending ?? "withheld",
        reason: decision.reason,
        body: withoutPerson(body),
        settled_at: now,
      }),
});

/**
 * What the decision changed in the event. Sent beside it instead of a second body, because the event is stored unchanged
 * if its pixels are gone.
 */
const changes = (body: MetaEvent, sent: MetaEvent): Partial<MetaEvent> | null => {
  const before = new Map<string, unknown>(Object.entries(body));
  const changed = Object.entries(sent).filter(([field, value]) => before.get(field) !== value);
  return changed.length > 0 ? Object.fromEntries(changed) : null;
};
