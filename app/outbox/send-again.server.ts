import type { PrismaClient } from "@prisma/client";

import type { PixelId } from "../settings/types.ts";
import { type DigestsOf, isErased } from "./is-erased.server.ts";
import type { Decision, NewEvent } from "./types.ts";

/** An ended event, decided anew, and what it was when that was decided. */
export type EventToSendAgain = {
  readonly event: NewEvent;
  readonly decision: Extract<Decision, { kind: "send" }>;
  readonly seen: { readonly state: string; readonly settledAt: Date };
  /** Who wished it: `shopify-user 42`. */
  readonly by: string;
  /** What the record of the change says it is about. */
  readonly subject: string;
  readonly now: Date;
  readonly digestsOf?: DigestsOf | undefined;
};

/** The pixels to wake: none if the event is no longer what it was, its person was erased, or no pixel works. */
export type QueuedAgain = readonly PixelId[];

/**
 * Queues an ended event for the pixels that have not accepted it, with who wished it, in one statement. Two that do it
 * at once wait for the event's lock, and the second one finds it queued.
 */
export async function sendAgain(prisma: PrismaClient, again: EventToSendAgain): Promise<QueuedAgain> {
  const { event, decision, seen, by, subject, now, digestsOf } = again;
  const { key, body, to, consent, netRevenue = null } = decision;
  const given = JSON.stringify({ body, consent, netRevenue, to, digests: digestsOf?.event(event) ?? [] });
  const rows = await prisma.$queryRaw<{ pixelId: PixelId }[]>`
    with given as (
      select * from jsonb_to_record(${given}::jsonb) as entry(
        body jsonb, consent jsonb, "netRevenue" jsonb, "to" uuid[], digests text[])
    ), ended as (
      select event.shop, event_name, event_id, is_test, event.state, event.reason, settled_at from event
      where shop = ${key.shop} and event_name = ${key.eventName} and event_id = ${key.eventId}
        and state = ${seen.state} and settled_at = ${seen.settledAt}::timestamptz
        and state in ('withheld', 'refused', 'expired', 'delivered')
        and reason is distinct from 'customer-redacted'
        and not exists (select from given where ${isErased(now)})
        and exists (select from shop where domain = ${key.shop} and uninstalled_at is null)
      for no key update of event
    ), target as (
      -- The lock makes a concurrent disconnection or pause wait, so that no delivery is left without its pixel.
      select ended.*, pixel.id from ended cross join given
        join destination pixel on pixel.id = any (given."to") and pixel.shop = ended.shop and pixel.state = 'active'
      for share of pixel
    ), outbox as (
      insert into delivery as old (shop, event_name, event_id, destination_id, event_time, state, due_at, is_test)
      select shop, event_name, event_id, id, ${new Date(body.event_time * 1000)}::timestamptz, 'queued', ${now}::timestamptz,
        is_test
      from target order by id
      on conflict (shop, event_name, event_id, destination_id, storefront_place) do update set
        event_time = excluded.event_time, state = 'queued', reason = null, attempts = 0, due_at = excluded.due_at,
        settled_at = null, trace_id = null
      where old.state in ('withheld', 'refused', 'expired')
      returning destination_id
    ), queued as (
      update event set state = 'queued', reason = null, settled_at = null, decide_at = null,
        event_time = ${new Date(body.event_time * 1000)}::timestamptz, settings_version = ${event.settingsVersion},
        body = given.body, consent = given.consent, net_revenue = given."netRevenue"
      from ended cross join given
      where (event.shop, event.event_name, event.event_id) = (ended.shop, ended.event_name, ended.event_id)
        and exists (select from outbox)
      returning event.shop, event.event_name, event.event_id
    ), noted as (
      insert into change_record (shop, changed_at, changed_by, subject, action, before, after)
      select shop, ${now}::timestamptz, ${by}, ${subject}, 'sent-again',
        (select jsonb_build_object('state', state, 'reason', reason, 'settledAt', settled_at) from ended),
        (select jsonb_build_object('state', 'queued', 'pixels', jsonb_agg(destination_id order by destination_id)) from outbox)
      from queued
    )
    select destination_id::text as "pixelId" from outbox`;
  return rows.map(({ pixelId }) => pixelId);
}
