import type { PrismaClient } from "@prisma/client";

import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { Reason } from "../event-contract/reason.ts";
import type { PixelId } from "../settings/types.ts";
import { addEvents, type DecidedAdded, type EventAdded, type PostAdded } from "./add-events.server.ts";
import { addPosted } from "./add-posted.ts";
import { addStorefrontEvents, keyOfStorefront } from "./add-storefront-events.server.ts";
import { addReceipts, keysOfReceipt, type ReceiptAdded } from "./add-receipts.server.ts";
import { releaseClaims, releaseEveryClaim, renewClaims } from "./claim-deliveries.server.ts";
import { releaseEveryLease, releaseLeases, renewLeases } from "./claim-storefront.server.ts";
import { type DueWork, dueWork } from "./due-work.server.ts";
import { abandonPixel, withholdShop } from "./end-unsettled.server.ts";
import { groupCommit } from "./group-commit.ts";
import { holdDeliveries, releaseHeld } from "./hold-deliveries.server.ts";
import { asNotStorable, isRefusal } from "./is-refusal.server.ts";
import type { DigestsOf, Writing } from "./is-erased.server.ts";
import { knownPurchase } from "./known-purchase.server.ts";
import { type LookAgain, lookAgain, type OrderToLookAt, takeLooks } from "./look-again.server.ts";
import { pauseUntil, backOff } from "./pause-pixel.server.ts";
import { keysOfEvent, type PostedEvent } from "./rows-to-add.server.ts";
import { type RecordedEvent, recordedEvents } from "./recorded-events.server.ts";
import { type EventToSendAgain, type QueuedAgain, sendAgain } from "./send-again.server.ts";
import { sentData } from "./sent-data.server.ts";
import { expireHeld, type HeldTooLong, releaseStranded } from "./release-and-expire-held.server.ts";
import type { BrowserReceipt, Claim, KnownPurchase, NewEvent, WebhookKey } from "./types.ts";
import { createWorkerStatements, type WorkerStatements } from "./worker-statements.server.ts";

/**
 * The ledger and its outbox. Every method throws when the database is unavailable. `add` and `addReceipt` throw
 * NotStorable when PostgreSQL can never store the given values.
 */
export type EventStore = WorkerStatements & {
  /**
   * Commits an event, with any others from its webhook, together with the webhook. `due`: one can be decided now.
   * Concurrent calls share a commit.
   */
  add(event: NewEvent, webhook: WebhookKey | null, also?: readonly NewEvent[]): Promise<EventAdded>;
  /**
   * Commits the events of one post, of which no two share a name and an ID, together with their decisions and
   * deliveries: all of a table or none. An event that is there already stays as it is. Concurrent calls share a commit.
   */
  addPosted(events: readonly [PostedEvent, ...PostedEvent[]]): Promise<PostAdded>;
  /** An event's `custom_data`; null if the event does not exist, or was withheld or refused. */
  sentData(shop: ShopDomain, eventName: EventName, eventId: EventId): Promise<CustomData | null>;
  /** Whether and when this Purchase's order counts; null if the ledger has no such Purchase. */
  knownPurchase(shop: ShopDomain, eventId: EventId): Promise<KnownPurchase | null>;
  /** What is recorded of an order's events, oldest first. */
  recorded(shop: ShopDomain, orderId: OrderId): Promise<readonly RecordedEvent[]>;
  /** Queues an ended event once more, and notes who wished it; returns the pixels to wake. */
  sendAgain(again: Omit<EventToSendAgain, "now" | "digestsOf">): Promise<QueuedAgain>;
  lookAgain(when: LookAgain): Promise<void>;
  takeLooks(due: Parameters<typeof takeLooks>[1]): Promise<readonly OrderToLookAt[]>;
  /** `due`: an order that waited for this receipt can be decided now. Concurrent calls share a commit. */
  addReceipt(receipt: BrowserReceipt): Promise<ReceiptAdded>;
  /** For a webhook without events. */
  noteWebhook(shop: ShopDomain, webhook: WebhookKey): Promise<"noted" | "duplicate-webhook">;
  /** Returns claims unsent, for example on shutdown. */
  release(claims: readonly Claim[]): Promise<void>;
  /** Extends claims; returns how many still belonged to the caller. */
  renew(claims: readonly Claim[], until: Date): Promise<number>;
  /** For the startup of the embedded database, where every claim belongs to a dead process. */
  releaseEveryClaim(): Promise<number>;
  /** Counts one more failure; none of the pixel's deliveries is due before `until(failures)`. */
  backOff(pixelId: PixelId, until: (failures: number) => Date): Promise<void>;
  /** None of the pixel's deliveries is due before `until`. */
  pauseUntil(pixelId: PixelId, until: Date): Promise<void>;
  /** Returns the number of deliveries that now wait for the merchant. */
  hold(pixelId: PixelId, reason: string): Promise<number>;
  /** Returns the number of deliveries that are due again. */
  releaseHeld(pixelId: PixelId, now: Date): Promise<number>;
  /** Requeues deliveries held for pixels that work; returns the pixels to wake. */
  releaseStranded(now: Date): Promise<DueWork["pixels"]>;
  /** Expires held deliveries by age, at most a thousand per call; returns their number. */
  expireHeld(tooLong: HeldTooLong): Promise<number>;
  /** The shops and pixels that a sweep must wake. */
  due(now: Date): Promise<DueWork>;
  /** After an uninstall: withholds every unsettled event; returns the number of events. */
  withholdShop(shop: ShopDomain, reason: Reason, now: Date): Promise<number>;
  /** After a pixel is disconnected and its row deleted: refuses its waiting deliveries; returns their number. */
  abandonPixel(pixelId: PixelId, reason: Reason, now: Date): Promise<number>;
};

// Larger groups make each request wait longer and commit no faster.
const GROUP = 64;
// One process makes thousands of commits a second, so this is less than a second's work; Shopify waits five seconds.
const BACKLOG = { most: 2_000, mostOfOne: 1_000, oldestMs: 3_000, elapsedMs: () => performance.now() };

type Write<Entry, Answer> = (entries: readonly Entry[]) => Promise<readonly Answer[]>;

/** The same write, timed; unchanged if no metric is set. */
function timed<Entry, Answer>(
  table: "event" | "receipt",
  write: Write<Entry, Answer>,
  { written }: EventStoreOptions,
): Write<Entry, Answer> {
  if (!written) return write;
  return async (entries) => {
    const start = performance.now();
    const answers = await write(entries);
    written(table, entries.length, performance.now() - start);
    return answers;
  };
}

const rethrow = (error: unknown): never => {
  throw asNotStorable(error);
};

const asPosted = (event: NewEvent): PostedEvent => ({ event });

export type EventStoreOptions = {
  now(): Date;
  /** Absent: erased persons are not checked. */
  readonly digestsOf?: DigestsOf | undefined;
  /** Called after each statement of the group commit. */
  readonly written?: ((table: "event" | "receipt", entries: number, tookMs: number) => void) | undefined;
};

const writing = ({ now, digestsOf }: EventStoreOptions): Writing => ({ now: now(), digestsOf });

const byTable = (claims: readonly Claim[]) => ({
  deliveries: claims.filter(({ storefront }) => storefront === undefined),
  storefront: claims.filter(({ storefront }) => storefront !== undefined),
});

/** The writes that concurrent calls share. */
function sharedWrites(prisma: PrismaClient, clock: EventStoreOptions) {
  const add = groupCommit({
    limit: GROUP,
    keysOf: keysOfEvent,
    write: timed("event", (entries) => addEvents(prisma, entries, writing(clock)), clock),
    isRefusal,
    backlog: { ...BACKLOG, tenantOf: ({ event }) => event.shop },
  });
  const addReceipt = groupCommit({
    limit: GROUP,
    keysOf: keysOfReceipt,
    write: timed("receipt", (receipts) => addReceipts(prisma, receipts, writing(clock)), clock),
    isRefusal,
    backlog: { ...BACKLOG, tenantOf: ({ shop }) => shop },
  });
  const addStorefront = groupCommit<readonly PostedEvent[], readonly DecidedAdded[]>({
    limit: GROUP,
    keysOf: (events) => events.map(keyOfStorefront),
    write: timed("event", (posts) => addStorefrontEvents(prisma, posts, writing(clock)), clock),
    isRefusal,
    backlog: { ...BACKLOG, tenantOf: ([first]) => first?.event.shop ?? "" },
  });
  const addOthers = async ([first, ...also]: readonly [PostedEvent, ...PostedEvent[]]): Promise<PostAdded> => {
    const { due, also: others, ...answer } = await add({ ...first, webhook: null, also });
    return { due, added: [answer, ...others] };
  };
  return { add, addReceipt, addStorefront, addOthers };
}

export function createEventStore(prisma: PrismaClient, clock: EventStoreOptions): EventStore {
  const { add, addReceipt, addStorefront, addOthers } = sharedWrites(prisma, clock);
  return {
    ...createWorkerStatements(prisma),
    add: async (event, webhook, also = []) => {
      const { outcome, due } = await add({ event, webhook, also: also.map(asPosted) }).catch(rethrow);
      return { outcome, due };
    },
    addPosted: (posted) => addPosted(posted, { addOthers, addStorefront }).catch(rethrow),
    sentData: (shop, eventName, eventId) => sentData(prisma, { shop, eventName, eventId }),
    knownPurchase: (shop, eventId) => knownPurchase(prisma, shop, eventId),
    recorded: (shop, orderId) => recordedEvents(prisma, shop, orderId),
    sendAgain: (again) => sendAgain(prisma, { ...again, ...writing(clock) }),
    lookAgain: (when) => lookAgain(prisma, when),
    takeLooks: (due) => takeLooks(prisma, due),
    // A receipt without a key cannot be joined to an order, so it is not stored.
    addReceipt: (receipt) =>
      keysOfReceipt(receipt).length > 0 ? addReceipt(receipt).catch(rethrow) : Promise.resolve({ due: false }),
    noteWebhook: async (shop, { topic, webhookId }) => {
      const row = { shop, topic, webhookId, receivedAt: clock.now() };
      const { count } = await prisma.webhookReceipt.createMany({ data: row, skipDuplicates: true });
      return count === 1 ? "noted" : "duplicate-webhook";
    },
    release: async (claims) => {
      const { deliveries, storefront } = byTable(claims);
      if (deliveries.length > 0) await releaseClaims(prisma, deliveries);
      if (storefront.length > 0) await releaseLeases(prisma, storefront);
    },
    renew: async (claims, until) => {
      const { deliveries, storefront } = byTable(claims);
      const own = deliveries.length > 0 ? await renewClaims(prisma, deliveries, until) : 0;
      return own + (storefront.length > 0 ? await renewLeases(prisma, storefront, until) : 0);
    },
    releaseEveryClaim: async () => (await releaseEveryClaim(prisma)) + (await releaseEveryLease(prisma)),
    backOff: (pixelId, until) => backOff(prisma, pixelId, until),
    pauseUntil: (pixelId, until) => pauseUntil(prisma, pixelId, until),
    hold: (pixelId, reason) => holdDeliveries(prisma, pixelId, { reason, now: clock.now() }),
    releaseHeld: (pixelId, now) => releaseHeld(prisma, pixelId, now),
    releaseStranded: (now) => releaseStranded(prisma, now),
    expireHeld: (tooLong) => expireHeld(prisma, tooLong),
    due: (now) => dueWork(prisma, now),
    withholdShop: (shop, reason, now) => withholdShop(prisma, shop, { reason, now }),
    abandonPixel: (pixelId, reason, now) => abandonPixel(prisma, pixelId, { reason, now }),
  };
}
