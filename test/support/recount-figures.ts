import type { Delivery, Event, PrismaClient, Shop } from "@prisma/client";

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
    const keys = [row.withEm, row.withPh, row.withFbp, row.withFbc, row.withExternalId, row.withIp, row.withUa];
    return {
      of: [of, day, eventName, pixelId, outcome, reason, legs, currency],
      numbers: [row.events, ...keys, row.valueThousandths, ...DELAYS.map((n) => row.delays[n] ?? 0n)],
    };
  });
  return summedUp(parts);
}

/** The same, counted from the events and deliveries as the app reads them. */
export async function recountedFigures(prisma: PrismaClient, shop?: string): Promise<Figures> {
  const where = shop === undefined ? {} : { shop };
  const [shops, events, deliveries] = await Promise.all([
    prisma.shop.findMany({ where: shop === undefined ? {} : { domain: shop } }),
    prisma.event.findMany({ where: { ...where, isTest: false } }),
    prisma.delivery.findMany({ where: { ...where, isTest: false } }),
  ]);
  const byDomain = new Map(shops.map((row) => [row.domain, row]));
  return summedUp([
    ...events.filter(({ state }) => !OPEN.has(state)).map((row) => ofEvent(row, byDomain.get(row.shop))),
    ...deliveries.filter(({ state }) => !OPEN.has(state)).map((row) => ofDelivery(row, byDomain.get(row.shop))),
  ]);
}

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

function ofEvent(row: Event, shop: Shop | undefined): Part {
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
    numbers: [1n, ...keys, isSale ? BigInt(Math.round((data.value ?? 0) * 1_000)) : 0n, ...delaysOf(row)],
  };
}

function ofDelivery(row: Delivery, shop: Shop | undefined): Part {
  const day = dayOf(row.eventTime, row.settledAt ?? row.eventTime, shop);
  return {
    of: [row.shop, day, row.eventName, row.pixelId, row.state, row.reason ?? "", "", ""],
    numbers: [1n, ...KEYS.map(() => 0n), 0n, ...delaysOf(row)],
  };
}

function legsOf(row: Event): string {
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
