import type { AdminAnswer, AdminGraphql, Unanswered } from "../shopify/admin/admin-graphql.server.ts";
import { sendableUntil } from "../meta/retry-schedule.ts";
import { type OrderId, orderId, type ShopDomain } from "../event-contract/event-id.ts";
import { changedSince, LIST_ORDERS, type ListedOrder, orderList } from "../shopify/admin/admin-order-list.ts";
import { parseOrder } from "../shopify/orders/parse-order.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import { factsOfOrder } from "../normalize/order-facts.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { LedgerEntry, Reconciliations } from "../ledger/reconciliation.server.ts";
import type { MissingOrder, MissingOutcome, MissingBecause, ReconcileReport } from "../ledger/types.ts";
import type { NewEvent } from "../outbox/types.ts";
import { countsLater } from "../event-contract/order-settings.ts";
import type { Settings, ShopProfile } from "../settings/types.ts";
import { hasTag } from "../normalize/counted-later.ts";
import type { AcceptOrderDeps } from "../pipeline/accept-order.ts";
import { readWholeOrder } from "../shopify/admin/read-whole-order.ts";
import { whyUnanswered } from "../shopify/admin/why-unanswered.ts";
import { orderAsCounted } from "../pipeline/order-as-counted.ts";
import { followParcels } from "../pipeline/accept-parcel.ts";
import { upsellsOf } from "../pipeline/upsells-of-order.ts";
import { throttledAdmin } from "../shopify/admin/throttled-admin.ts";
import { wakeUpsOf } from "../pipeline/wake-ups.ts";
import type { ComparisonProblem } from "../ledger/comparison-problem.ts";
import { storedProblem } from "../wording/coded-problem.ts";

export type BringInDeps = Omit<AcceptOrderDeps, "quarantine" | "uninstalledAt" | "reopen">;

type Ledger = Pick<Reconciliations, "state" | "advance" | "finish" | "inLedger" | "inQuarantine">;

export type ReconcileDeps = Ledger &
  BringInDeps & {
    readonly installedAt: (shop: ShopDomain) => Promise<Date | null>;
    /** Null if the shop has not granted access. */
    readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
    readonly pause: (ms: number) => Promise<void>;
  };

/** `message`: why it stopped early, in English, for the operator's command line and log. */
export type Comparison = ReconcileReport & { readonly message: string | null };

export type ReconcileOptions = {
  /** Orders that changed more recently than this are left to their webhooks. */
  readonly graceMs: number;
};

const DAY_MS = 86_400_000;
/** Meta accepts website events for 7 days. */
const REACH_MS = 7 * DAY_MS;
// Shopify's search index lags behind its orders, so the last minutes are compared again.
const OVERLAP_MS = 10 * 60_000;
const LISTED = 100;

/**
 * Compares a shop's orders with the ledger and adds the missing events, marked `reconciled`. Continues page by page
 * from where the last run stopped, so that a crash or an error from Shopify costs one page. Two concurrent runs add
 * nothing twice. Orders from before the installation are never sent, because another app may have sent them.
 */
export async function reconcileOrders(
  shop: ShopDomain,
  deps: ReconcileDeps,
  { graceMs }: ReconcileOptions,
): Promise<Comparison> {
  const until = new Date(deps.now().getTime() - graceMs);
  const from = await startOf(shop, deps, until);
  const installedAt = await deps.installedAt(shop);
  const tally = newTally();
  const admin = installedAt && (await deps.admin(shop));
  const stop =
    installedAt && admin
      ? await readThrough({ shop, from, until, installedAt, ask: throttledAdmin(admin, deps.pause), tally }, deps)
      : NO_ACCESS;
  const report: ReconcileReport = {
    shop,
    from: from.toISOString(),
    until: until.toISOString(),
    orders: tally.orders,
    beforeInstallation: tally.beforeInstallation,
    withheld: Object.fromEntries(tally.withheld),
    missing: tally.missing,
    found: tally.found,
    problem: stop && storedProblem(problemOf(stop)),
  };
  await deps.finish(shop, report, deps.now());
  return { ...report, message: stop && stop.message };
}

type Stop = Unanswered | typeof NO_ACCESS;

const NO_ACCESS = {
  kind: "no-access",
  message: "Shopify has not given this app access to the shop's orders: open the app in the shop's admin once.",
} as const;

const problemOf = (stop: Stop): ComparisonProblem =>
  stop.kind === "no-access" ? { code: stop.kind, said: null } : whyUnanswered(stop);

async function startOf(shop: ShopDomain, deps: ReconcileDeps, until: Date): Promise<Date> {
  const watermark = (await deps.state(shop))?.watermark?.getTime() ?? 0;
  return new Date(Math.max(watermark - OVERLAP_MS, until.getTime() - REACH_MS));
}

type Tally = {
  orders: number;
  beforeInstallation: number;
  missing: number;
  readonly withheld: Map<string, number>;
  readonly found: MissingOrder[];
};
const newTally = (): Tally => ({ orders: 0, beforeInstallation: 0, missing: 0, withheld: new Map(), found: [] });

type Run = {
  readonly shop: ShopDomain;
  readonly from: Date;
  readonly until: Date;
  readonly installedAt: Date;
  readonly ask: AdminGraphql;
  readonly tally: Tally;
};

/** Null when complete, else why it stopped. */
async function readThrough(run: Run, deps: ReconcileDeps): Promise<Unanswered | null> {
  let cursor: string | null = null;
  do {
    const answer: AdminAnswer = await run.ask(LIST_ORDERS, { search: changedSince(run.from), after: cursor });
    if (answer.kind !== "answered") return answer;
    const { orders, nextCursor } = orderList(answer.data);
    const ripe = orders.filter(({ updatedAt }) => updatedAt <= run.until);
    const stop = await comparePage(ripe, run, deps);
    if (stop !== null) return stop;
    // The list is sorted by time of change, so a page with a more recent order is the last one.
    cursor = ripe.length === orders.length ? nextCursor : null;
    await deps.advance(run.shop, (cursor === null ? null : ripe.at(-1)?.updatedAt) ?? run.until);
  } while (cursor !== null);
  return null;
}

/** Null, or why Shopify refused to return an order. */
async function comparePage(orders: readonly ListedOrder[], run: Run, deps: ReconcileDeps): Promise<Unanswered | null> {
  const { shop, tally } = run;
  const ours = orders.filter(({ createdAt }) => createdAt >= run.installedAt);
  tally.orders += orders.length;
  tally.beforeInstallation += orders.length - ours.length;
  const profile = await deps.profile(shop);
  const byId = new Map(ours.flatMap((order) => withId(order)));
  const ids = [...byId.keys()];
  const [ledger, quarantine] = await Promise.all([deps.inLedger(shop, ids), deps.inQuarantine(shop, ids)]);
  for (const [id, order] of byId) {
    const entry = ledger.get(id);
    if (entry?.state === "withheld") count(tally.withheld, entry.reason ?? "unknown");
    const lack = lackOf(order, entry, profile);
    if (lack === null) continue;
    const because = quarantine.has(id) ? "quarantined" : lack;
    const stop = await bringIn({ id, gid: order.gid, because }, run, deps);
    if (stop !== null) return stop;
  }
  return null;
}

function withId(order: ListedOrder): readonly (readonly [OrderId, ListedOrder])[] {
  const id = orderId(order.gid);
  return id === null ? [] : [[id, order]];
}

/**
 * The part of an order that the ledger lacks: all of it, the payment (or other trigger) that makes it count, or (null)
 * nothing.
 */
function lackOf(
  order: ListedOrder,
  entry: LedgerEntry | undefined,
  profile: ShopProfile | null,
): MissingBecause | null {
  if (entry === undefined) return "webhook-never-came";
  if (entry.state !== "waiting-for-payment" || profile === null) return null;
  const { settings } = profile;
  if (countsLater(settings.purchaseTrigger)) return mayCount(order, settings) ? "trigger-webhook-never-came" : null;
  return order.isPaymentOver ? "payment-webhook-never-came" : null;
}

const mayCount = (order: ListedOrder, { purchaseTrigger, orders }: Settings): boolean =>
  order.isCancelled || (purchaseTrigger === "fulfilled" ? order.isFulfilled : hasTag(order, orders?.triggerTag ?? ""));

const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

type Missing = { readonly id: OrderId; readonly gid: string; readonly because: MissingBecause };

/** Reads one whole order and adds it to the ledger. Null, or why Shopify refused to return it. */
async function bringIn({ id, gid, because }: Missing, run: Run, deps: ReconcileDeps): Promise<Unanswered | null> {
  const read = await readWholeOrder(gid, run.ask);
  if (read.kind === "stopped") return read.answer;
  const outcome = read.kind === "gone" ? "gone" : await broughtIn(read.body, run.shop, deps);
  // A parcel is still on its way: nothing was missing.
  if (because === "trigger-webhook-never-came" && outcome === "already-there") return null;
  run.tally.missing += 1;
  if (run.tally.found.length < LISTED) run.tally.found.push({ orderId: id, because, outcome });
  return null;
}

// A comparison has no webhook time; the order's transactions date its payment instead.
const COMPARISON = { topic: null, at_s: null };

/** An unpaid order is dated when it is paid, so it is not too old yet. */
const isTooOld = ({ state, body }: NewEvent, now: Date): boolean =>
  state !== "waiting-for-payment" && sendableUntil(body.event_time, body.action_source) <= now;

/** Adds an order to the ledger as Shopify shows it now. */
export async function broughtIn(body: string, shop: ShopDomain, deps: BringInDeps): Promise<MissingOutcome> {
  const order = parseOrder(body);
  if (!order.ok) return "unreadable";
  const profile = await deps.profile(shop);
  if (profile === null) return "gone";
  const now = deps.now();
  const counted = await orderAsCounted(order.value, { profile, occasion: COMPARISON, now }, deps);
  const [purchase, ...also] = eventsFromOrder(counted, { ...profile, origin: "reconciled" }, now);
  if (isTooOld(purchase, now)) return "too-old";
  const upsells = await upsellsOf(counted, { profile, purchase, now }, deps);
  const kept = { ...purchase, ...factsOfOrder(order.value, purchase, COMPARISON) };
  const added = await deps.add(kept, null, [...also, ...upsells]).catch(notStorable);
  if (added === null) return "unreadable";
  await followParcels(order.value, purchase, deps);
  if (added.due) deps.wake(wakeUpsOf(profile));
  await deps.closeLead(purchase, profile);
  // Only a webhook can be a duplicate of one.
  return added.outcome === "duplicate-webhook" ? "already-there" : added.outcome;
}

/** One order that can never be stored must not block the others. An outage ends the run. */
function notStorable(error: unknown): null {
  if (error instanceof NotStorable) return null;
  throw error;
}
