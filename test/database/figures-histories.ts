import { Prisma } from "@prisma/client";
import fc from "fast-check";

import type { BrowserLeg } from "../../app/event-contract/wire.ts";
import type { EventName } from "../../app/event-contract/event-name.ts";
import { foldFigures } from "../../app/ledger/keep-figures.server.ts";
import type { Claim, Decision, Settlement } from "../../app/outbox/types.ts";
import { endStorefront } from "../../app/outbox/end-storefront.server.ts";
import { endWaits } from "../../app/privacy/end-waits.server.ts";
import { after, anId, claimAs, CONSENT, GRANTED, type Scene } from "../support/store-scenes.ts";

/** A shop with two pixels, whose orders and visits go by number. */
export type Outbox = {
  readonly scene: Scene;
  readonly pixels: readonly string[];
  now: number;
  claims: number;
  isMoved: boolean;
};

export async function anOutbox(scene: Scene, now = 0): Promise<Outbox> {
  scene.at(after(now));
  await scene.database.prisma.shop.update({
    where: { domain: scene.shop },
    data: { timezone: "Pacific/Auckland" },
  });
  return { scene, pixels: [await scene.pixel(), await scene.pixel()], now, claims: 0, isMoved: false };
}

export type Step = { readonly run: (outbox: Outbox) => Promise<unknown>; toString(): string };
export const step = (name: string, run: Step["run"]): Step => ({ run, toString: () => name });

const DAY_S = 86_400;
const seconds = (now: number, ago_s: number): number => after(now).getTime() / 1_000 - ago_s;

type Kind = "joining" | "waiting-for-payment" | "withheld";
const REASONS = { joining: null, "waiting-for-payment": "waiting-for-payment", withheld: "test-order" } as const;

/** A webhook of an order, new or known: it may advance one that waits. */
const webhook = (n: number, kind: Kind, ago_s: number): Step =>
  step(`webhook(${n}, ${kind}, ${ago_s})`, async (outbox) => {
    const { scene } = outbox;
    const event = scene.event(n, { state: kind, reason: REASONS[kind], time_s: seconds(outbox.now, ago_s) });
    await scene.store.add(event, null, [scene.event(n, { name: "Subscribe", state: kind, reason: REASONS[kind] })]);
  });

/** A visit, decided on arrival. */
const visit = (n: number, eventName: EventName, isSent: boolean): Step =>
  step(`visit(${n}, ${eventName}, ${isSent})`, async ({ scene, pixels, now }) => {
    const key = { shop: scene.shop, eventName, eventId: anId(`visit-${n}`) };
    const event = scene.event(n, {
      ...{ name: eventName, id: key.eventId, origin: "collector", signal: GRANTED, orderId: null },
      ...{ checkoutToken: null, time_s: after(now).getTime() / 1_000, browserLeg: LEGS[n % LEGS.length] ?? null },
    });
    const decision: Decision = isSent
      ? { kind: "send", key, body: event.body, consent: CONSENT, to: pixels.slice(0, 1 + (n % 2)) }
      : { kind: "withhold", key, reason: "consent-browser-declined", consent: CONSENT };
    await scene.store.addPosted([{ event, decision }]);
  });

/** A visit of which a row is written once (storefront_event), to some of the pixels; or withheld there. */
const shortVisit = (n: number, eventName: EventName, to: 0 | 1 | 2): Step =>
  step(`shortVisit(${n}, ${eventName}, ${to})`, async ({ scene, pixels, now }) => {
    const key = { shop: scene.shop, eventName, eventId: anId(`visit-${n}`) };
    const event = scene.event(n, {
      ...{ name: eventName, id: key.eventId, origin: "collector", signal: GRANTED, orderId: null, region: null },
      ...{ checkoutToken: null, time_s: seconds(now, n * 1_000), browserLeg: LEGS[n % LEGS.length] ?? null },
    });
    const consent = { ...CONSENT, region: null };
    const decision: Decision =
      to === 0
        ? { kind: "withhold", key, reason: "consent-browser-declined", consent }
        : { kind: "send", key, body: event.body, consent, to: n % 3 === 0 ? pixels.slice(1) : pixels.slice(0, to) };
    await scene.store.addPosted([{ event, decision }]);
  });

/** Ends the visits of a customer who has them erased. */
const erase = (n: number): Step =>
  step(`erase(${n})`, ({ scene, now }) => {
    const { shop, database } = scene;
    const isTheirs = Prisma.sql`body->>'event_id' = ${anId(`visit-${n}`)}`;
    return database.prisma.$transaction([
      endStorefront(database.prisma, {
        ...{ shop, reason: "customer-redacted", now: after(now) },
        waiting: Prisma.sql`using storefront_event event where event.shop = ${shop} and ${isTheirs}
          and queued.pixel = any (event.pixels) and queued.day = event.day and queued.position = event.position`,
        moved: Prisma.sql`event_id = ${anId(`visit-${n}`)}`,
      }),
      database.prisma.$executeRaw`
        update delivery set state = 'refused', reason = 'customer-redacted', settled_at = ${after(now)}::timestamptz
        where shop = ${shop} and event_id = ${anId(`visit-${n}`)} and state in ('queued', 'held') and storefront_day is not null`,
    ]);
  });

const LEGS: readonly (BrowserLeg | null)[] = [
  { sent: true },
  null,
  { sent: false, because: "zero-value" },
  { sent: true, as: "Lead" },
];

/** What the browser says of a checkout: in time, late, again, and not always the same. */
const receipt = (n: number, leg: BrowserLeg, value: number, ids: readonly string[]): Step =>
  step(`receipt(${n}, ${JSON.stringify(leg)}, ${value}, ${ids.join()})`, ({ scene, now }) => {
    const data = { value, currency: "EUR", content_ids: [...ids], num_items: 1, order_id: String(n) };
    return scene.store.addReceipt(scene.receipt(n, { leg, data, receivedAt: after(now) }));
  });

const decide = (n: number, to: number | "withhold" | "refuse"): Step =>
  step(`decide(${n}, ${to})`, ({ scene, pixels, now }) => {
    const withheld = { kind: "withhold", reason: "no-value", consent: CONSENT } as const;
    const decisionOf = (eventName: EventName): Decision => {
      const key = { ...scene.key(n), eventName };
      if (to === "withhold") return { ...withheld, key };
      if (to === "refuse") return { ...withheld, key, ending: "refused" };
      const { body } = scene.event(n, { name: eventName });
      return { kind: "send", key, body, consent: CONSENT, to: pixels.slice(0, to) };
    };
    return scene.store.decide([decisionOf("Purchase"), decisionOf("Subscribe")], after(now));
  });

/** Some of them, or all; the claims of a worker who says nothing run out. */
const deliver = (pixel: number, limit: number, settlement: Settlement): Step =>
  step(`deliver(${pixel}, ${limit}, ${settlement.kind})`, async (outbox) => {
    const { scene, pixels, now } = outbox;
    outbox.claims += 1;
    const options = { limit, now: after(now), until: after(now + 5_000) };
    const claims = await scene.store.claim(pixels[pixel] ?? "", claimAs(`worker-${outbox.claims}`, options));
    const settled = (claim: Claim) => ({ claim, settlement, traceId: null, attemptIds: [] });
    await scene.store.settle(claims.map(settled), after(now + 1_000));
    // Twice, as after a crash: the second has nothing left to end.
    await scene.store.settle(claims.map(settled), after(now + 2_000));
  });

const block = step("block", async ({ scene, pixels: [pixel = ""] }) => {
  await scene.database.prisma.pixel.update({ where: { id: pixel }, data: { state: "blocked" } });
  await scene.store.hold(pixel, "token-invalid");
});

const mend = step("mend", async ({ scene, pixels: [pixel = ""], now }) => {
  await scene.database.prisma.pixel.update({ where: { id: pixel }, data: { state: "active" } });
  await scene.store.releaseHeld(pixel, after(now));
});

const expire = step("expire", ({ scene, now }) =>
  scene.store.expireHeld({ before: after(now), beforeInStore: after(now), reason: "held-too-long", now: after(now) }),
);
const abandon = step("abandon", ({ scene, pixels: [, pixel = ""], now }) =>
  scene.store.abandonPixel(pixel, "pixel-disconnected", after(now)),
);
const uninstall = step("uninstall", ({ scene, now }) =>
  scene.store.withholdShop(scene.shop, "app-uninstalled", after(now)),
);
const giveUp = step("giveUp", ({ scene, now }) => endWaits(scene.database.prisma, { now: after(now), limit: 100 }));
export const fold = step("fold", ({ scene }) => foldFigures(scene.database.prisma));
export const wait = (ms: number): Step =>
  step(`wait(${ms})`, async (outbox) => {
    outbox.now += ms;
    outbox.scene.at(after(outbox.now));
  });
/** Once: only the latest time zone's beginning is kept. The database's clock is set to the scene's afterwards. */
const move = (timezone: string | null): Step =>
  step(`move(${timezone})`, async (outbox) => {
    if (outbox.isMoved) return;
    outbox.isMoved = true;
    const shop = outbox.scene.database.prisma.shop;
    const { timezoneSince } = await shop.update({ where: { domain: outbox.scene.shop }, data: { timezone } });
    if (timezoneSince === null) return;
    const data = { timezoneSince: after(outbox.now + 2 * 3_600_000) };
    await shop.update({ where: { domain: outbox.scene.shop }, data });
  });

const orders = fc.integer({ min: 1, max: 5 });
const settlements = fc.constantFrom<Settlement[]>(
  { kind: "delivered" },
  { kind: "delivered" },
  { kind: "refused", reason: "bad" },
  { kind: "expired", reason: "old" },
  { kind: "withheld", reason: "dedup-window-passed" },
  { kind: "held", reason: "token-invalid" },
  { kind: "retry", at: after(0), reason: "soon" },
);
const kinds = fc.constantFrom<Kind[]>("joining", "joining", "waiting-for-payment", "withheld");
const legs = fc.constantFrom<BrowserLeg[]>(
  { sent: true },
  { sent: true, as: "Lead" },
  { sent: false, because: "zero-value" },
);

const anyStep = fc.oneof(
  fc.tuple(orders, kinds, fc.constantFrom(0, 40_000, 70 * DAY_S, 200 * DAY_S, -7_200)).map((of) => webhook(...of)),
  fc.tuple(orders, fc.constantFrom<EventName[]>("ViewContent", "Search"), fc.boolean()).map((of) => visit(...of)),
  fc
    .tuple(orders, legs, fc.constantFrom(12.3, 5), fc.constantFrom(["v1"], ["v2", "v1"], []))
    .map((of) => receipt(...of)),
  fc
    .tuple(orders, fc.constantFrom<(number | "withhold" | "refuse")[]>(1, 2, "withhold", "refuse"))
    .map((of) => decide(...of)),
  fc.tuple(fc.nat(1), fc.constantFrom(1, 100), settlements).map((of) => deliver(...of)),
  fc.tuple(fc.nat(1), fc.constantFrom(1, 100), settlements).map((of) => deliver(...of)),
  fc.constantFrom(block, mend, expire, giveUp, fold),
  fc.constantFrom(abandon, uninstall, mend, fold),
  fc.constantFrom(1_000, 40_000, 6 * 3_600_000, 70 * DAY_S * 1_000).map(wait),
  fc.constantFrom("America/Los_Angeles", "Asia/Kolkata", "Nowhere/Lost", null).map(move),
);

const LENGTH = { minLength: 20, maxLength: 50 };

/** Any sequence of what can begin, change or end events, by the outbox's own statements. */
export const histories = fc.array(anyStep, LENGTH);

const shortVisits = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom<EventName[]>("ViewContent", "Search"),
    fc.constantFrom<(0 | 1 | 2)[]>(0, 1, 2, 2),
  )
  .map((of) => shortVisit(...of));

/** The same with events that are written once. */
export const historiesOfVisits = fc.array(
  fc.oneof(anyStep, { arbitrary: shortVisits, weight: 1 }, { arbitrary: fc.nat(12).map(erase), weight: 1 }),
  { minLength: 30, maxLength: 80 },
);
