import type { PrismaClient } from "@prisma/client";

import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { Reason } from "../event-contract/reason.ts";
import type { DestinationId } from "../settings/types.ts";
import { addEvents, type EventAdded, keysOfEvent } from "./add-events.server.ts";
import { addReceipts, keysOfReceipt, type ReceiptAdded } from "./add-receipts.server.ts";
import { releaseClaims, releaseEveryClaim, renewClaims } from "./claim-deliveries.server.ts";
import { type DueWork, dueWork } from "./due-work.server.ts";
import { abandonDestination, withholdShop } from "./end-unsettled.server.ts";
import { groupCommit } from "./group-commit.ts";
import { holdDeliveries, releaseHeld } from "./hold-deliveries.server.ts";
import { asNotStorable, isRefusal } from "./is-refusal.server.ts";
import { knownPurchase } from "./known-purchase.server.ts";
import { pauseUntil, backOff } from "./pause-pixel.server.ts";
import { sentData } from "./sent-data.server.ts";
import { expireHeld, type HeldTooLong, releaseStranded } from "./release-and-expire-held.server.ts";
import type { BrowserReceipt, Claim, KnownPurchase, NewEvent, WebhookKey } from "./types.ts";
import { createWorkerStatements, type WorkerStatements } from "./worker-statements.server.ts";

/**
 * The ledger and its outbox. Every verb throws when the database is not there; `add` and `addReceipt` throw NotStorable
 * where it is there and can never hold what they were given.
 */
export type EventStore = WorkerStatements & {
  /** Commits an event, and what came with it, with the webhook that brought them. `due`: one can be decided now. Concurrent calls share a commit. */
  add(event: NewEvent, webhook: WebhookKey | null, also?: readonly NewEvent[]): Promise<EventAdded>;
  /** What the event says, by its id; null where there is none, or none that may be sent. */
  sentData(shop: ShopDomain, eventName: EventName, eventId: EventId): Promise<CustomData | null>;
  /** What is known of the payment of the order that this Purchase is about; null where there is none. */
  knownPurchase(shop: ShopDomain, eventId: EventId): Promise<KnownPurchase | null>;
  /** `due`: an order was waiting for this receipt and can be decided now. Concurrent calls share a commit. */
  addReceipt(receipt: BrowserReceipt): Promise<ReceiptAdded>;
  /** For a webhook that makes no event. */
  noteWebhook(shop: ShopDomain, webhook: WebhookKey): Promise<"noted" | "duplicate-webhook">;
  /** Gives claims back unsent, as on shutdown. */
  release(claims: readonly Claim[]): Promise<void>;
  /** Keeps claims until a later moment; number of those that were still the caller's. */
  renew(claims: readonly Claim[], until: Date): Promise<number>;
  /** On the embedded database at the start, where every claim is a dead process's. */
  releaseEveryClaim(): Promise<number>;
  /** One failure more: nothing of the pixel is due before `until(failures)`. */
  backOff(destinationId: DestinationId, until: (failures: number) => Date): Promise<void>;
  /** Nothing of the pixel is due before then. */
  pauseUntil(destinationId: DestinationId, until: Date): Promise<void>;
  /** Number of deliveries that now wait for the merchant. */
  hold(destinationId: DestinationId, reason: string): Promise<number>;
  /** Number of deliveries that are due again. */
  releaseHeld(destinationId: DestinationId, now: Date): Promise<number>;
  /** What is held for a pixel that works is due again; the pixels to wake. */
  releaseStranded(now: Date): Promise<DueWork["destinations"]>;
  /** Number of held deliveries that ended by their age; at most a thousand at once. */
  expireHeld(tooLong: HeldTooLong): Promise<number>;
  /** What a sweep must wake. */
  due(now: Date): Promise<DueWork>;
  /** After an uninstallation: ends everything unsettled; number of events. */
  withholdShop(shop: ShopDomain, reason: Reason, now: Date): Promise<number>;
  /** After a pixel's disconnection, once its row is gone: ends what waited for it; number of deliveries. */
  abandonDestination(destinationId: DestinationId, reason: Reason, now: Date): Promise<number>;
};

// Larger groups make each request wait longer and commit no faster.
const GROUP = 64;
// At the thousands of commits a second that one process makes this is less than a second's work; Shopify waits for five.
const BACKLOG = { most: 2_000, mostOfOne: 1_000, oldestMs: 3_000, elapsedMs: () => performance.now() };

type Write<Entry, Answer> = (entries: readonly Entry[]) => Promise<readonly Answer[]>;

/** The same write, and how long it took; as it is where nobody wants to know. */
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

export type EventStoreOptions = {
  now(): Date;
  /** Is told of each statement of the group commit, after it. */
  readonly written?: ((table: "event" | "receipt", entries: number, tookMs: number) => void) | undefined;
};

export function createEventStore(prisma: PrismaClient, clock: EventStoreOptions): EventStore {
  const add = groupCommit({
    limit: GROUP,
    keysOf: keysOfEvent,
    write: timed("event", (entries) => addEvents(prisma, entries, clock.now()), clock),
    isRefusal,
    backlog: { ...BACKLOG, tenantOf: ({ event }) => event.shop },
  });
  const addReceipt = groupCommit({
    limit: GROUP,
    keysOf: keysOfReceipt,
    write: timed("receipt", (receipts) => addReceipts(prisma, receipts, clock.now()), clock),
    isRefusal,
    backlog: { ...BACKLOG, tenantOf: ({ shop }) => shop },
  });
  return {
    ...createWorkerStatements(prisma),
    add: (event, webhook, also = []) => add({ event, webhook, also }).catch(rethrow),
    sentData: (shop, eventName, eventId) => sentData(prisma, { shop, eventName, eventId }),
    knownPurchase: (shop, eventId) => knownPurchase(prisma, shop, eventId),
    // Nothing could ever find a receipt without a key, so it is not kept.
    addReceipt: (receipt) =>
      keysOfReceipt(receipt).length > 0 ? addReceipt(receipt).catch(rethrow) : Promise.resolve({ due: false }),
    noteWebhook: async (shop, { topic, webhookId }) => {
      const row = { shop, topic, webhookId, receivedAt: clock.now() };
      const { count } = await prisma.webhookReceipt.createMany({ data: row, skipDuplicates: true });
      return count === 1 ? "noted" : "duplicate-webhook";
    },
    release: (claims) => releaseClaims(prisma, claims),
    renew: (claims, until) => renewClaims(prisma, claims, until),
    releaseEveryClaim: () => releaseEveryClaim(prisma),
    backOff: (destinationId, until) => backOff(prisma, destinationId, until),
    pauseUntil: (destinationId, until) => pauseUntil(prisma, destinationId, until),
    hold: (destinationId, reason) => holdDeliveries(prisma, destinationId, { reason, now: clock.now() }),
    releaseHeld: (destinationId, now) => releaseHeld(prisma, destinationId, now),
    releaseStranded: (now) => releaseStranded(prisma, now),
    expireHeld: (tooLong) => expireHeld(prisma, tooLong),
    due: (now) => dueWork(prisma, now),
    withholdShop: (shop, reason, now) => withholdShop(prisma, shop, { reason, now }),
    abandonDestination: (destinationId, reason, now) => abandonDestination(prisma, destinationId, { reason, now }),
  };
}
