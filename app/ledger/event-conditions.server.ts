import { Prisma } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
import type { EventState } from "../outbox/types.ts";
import type { PixelId, SalesChannel } from "../settings/types.ts";
import type { Day, FigureLegs } from "./daily-figure-types.ts";

/** Which events are meant; what is absent excludes none. */
export type EventConditions = {
  readonly eventName?: string;
  readonly orderId?: string;
  /** The first day, in the shop's time zone. */
  readonly from?: Day;
  /** `eligible`: whatever was to be sent and has ended. */
  readonly outcome?: EventState | "eligible";
  readonly reason?: string;
  /** `matched`: both, whether they report the same or not. */
  readonly legs?: FigureLegs | "matched";
  readonly pixel?: PixelId;
  readonly channel?: SalesChannel;
};

/** Meta's words for where a sale was made, by the channel of the settings. */
export const ACTION_SOURCES: Readonly<Record<SalesChannel, readonly ActionSource[]>> = {
  online: ["website"],
  pos: ["physical_store"],
  renewals: ["system_generated"],
  other: ["phone_call", "other"],
};

/** Conditions on a row of `recorded_event` named `event`. */
export function conditionsOn(shop: ShopDomain, wanted: EventConditions): readonly Prisma.Sql[] {
  const checked = checkedOn(wanted);
  return [
    ...(wanted.eventName ? [Prisma.sql`event_name = ${wanted.eventName}`] : []),
    ...(wanted.orderId ? [Prisma.sql`order_id = ${wanted.orderId}`] : []),
    ...(wanted.from ? since(shop, wanted.from) : []),
    // As one CASE, of which PostgreSQL expects that half of the rows fulfill it: it goes by the index of arrival times
    // until the page is full. By its guess of several conditions it would rather sort a whole table.
    ...(checked.length === 0 ? [] : [Prisma.sql`case when ${Prisma.join(checked, " and ")} then true else false end`]),
  ];
}

/** What is checked row by row. */
const checkedOn = ({ outcome, reason, legs, pixel, channel }: EventConditions): readonly Prisma.Sql[] => [
  ...(outcome ? [Prisma.sql`state = any (${outcome === "eligible" ? [...ELIGIBLE] : [outcome]})`] : []),
  ...(reason ? [Prisma.sql`reason = ${reason}`] : []),
  ...(channel ? [Prisma.sql`body->>'action_source' = any (${[...ACTION_SOURCES[channel]]})`] : []),
  ...(legs ? [WITH_LEGS[legs]] : []),
  ...(pixel ? [sentTo(pixel)] : []),
];

/** What was to be sent: it was, or Meta did not take it. */
export const ELIGIBLE: readonly EventState[] = ["delivered", "refused", "expired"];

const HAS_BROWSER_LEG = Prisma.sql`browser_leg->'sent' is not distinct from 'true'::jsonb`;
const HAS_NO_BROWSER_LEG = Prisma.sql`browser_leg->'sent' is distinct from 'true'::jsonb`;

// As figure_legs() in the database has it, by which the daily figures are counted, so that a figure and the events behind
// it are the same ones. The function reads both legs as wholes, and the state again wherever it names it, so it is
// called only for what it alone knows: whether they agree.
const legsAre = (legs: FigureLegs): Prisma.Sql =>
  Prisma.sql`figure_legs(state, body, browser_data, browser_leg) = ${legs}`;

const WITH_LEGS: Readonly<Record<FigureLegs | "matched", Prisma.Sql>> = {
  none: Prisma.sql`${HAS_NO_BROWSER_LEG} and state = any ('{withheld,refused,expired}')`,
  browser: Prisma.sql`${HAS_BROWSER_LEG} and state = any ('{withheld,refused,expired}')`,
  server: Prisma.sql`${HAS_NO_BROWSER_LEG} and state = 'delivered'`,
  matched: Prisma.sql`${HAS_BROWSER_LEG} and state = 'delivered'`,
  both: Prisma.sql`${HAS_BROWSER_LEG} and state = 'delivered' and ${legsAre("both")}`,
  differing: Prisma.sql`${HAS_BROWSER_LEG} and state = 'delivered' and ${legsAre("differing")}`,
};

/**
 * Days are those of the event's own time, as in the daily figures. An event is known an hour before its time at the
 * earliest, where clocks differ, so the index of arrival times narrows the search first.
 */
function since(shop: ShopDomain, from: Day): readonly Prisma.Sql[] {
  const start = Prisma.sql`(
    select ${from}::date::timestamp at time zone figure_zone(timezone) from shop where domain = ${shop}
  )`;
  return [Prisma.sql`created_at >= ${start} - interval '1 hour'`, Prisma.sql`event_time >= ${start}`];
}

// By its limit it is looked up for one event after another, and not made of all deliveries beforehand.
const sentTo = (pixel: PixelId): Prisma.Sql => Prisma.sql`(
  select true from recorded_delivery sent
  where sent.shop = event.shop and sent.event_name = event.event_name and sent.event_id = event.event_id
    and sent.key = storefront_key(event.shop, event.event_name, event.event_id) and sent.destination_id = ${pixel}::uuid
  limit 1
)`;
