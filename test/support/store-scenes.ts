import { randomUUID } from "node:crypto";

import type { ConsentReceipt } from "../../app/consent/types.ts";
import type { ConsentSignal } from "../../app/event-contract/consent-signal.ts";
import {
  type CheckoutToken,
  type EventId,
  eventId,
  type OrderId,
  orderId,
  checkoutToken,
  purchaseEventId,
  type ShopDomain,
  shopDomain,
} from "../../app/event-contract/event-id.ts";
import type { EventName } from "../../app/event-contract/event-name.ts";
import type { CustomData } from "../../app/event-contract/purchase.ts";
import type { ClaimOptions } from "../../app/outbox/worker-statements.server.ts";
import { createEventStore, type EventStore } from "../../app/outbox/event-store.server.ts";
import type { AttemptRecord, BrowserReceipt, Decision, EventKey, NewEvent } from "../../app/outbox/types.ts";
import type { TestDatabase } from "./databases.ts";

/** The scenes' start time; stores read the scene's clock, never the system clock. */
export const NOON = new Date("2026-11-20T12:00:00.000Z");
export const after = (ms: number): Date => new Date(NOON.getTime() + ms);

export const GRANTED: ConsentSignal = { marketing: true, saleOfData: true, at: NOON.getTime() };
export const CONSENT: ConsentReceipt = {
  decision: "send",
  rule: "browser-granted",
  region: "DE",
  signal: GRANTED,
  policy: null,
  decidedAt: NOON.getTime(),
};

const must = <Value>(value: Value | null): Value => {
  if (value === null) throw new Error("the scene was built from a bad value");
  return value;
};

export const order = (n: number | string): OrderId => must(orderId(String(n)));
export const token = (text: string): CheckoutToken => must(checkoutToken(text));
export const anId = (text: string): EventId => must(eventId(text));

type EventChanges = Partial<Omit<NewEvent, "body">> & {
  readonly name?: EventName;
  readonly id?: EventId;
  readonly time_s?: number;
  readonly data?: CustomData;
};

/** One shop of its own in a shared database, with a store whose clock stands at NOON until moved. */
export type Scene = {
  readonly shop: ShopDomain;
  readonly store: EventStore;
  readonly database: TestDatabase;
  at(moment: Date): void;
  event(n: number, changes?: EventChanges): NewEvent;
  key(n: number): EventKey;
  receipt(n: number, changes?: Partial<BrowserReceipt>): BrowserReceipt;
  pixel(state?: "active" | "paused" | "blocked"): Promise<string>;
  send(n: number, to: readonly string[]): Decision;
  /** Adds orders 1…count and decides them: `count` queued deliveries for each pixel. */
  queued(count: number, to: readonly string[]): Promise<void>;
  row(n: number): Promise<{
    state: string;
    reason: string | null;
    body: unknown;
    browserData: unknown;
    signal: unknown;
    consent: unknown;
    decideAt: Date | null;
    settledAt: Date | null;
  }>;
  deliveries(n: number): Promise<
    {
      pixelId: string;
      state: string;
      reason: string | null;
      attempts: number;
      attemptIds: bigint[];
      claimedBy: string | null;
      dueAt: Date;
      traceId: string | null;
    }[]
  >;
};

export async function aScene(database: TestDatabase): Promise<Scene> {
  const shop = must(shopDomain(`s${randomUUID()}.myshopify.com`));
  await database.prisma.shop.create({ data: { domain: shop, ingestKey: randomUUID() } });
  let now = NOON;
  const store = createEventStore(database.prisma, { now: () => now });
  const scene: Scene = {
    shop,
    store,
    database,
    at: (moment) => void (now = moment),
    event: (n, changes = {}) => eventOf(shop, n, changes),
    key: (n) => ({ shop, eventName: "Purchase", eventId: purchaseEventId(shop, order(n)) }),
    receipt: (n, changes = {}) => ({ ...receiptOf(shop, n), ...changes }),
    pixel: async (state = "active") => {
      const metaPixelId = String(Math.trunc(Math.random() * 1e15));
      const made = await database.prisma.pixel.create({ data: { shop, metaPixelId, state } });
      return made.id;
    },
    send: (n, to) => ({ kind: "send", key: scene.key(n), body: eventOf(shop, n, {}).body, consent: CONSENT, to }),
    queued: async (count, to) => {
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      await Promise.all(numbers.map((n) => store.add(scene.event(n), null)));
      await store.decide(
        numbers.map((n) => scene.send(n, to)),
        NOON,
      );
    },
    row: (n) => database.prisma.event.findUniqueOrThrow({ where: { shop_eventName_eventId: scene.key(n) } }),
    deliveries: (n) => database.prisma.delivery.findMany({ where: scene.key(n), orderBy: { pixelId: "asc" } }),
  };
  return scene;
}

function eventOf(
  shop: ShopDomain,
  n: number,
  { name = "Purchase", id, time_s, data, ...rest }: EventChanges,
): NewEvent {
  return {
    shop,
    origin: "webhook",
    body: {
      event_name: name,
      event_id: id ?? purchaseEventId(shop, order(n)),
      event_time: time_s ?? NOON.getTime() / 1000 + n,
      action_source: "website",
      user_data: { em: ["a".repeat(64)], client_ip_address: "203.0.113.7" },
      custom_data: data ?? { value: 12.3, currency: "EUR", content_ids: [`v${n}`], num_items: 1, order_id: String(n) },
    },
    settingsVersion: 1,
    orderId: order(n),
    checkoutToken: token(`checkout-${n}`),
    region: "DE",
    state: "joining",
    reason: null,
    joinForMs: 90_000,
    signal: null,
    browserLeg: null,
    ...rest,
  };
}

const receiptOf = (shop: ShopDomain, n: number): BrowserReceipt => ({
  shop,
  checkoutToken: token(`checkout-${n}`),
  orderId: order(n),
  eventId: purchaseEventId(shop, order(n)),
  data: { value: 12.3, currency: "EUR", content_ids: [`v${n}`], num_items: 1, order_id: String(n) },
  leg: { sent: true },
  fbp: "fb.1.1700000000000.1234567890",
  fbc: null,
  ip: "203.0.113.7",
  userAgent: "Mozilla/5.0",
  url: "https://shop.example.com/checkouts/1",
  referrer: null,
  signal: GRANTED,
  receivedAt: NOON,
});

export const claimAs = (claimedBy: string, options: Partial<ClaimOptions> = {}): ClaimOptions => ({
  limit: 1_000,
  claimedBy,
  until: after(60_000),
  now: NOON,
  ...options,
});

export const anAttempt = (shop: ShopDomain, pixelId: string): AttemptRecord => ({
  pixelId,
  shop,
  startedAt: NOON,
  durationMs: 80,
  events: 1,
  httpStatus: 200,
  verdict: "accepted",
  code: null,
  subcode: null,
  message: null,
  traceId: "trace-1",
});
