import type { ReceivedEvent } from "../../simulators/meta/event-ledger.ts";
import type { Order } from "../../simulators/shopify/types.ts";
import { PIXEL } from "../../simulators/stack.ts";
import { connectCrm, type Crm, inquire } from "./leads.ts";
import { arrived, atRest, type Life, putClock, restartApp } from "./life.ts";
import { aVisitor, lookAround, order, purchaseIdOf, seeThankYouPage, variantOf, type Visitor } from "./visitors.ts";

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** The day on which the merchant installs the app, and the days since. */
export const DAYS_AGO = 6;

/** How many look around on each day, from the first to the one before today. Of three, one buys. */
const VISITS = [8, 14, 11, 17, 21, 12];
const SITTINGS = 3;

/** Six days of a shop that has just installed the app. Its clock ends at the true time. */
export async function liveAWeek(life: Life): Promise<void> {
  // An order whose browser says nothing is sent that soon.
  await life.runShop("set", "--context-wait", "2");
  const crm = await connectCrm(life);
  const inquiries: Visitor[] = [];
  let n = 0;
  for (const [day, visits] of VISITS.entries()) {
    const ago = DAYS_AGO - day;
    await putClock(ago * DAY_MS, life);
    if (day > 0) await restartApp(life);
    for (let sitting = 0; sitting < SITTINGS; sitting += 1) {
      await putClock(ago * DAY_MS - sitting * 3.7 * HOUR_MS, life);
      const people = Array.from({ length: Math.ceil(visits / SITTINGS) }, () => aVisitor((n += 1), life));
      await visit(people, life);
      inquiries.push(...(await ask(people.slice(0, 1), life)));
    }
    await follow(inquiries, day, crm);
    if (day === 3) await life.runShop("set", "--refund-event", "on");
  }
  await putClock(0, life);
  await restartApp(life);
}

/** A page and a product; a cart; a checkout, and a sale. */
const STEPS = [2, 4, 3] as const;

async function visit(people: readonly Visitor[], life: Life): Promise<void> {
  for (const visitor of people) {
    const steps = STEPS[visitor.n % STEPS.length] ?? 2;
    await lookAround(visitor, steps, life);
    if (steps !== 4) continue;
    const placed = order(visitor, isDeclining(visitor) ? "declined" : "granted", life);
    if (isDeclining(visitor)) continue;
    life.underWay.toMeta.add(purchaseIdOf(placed));
    // Of seven buyers one has a browser that lets nothing through.
    if (visitor.n % 7 !== 0) await seeThankYouPage(visitor, placed, life);
  }
  await atRest(life);
}

const isDeclining = ({ n }: Pick<Visitor, "n">): boolean => n % 5 === 4;

async function ask(people: readonly Visitor[], life: Life): Promise<readonly Visitor[]> {
  for (const visitor of people) await inquire(visitor, life);
  return people;
}

/** What is reported of an inquiry on each day after it. Of the last one somebody still makes an offer, without effect. */
const FATES = [
  [],
  ["qualified"],
  ["qualified", "offer"],
  ["qualified", "offer", "won"],
  ["disqualified", "offer"],
] as const satisfies readonly (readonly string[])[];

async function follow(inquiries: readonly Visitor[], day: number, crm: Crm): Promise<void> {
  for (const [index, visitor] of inquiries.entries()) {
    const age = day - Math.floor(index / SITTINGS);
    const stage = FATES[index % FATES.length]?.[age - 1];
    if (stage !== undefined) await crm.report(visitor, stage);
  }
}

/** This morning: what a merchant has questions about. Returns an order that went as it should. */
export async function liveThisMorning(life: Life): Promise<Order> {
  const { stack, store } = life;
  const people = Array.from({ length: 9 }, (_, index) => aVisitor(901 + index, life));
  await visit(people, life);
  const { orders } = stack.shopify.shop(store);
  const [first] = orders;
  const sent = orders.findLast((placed) => life.stack.meta.received().some(isMergedSaleOf(placed)));
  if (first === undefined || sent === undefined) throw new Error("nothing was sold");
  await refuse(aVisitor(910, life), life);
  const lines = [{ variantId: variantOf(aVisitor(911, life)).id, quantity: 1 }];
  stack.shopify.placeOrder(store, { lines, test: true });
  stack.shopify.placeOrder(store, { lines, source: "pos" });
  // It will be paid some day.
  stack.shopify.placeOrder(store, { lines, payment: "bank-transfer", financialStatus: "pending" });
  stack.shopify.requestCustomerData(first);
  await stack.shopify.settled();
  return sent;
}

const isMergedSaleOf = (placed: Order) => (event: ReceivedEvent) =>
  event.merged && event.eventId === purchaseIdOf(placed);

/** Meta refuses one order's Purchase. */
async function refuse(visitor: Visitor, life: Life): Promise<void> {
  const placed = order(visitor, "granted", life);
  life.stack.meta.faults.set({ kind: "refuse-event", eventId: purchaseIdOf(placed) });
  await life.stack.shopify.settled();
}

/** The merchant tries the pixel with test orders. */
export async function tryTestOrders(life: Life): Promise<void> {
  const { metaPixelId: pixel, token } = PIXEL;
  await life.runShop("connect", "--pixel", pixel, "--token", token, "--test-code", "TEST4711");
  for (const n of [912, 913]) {
    const lines = [{ variantId: variantOf(aVisitor(n, life)).id, quantity: 1 }];
    const placed = life.stack.shopify.placeOrder(life.store, { lines, source: "pos", country: "US", test: true });
    await arrived(({ eventId }) => eventId === purchaseIdOf(placed), life);
  }
}
