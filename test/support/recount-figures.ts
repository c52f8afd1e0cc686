import { type Delivery, type Event, Prisma, type PrismaClient, type Shop } from "@prisma/client";

import { isStorefrontName } from "../../app/event-contract/storefront-name.ts";
import { eventRow, type StoredEvent } from "../../app/ledger/event-row.ts";
import { DELAY_BOUNDS_S } from "../../app/ledger/figure-delays.ts";

const WHOLE = "00000000-0000-0000-0000-000000000000";
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const OPEN: ReadonlySet<string> = new Set(["joining", "queued", "held"]);
const KEYS = ["em", "ph", "fbp", "fbc", "external_id", "client_ip_address", "client_user_agent"] as const;

/** Numbers by what they are of, both as text. */
export type Figures = Readonly<Record<string, string>>;

/** The daily figures as they stand, those added since they were last summed included. */
export async function storedFigures(prisma: PrismaClient, shop?: string): Promise<Figures> {
  const where = shop === undefined ? {} : { shop };
  const [summed, added] = await Promise.all([
    prisma.dailyFigure.findMany({ where }),
    prisma.dailyFigureChange.findMany({ where }),
  ]);
  const parts = [...summed, ...added].map((row): Part => {
    const { shop: of, eventName, pixelId, outcome, reason, legs, currency } = row;
    const day = row.day.toISOString().slice(0, 10);
    const delays = DELAYS.map((n) => row.delays[n] ?? 0n);
    const keys = [row.withEm, row.withPh, row.withFbp, row.withFbc, row.withExternalId, row.withIp, row.withUa];
    return {
      of: [of, day, eventName, pixelId, outcome, reason, legs, currency],
      numbers: [row.events, ...keys, row.valueThousandths, ...comparable(eventName, delays)],
    };
  });
  return summedUp(parts);
}

/** The same, counted from the events and deliveries as the app reads them. */
export async function recountedFigures(prisma: PrismaClient, shop?: string): Promise<Figures> {
  const [shops, events, deliveries] = await Promise.all([
    prisma.shop.findMany({ where: shop === undefined ? {} : { domain: shop } }),
    recordedEvents(prisma, shop),
    recordedDeliveries(prisma, shop),
  ]);
  const byDomain = new Map(shops.map((row) => [row.domain, row]));
  return summedUp([
    ...events.filter(({ state }) => !OPEN.has(state)).map((row) => ofEvent(row, byDomain.get(row.shop))),
    ...deliveries.filter(({ state }) => !OPEN.has(state)).map((row) => ofDelivery(row, byDomain.get(row.shop))),
  ]);
}

type RecordedEvent = Pick<
  Event,
  | "shop"
  | "eventName"
  | "state"
  | "reason"
  | "body"
  | "browserLeg"
  | "browserData"
  | "eventTime"
  | "createdAt"
  | "settledAt"
>;
type RecordedDelivery = Pick<
  Delivery,
  "shop" | "eventName" | "pixelId" | "state" | "reason" | "eventTime" | "settledAt"
>;

const ofShop = (shop: string | undefined): Prisma.Sql =>
  shop === undefined ? Prisma.sql`true` : Prisma.sql`shop = ${shop}`;

const recordedEvents = (prisma: PrismaClient, shop: string | undefined): Promise<RecordedEvent[]> =>
  prisma.$queryRaw<RecordedEvent[]>`
    -- every shop: a test compares the figures of all
    select shop, event_name as "eventName", state, reason, body, browser_leg as "browserLeg", browser_data as "browserData",
      event_time as "eventTime", created_at as "createdAt", settled_at as "settledAt"
    from recorded_event where ${ofShop(shop)} and not is_test`;

const recordedDeliveries = (prisma: PrismaClient, shop: string | undefined): Promise<RecordedDelivery[]> =>
  prisma.$queryRaw<RecordedDelivery[]>`
    -- every shop: a test compares the figures of all
    select shop, event_name as "eventName", destination_id::text as "pixelId", state, reason, event_time as "eventTime",
      settled_at as "settledAt"
    from recorded_delivery delivery where ${ofShop(shop)} and not exists (
      select from event where is_test and (event.shop, event.event_name, event.event_id)
        = (delivery.shop, delivery.event_name, delivery.event_id)
    )`;

/** When a storefront event was delivered is written nowhere but in the figures: their delays are compared by their sum. */
const comparable = (eventName: string, delays: readonly bigint[]): readonly bigint[] =>
  isStorefrontName(eventName) ? [delays.reduce((sum, count) => sum + count, 0n)] : delays;

type Part = { readonly of: readonly string[]; readonly numbers: readonly bigint[] };

const DELAYS = [...DELAY_BOUNDS_S.keys(), DELAY_BOUNDS_S.length];

function summedUp(parts: readonly Part[]): Figures {
  const sums = new Map<string, readonly bigint[]>();
  for (const { of, numbers } of parts) {
    const key = of.join(" | ");
    const before = sums.get(key);
    sums.set(key, before === undefined ? numbers : numbers.map((number, n) => number + (before[n] ?? 0n)));
  }
  return Object.fromEntries(
    [...sums].flatMap(([key, numbers]) => (numbers.some((number) => number !== 0n) ? [[key, numbers.join(" ")]] : [])),
  );
}

function ofEvent(row: RecordedEvent, shop: Shop | undefined): Part {
  const { eventName, state, reason } = row;
  const { custom_data: data = {}, user_data: person = {} } = row.body as {
    custom_data?: { currency?: string; value?: number };
    user_data?: Record<string, unknown>;
  };
  const isSale = eventName === "Purchase";
  const isSent = state === "delivered";
  const keys = KEYS.map((key) => (isSent && key in person ? 1n : 0n));
  return {
    of: [
      ...[row.shop, dayOf(row.eventTime, row.createdAt, shop), eventName, WHOLE, state, reason ?? "", legsOf(row)],
      isSale ? (data.currency ?? "") : "",
    ],
    numbers: [
      1n,
      ...keys,
      isSale ? BigInt(Math.round((data.value ?? 0) * 1_000)) : 0n,
      ...comparable(eventName, delaysOf(row)),
    ],
  };
}

function ofDelivery(row: RecordedDelivery, shop: Shop | undefined): Part {
  const day = dayOf(row.eventTime, row.settledAt ?? row.eventTime, shop);
  return {
    of: [row.shop, day, row.eventName, row.pixelId, row.state, row.reason ?? "", "", ""],
    numbers: [1n, ...KEYS.map(() => 0n), 0n, ...comparable(row.eventName, delaysOf(row))],
  };
}

function legsOf(row: RecordedEvent): string {
  // The outbox wrote the columns from the types that StoredEvent consists of.
  const { browserLeg, legsAgree, state } = eventRow(row as unknown as StoredEvent);
  if (browserLeg !== "sent") return state === "delivered" ? "server" : "none";
  if (state !== "delivered") return "browser";
  return legsAgree === false ? "differing" : "both";
}

function dayOf(eventTime: Date, knownAt: Date, shop: Shop | undefined): string {
  const [time, known] = [eventTime.getTime(), knownAt.getTime()];
  const at = time >= known - 100 * DAY_MS && time <= known + HOUR_MS ? eventTime : knownAt;
  const isBefore = shop?.timezoneSince != null && at < shop.timezoneSince;
  const zone = (isBefore ? shop.timezoneBefore : shop?.timezone) ?? "UTC";
  // Swedish dates are ISO's.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: isZone(zone) ? zone : "UTC", dateStyle: "short" }).format(at);
}

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

function delaysOf({ state, eventTime, settledAt }: Pick<Event, "state" | "eventTime" | "settledAt">): bigint[] {
  if (state !== "delivered" || settledAt === null) return DELAYS.map(() => 0n);
  const delay_s = (settledAt.getTime() - eventTime.getTime()) / 1_000;
  const bucket = DELAY_BOUNDS_S.filter((bound) => bound <= delay_s).length;
  return DELAYS.map((n) => (n === bucket ? 1n : 0n));
}
