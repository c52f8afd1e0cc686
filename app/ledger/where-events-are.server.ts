import { Prisma, type PrismaClient } from "@prisma/client";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { isStorefrontName, STOREFRONT_NAMES } from "../event-contract/storefront-name.ts";
import type { PixelId } from "../settings/types.ts";
import { ELIGIBLE, type EventConditions } from "./event-conditions.server.ts";

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
  const [are] = await prisma.$queryRaw<{ orders: boolean; storefront: boolean }[]>`
    select ${mayBeInEvent(shop, wanted)} as orders, ${mayBeStorefront(shop, wanted)} as storefront`;
  if (are?.orders && are.storefront) return Prisma.sql`recorded_event`;
  if (are?.storefront) return Prisma.sql`recorded_storefront`;
  return are?.orders ? Prisma.sql`event` : null;
}

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
  return Prisma.sql`(
    exists (select from daily_figure where shop = ${shop} and ${are})
    or exists (select from daily_figure_change where shop = ${shop} and ${are})
  )`;
}

/** Stands for the event as a whole where a figure names a pixel. */
const WHOLE = "00000000-0000-0000-0000-000000000000";
