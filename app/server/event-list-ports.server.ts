import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Day } from "../ledger/daily-figure-types.ts";
import { ELIGIBLE } from "../ledger/event-conditions.server.ts";
import type { PageQuery } from "../ledger/event-page.server.ts";
import { sumFigures, totalOf } from "../ledger/sum-figures.ts";
import { EVENTS_HEADER, eventLine } from "../wording/events-csv.ts";
import type { AdminPorts, EventPeriod, EventQuery, EventTotals } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";

type App = Pick<OpenApp, "eventLog" | "access" | "dailyFigures" | "profile" | "now">;

const PAGE_SIZE = 50;
const EXPORT_SIZE = 1_000;

/** The list of events, its totals and its file, with a record of who saw them. */
export function eventListPorts(
  app: App,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "events" | "eventTotals" | "exportEvents" | "metaPixelIds"> {
  const { eventLog, access } = app;
  return {
    events: async (shop, query) => {
      access.seen.note(shop, by, { kind: "events", subject: null });
      return eventLog.page(shop, { ...(await pageQuery(app, shop, query)), limit: PAGE_SIZE });
    },
    eventTotals: (shop, query) => totalsOf(app, shop, query),
    exportEvents: async (shop, { cursor: _page, ...query }) => {
      access.seen.note(shop, by, { kind: "export", subject: { kind: "events" } });
      const wanted = await pageQuery(app, shop, query);
      // A first page is read sooner, so that the browser starts the download at once.
      return linesOf((cursor) =>
        eventLog.page(shop, {
          ...wanted,
          ...(cursor === null ? { limit: PAGE_SIZE } : { limit: EXPORT_SIZE, cursor }),
        }),
      );
    },
    metaPixelIds: async (shop) => (await app.profile(shop)).pixels.map(({ metaPixelId }) => metaPixelId),
  };
}

const DAYS: Readonly<Record<EventPeriod, number>> = { today: 1, "7": 7, "30": 30, "90": 90 };
const DAY_MS = 86_400_000;

/** A pixel that this shop does not have; no event has it either. */
const NO_PIXEL = "00000000-0000-0000-0000-000000000001";

/** The query with the period's first day, and with the pixel's own ID. */
async function pageQuery(
  app: Pick<App, "dailyFigures" | "profile" | "now">,
  shop: ShopDomain,
  { period, pixel, ...query }: EventQuery,
): Promise<Omit<PageQuery, "limit">> {
  return {
    ...query,
    ...(period !== undefined && { from: await firstDay(app, shop, period) }),
    ...(pixel !== undefined && { pixel: await pixelIdOf(app, shop, pixel) }),
  };
}

async function firstDay(
  { dailyFigures, now }: Pick<App, "dailyFigures" | "now">,
  shop: ShopDomain,
  period: EventPeriod,
): Promise<Day> {
  const today = await dailyFigures.dayAt(shop, now());
  return new Date(Date.parse(today) - (DAYS[period] - 1) * DAY_MS).toISOString().slice(0, today.length);
}

/** Given by Meta's number or by its own ID. */
async function pixelIdOf({ profile }: Pick<App, "profile">, shop: ShopDomain, pixel: string): Promise<string> {
  const { pixels } = await profile(shop);
  return pixels.find(({ id, metaPixelId }) => id === pixel || metaPixelId === pixel)?.id ?? NO_PIXEL;
}

/** Before and after every day that events have. */
const [FIRST_DAY, LAST_DAY] = ["0001-01-01", "9999-12-31"];

/** By the daily figures, which know no sales channel and no single order, and a pixel's deliveries without their legs. */
async function totalsOf(app: App, shop: ShopDomain, query: EventQuery): Promise<EventTotals | null> {
  const { channel, search, orderId, pixel, legs } = query;
  if (channel !== undefined || search !== undefined || orderId !== undefined) return null;
  if (pixel !== undefined && legs !== undefined) return null;
  const wanted = await pageQuery(app, shop, query);
  const days = { from: wanted.from ?? FIRST_DAY, until: LAST_DAY };
  const figures =
    wanted.pixel === undefined
      ? await app.dailyFigures.events(shop, days)
      : (await app.dailyFigures.pixels(shop, days)).filter(({ pixelId }) => pixelId === wanted.pixel);
  const meant = figures
    .filter(({ eventName }) => isOrAny(wanted.eventName, eventName))
    .filter(({ outcome }) =>
      wanted.outcome === "eligible" ? ELIGIBLE.includes(outcome) : isOrAny(wanted.outcome, outcome),
    )
    .filter(({ reason }) => isOrAny(wanted.reason, reason))
    .filter((figure) => (wanted.legs === "matched" ? isPair(figure.legs) : isOrAny(wanted.legs, figure.legs)));
  const outcomes = [...sumFigures(meant, ({ outcome }) => outcome)].map(([outcome, { events }]) => ({
    outcome,
    events,
  }));
  return { events: totalOf(meant).events, outcomes };
}

const isOrAny = (wanted: string | undefined, value: string | null): boolean => wanted === undefined || wanted === value;

const isPair = (legs: string | null): boolean => legs === "both" || legs === "differing";

type ReadPage = (cursor: string | null) => ReturnType<OpenApp["eventLog"]["page"]>;

async function* linesOf(read: ReadPage): AsyncGenerator<string> {
  yield EVENTS_HEADER;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ReadPage>> = await read(cursor);
    yield page.rows.map((row) => `\r\n${eventLine(row)}`).join("");
    cursor = page.nextCursor;
  } while (cursor !== null);
}
