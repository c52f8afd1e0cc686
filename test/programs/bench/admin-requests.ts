import { API_KEY, API_SECRET } from "../../simulators/app-process.ts";
import { createSessionToken } from "../../simulators/shopify/session-token.ts";
import { EVENT_NAMES } from "../../../app/event-contract/event-name.ts";
import { CHANNELS, LEGS, OUTCOMES, PERIODS } from "../../../app/routes/app.events._index/filter-choices.ts";
import { type FilledLedger, MERCHANT, PIXELS } from "./admin-ledger.ts";
import { orderNamed } from "./admin-orders.ts";
import { storefrontNamed } from "./admin-storefront.ts";

/** What a merchant opens: a page, or a file of which only the first bytes are awaited. */
export type AdminRequest = { readonly path: string; readonly isFile?: boolean };

/** Requests of one kind by name. A kind is as slow as the slowest of its requests. */
export type RequestKinds = Readonly<Record<string, readonly AdminRequest[]>>;

const PATIENCE_MS = 120_000;
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0";

/** Each kind of request that the goal names, over what the ledger has often, seldom and never. */
export function adminRequests({ orders, storefront }: FilledLedger, nextCursor: string): RequestKinds {
  const events = (query: string): AdminRequest => ({ path: `/app/events${query}` });
  const search = (text: string): AdminRequest => events(`?search=${encodeURIComponent(text)}`);
  // Neither is the newest: what is looked up lies somewhere in the ledger.
  const order = orderNamed(Math.floor(orders / 3));
  const visit = storefrontNamed(Math.floor(storefront / 3));
  return {
    home: ["", "?period=today", "?period=7d", "?period=30d", "?period=90d"].map((query) => ({ path: `/app${query}` })),
    events: [events("")],
    "events, second page": [events(`?cursor=${nextCursor}`)],
    "events, filtered": filters().map(events),
    "events, searched": [
      ...[order.name, order.orderId, order.eventId, order.traceId].map(search),
      ...[visit.eventId, visit.traceId, "#999999999", "nothing-like-this"].map(search),
    ],
    order: [{ path: `/app/orders/${order.orderId}` }],
    "first byte of the file": FILES.map((query) => ({ path: `/app/events-export${query}`, isFile: true })),
  };
}

const FILES = ["", "?period=90", "?outcome=refused", "?reason=bad-value"];

const filters = (): readonly string[] => [
  ...PERIODS.map((period) => `?period=${period}`),
  ...EVENT_NAMES.map((name) => `?event=${name}`),
  ...OUTCOMES.map((outcome) => `?outcome=${outcome}`),
  ...["consent-browser-declined", "too-old", "bad-value"].map((reason) => `?reason=${reason}`),
  ...LEGS.map((legs) => `?legs=${legs}`),
  ...Object.values(PIXELS).map((pixel) => `?pixel=${pixel}`),
  ...CHANNELS.map((channel) => `?channel=${channel}`),
  "?period=90&event=Purchase&outcome=refused&legs=none",
  `?period=30&outcome=delivered&legs=differing&pixel=${PIXELS.third}`,
];

/** Sends the request with a session token of its own, as the admin does, and gives the milliseconds until its end. */
export async function timed(appUrl: string, request: AdminRequest): Promise<number> {
  const startedAt = performance.now();
  const answer = await send(appUrl, request);
  if (request.isFile) {
    const reader = answer.body?.getReader();
    await reader?.read();
    const ms = performance.now() - startedAt;
    await reader?.cancel();
    return ms;
  }
  await answer.text();
  return performance.now() - startedAt;
}

/** The cursor of the second page, as the first page links to it. */
export async function secondPage(appUrl: string): Promise<string> {
  const html = await (await send(appUrl, { path: "/app/events" })).text();
  const cursor = /[?&;]cursor=([\w%-]+)/.exec(html)?.[1];
  if (cursor === undefined) throw new Error("the Events page links to no second page");
  return cursor;
}

async function send(appUrl: string, { path }: AdminRequest): Promise<Response> {
  const token = createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, MERCHANT, new Date());
  const answer = await fetch(`${appUrl}${path}`, {
    headers: { authorization: `Bearer ${token}`, "user-agent": USER_AGENT, accept: "text/html" },
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (answer.status === 200) return answer;
  // An order that was found by its name or ID is opened: the answer is where it is.
  const isOpened = answer.status === 302 && answer.headers.get("location")?.startsWith("/app/orders/");
  if (isOpened !== true) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
