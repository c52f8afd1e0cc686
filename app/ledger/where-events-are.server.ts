import { Prisma, type PrismaClient } from "@prisma/client";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { isStorefrontName, STOREFRONT_NAMES } from "../event-contract/storefront-name.ts";
import type { PixelId } from "../settings/types.ts";
import { ACTION_SOURCES, ELIGIBLE, type EventConditions } from "./event-conditions.server.ts";

/**
 * The tables that may have events which meet the conditions, as one to select from; null: none has. An index by time reads
 * all of a table where hardly any row meets a condition, and every partition of a partitioned one, because the newest row
 * of each is wanted first. So whether there is any is first answered by the daily figures and by indexes of their own: in a
 * statement before, as PostgreSQL sorts a union whose parts may be left out.
 */
export async function tablesWith(
  prisma: PrismaClient,
  shop: ShopDomain,
  wanted: EventConditions,
): Promise<Prisma.Sql | null> {
  const [are] = await prisma.$queryRaw<Are[]>`
    select ${mayBeInEvent(shop, wanted)} as orders, ${mayBeStorefront(shop, wanted)} as storefront,
      ${areFewUnsent(shop, wanted)} as "areFewUnsent", ${rareReasons(shop, wanted)} as "rareReasons"`;
  if (are?.orders && are.storefront) return both(fromOrders(shop, wanted, are), fromStorefront(shop, wanted, are));
  if (are?.storefront) return fromStorefront(shop, wanted, are);
  return are?.orders ? fromOrders(shop, wanted, are) : null;
}

type Are = {
  readonly orders: boolean;
  readonly storefront: boolean;
  readonly areFewUnsent: boolean;
  readonly rareReasons: readonly string[] | null;
};

/** By the index of what few orders are. What is decided, or paid, is not looked at where events are wanted that wait. */
function fromOrders(shop: ShopDomain, { outcome, channel }: EventConditions, { rareReasons }: Are): Prisma.Sql {
  if (rareReasons !== null) {
    return Prisma.sql`(select * from event where shop = ${shop} and reason = any (${[...rareReasons]}))`;
  }
  if (channel !== undefined && channel !== "online") {
    return Prisma.sql`(select * from event where shop = ${shop} and body->>'action_source' <> 'website'
      and body->>'action_source' = any (${[...ACTION_SOURCES[channel]]}))`;
  }
  if (outcome === "joining") return Prisma.sql`(select * from event where shop = ${shop} and decide_at is not null)`;
  if (outcome === "waiting-for-payment") {
    return Prisma.sql`(select * from event where shop = ${shop} and waits_since is not null)`;
  }
  return Prisma.sql`event`;
}

/**
 * Without a condition of its own: PostgreSQL reads a whole table and its neighbour in one order only where both are plain,
 * and would sort all of the shop's orders otherwise.
 */
const both = (orders: Prisma.Sql, storefront: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select ${LISTED} from ${orders} orders union all select ${LISTED} from ${storefront} storefront
)`;

/** What the list of events is made of. */
export const LISTED = Prisma.raw(
  "shop, event_name, event_id, event_time, order_id, order_name, is_test, state, reason, body, browser_data, browser_leg, created_at",
);

/** With what lets PostgreSQL use the indexes of what storefront events seldom are. */
function fromStorefront(shop: ShopDomain, wanted: EventConditions, { areFewUnsent }: Are): Prisma.Sql {
  if (areFewUnsent) {
    return Prisma.sql`(select * from recorded_storefront where shop = ${shop} and key in (${unsent(shop, wanted)}))`;
  }
  return wanted.eventName === undefined || OFTEN.has(wanted.eventName)
    ? Prisma.sql`recorded_storefront`
    : Prisma.sql`(select * from recorded_storefront where shop = ${shop}
        and event_name not in ('PageView', 'ViewContent', 'ViewCategory', 'Search', 'AddToCart'))`;
}

/** Names of nearly every visit: the index of names is without them. */
const OFTEN: ReadonlySet<string> = new Set(["PageView", "ViewContent", "ViewCategory", "Search", "AddToCart"]);

/** Above that, the newest ones are soon met from the newest event on. */
const FEW = 500;

const areFewUnsent = (shop: ShopDomain, wanted: EventConditions): Prisma.Sql =>
  wanted.outcome === "refused" || wanted.outcome === "expired"
    ? Prisma.sql`(select count(*) from (${unsent(shop, wanted)} limit ${FEW + 1}) one) <= ${FEW}`
    : Prisma.sql`false`;

/** Keys of the events that a delivery, or the event itself, says ended so. An event may still have reached another pixel. */
const unsent = (shop: ShopDomain, { outcome }: EventConditions): Prisma.Sql => Prisma.sql`
  select storefront_key(shop, event_name, event_id) as key from delivery
  where shop = ${shop} and state = ${outcome} and state in ('refused', 'expired') and storefront_position is not null
  union all
  select key from storefront_event where shop = ${shop} and state = ${outcome} and state in ('refused', 'expired')`;

/**
 * The reasons that what is wanted of the orders can have, if the figures know few events with one of them; null: many, or
 * it can be without one. Test orders are in no figure, and events from before the figures not yet.
 */
function rareReasons(shop: ShopDomain, { outcome, reason }: EventConditions): Prisma.Sql {
  if (reason === undefined && outcome !== "refused" && outcome !== "expired") return Prisma.sql`null`;
  const ofOutcome = Prisma.sql`
    select reason from ${figuresOf(shop)} figure where destination_id = ${WHOLE}::uuid and outcome = ${outcome}
    union
    select reason from event where shop = ${shop} and is_test and state = ${outcome}`;
  const reasons = reason === undefined ? ofOutcome : Prisma.sql`select ${reason}::text as reason`;
  return Prisma.sql`(
    with possible as (${reasons})
    select array(select reason from possible)
    where not exists (select from figure_backfill where reached_shop <= ${shop}) and (
      select coalesce(sum(events), 0) from ${figuresOf(shop)} figure
      where destination_id = ${WHOLE}::uuid and reason in (select reason from possible)
        and event_name <> all (${[...STOREFRONT_NAMES]})
    ) <= ${FEW}
  )`;
}

const figuresOf = (shop: ShopDomain): Prisma.Sql => Prisma.sql`(
  select event_name, destination_id, outcome, reason, legs, events from daily_figure where shop = ${shop}
  union all
  select event_name, destination_id, outcome, reason, legs, events from daily_figure_change where shop = ${shop}
)`;

const mayBeInEvent = (shop: ShopDomain, { eventName }: EventConditions): Prisma.Sql =>
  eventName
    ? Prisma.sql`exists (select from event named where named.shop = ${shop} and named.event_name = ${eventName})`
    : Prisma.sql`true`;

const NEVER_OF_THE_STOREFRONT: ReadonlySet<string> = new Set(["joining", "waiting-for-payment"]);

/** Storefront events come from the website. They are figures once they have come to rest, and open until then. */
function mayBeStorefront(shop: ShopDomain, wanted: EventConditions): Prisma.Sql {
  if (isElsewhere(wanted)) return Prisma.sql`false`;
  const { outcome, reason, legs, pixel } = wanted;
  const sentToPixel = pixel
    ? Prisma.sql`(${isInFigures(shop, { eventName: wanted.eventName, pixel })} or ${isOpen(shop, pixel)})`
    : Prisma.sql`true`;
  if (outcome === "queued") return Prisma.sql`${isOpen(shop)} and ${sentToPixel}`;
  const atRest = isInFigures(shop, { ...wanted, pixel: undefined });
  const isOnlyAtRest = [outcome, reason, legs].some((condition) => condition !== undefined);
  return Prisma.sql`${isOnlyAtRest ? atRest : Prisma.sql`(${atRest} or ${isOpen(shop)})`} and ${sentToPixel}`;
}

const isElsewhere = ({ eventName, outcome, channel }: EventConditions): boolean =>
  (eventName !== undefined && !isStorefrontName(eventName)) ||
  (channel !== undefined && channel !== "online") ||
  NEVER_OF_THE_STOREFRONT.has(outcome ?? "");

const isOpen = (shop: ShopDomain, of?: PixelId): Prisma.Sql => Prisma.sql`exists (
  select from destination pixel where pixel.shop = ${shop} and ${of ? Prisma.sql`pixel.id = ${of}::uuid` : Prisma.sql`true`} and (
    exists (select from storefront_queue waiting where waiting.pixel = pixel.id)
    or exists (select from delivery where shop = ${shop} and destination_id = pixel.id and delivery.state = 'queued'
      and storefront_position is not null)
    or exists (select from delivery where shop = ${shop} and destination_id = pixel.id and delivery.state = 'held'
      and storefront_position is not null)
  )
)`;

type InFigures = { readonly [Key in keyof EventConditions]: EventConditions[Key] | undefined };

/** Of the events as a whole, or of what was sent to a pixel. */
function isInFigures(shop: ShopDomain, { eventName, outcome, reason, legs, pixel }: InFigures): Prisma.Sql {
  const names = eventName ? [eventName] : [...STOREFRONT_NAMES];
  const conditions = [
    Prisma.sql`event_name = any (${names}) and destination_id = ${pixel ?? WHOLE}::uuid`,
    ...(outcome ? [Prisma.sql`outcome = any (${outcome === "eligible" ? [...ELIGIBLE] : [outcome]})`] : []),
    ...(reason ? [Prisma.sql`reason = ${reason}`] : []),
    ...(legs ? [Prisma.sql`legs = any (${legs === "matched" ? ["both", "differing"] : [legs]})`] : []),
  ];
  const are = Prisma.join(conditions, " and ");
  return Prisma.sql`exists (select from ${figuresOf(shop)} figure where ${are})`;
}

/** Stands for the event as a whole where a figure names a pixel. */
const WHOLE = "00000000-0000-0000-0000-000000000000";
