import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { TestDatabase } from "../support/databases.ts";
import { after, anId, aScene, GRANTED, NOON, order, type Scene } from "../support/store-scenes.ts";

const webhook = (webhookId: string, topic = "orders/paid") => ({ topic, webhookId });

/** What the ledger promises on the way in, on any database. */
export function intakeBattery(makeDatabase: () => Promise<TestDatabase>): void {
  describe("events on their way in", () => {
    let database: TestDatabase;
    const scene = (): Promise<Scene> => aScene(database);
    beforeAll(async () => void (database = await makeDatabase()));
    afterAll(() => database.close());

    test("an order is one event, however many webhooks bring it", async () => {
      const { store, event, shop } = await scene();
      expect(await store.add(event(1), webhook("a"))).toEqual({ outcome: "added", due: false });
      expect(await store.add(event(1), webhook("a"))).toEqual({ outcome: "duplicate-webhook", due: false });
      expect(await store.add(event(1), webhook("b", "orders/updated"))).toEqual({
        outcome: "already-there",
        due: false,
      });
      expect(await database.prisma.event.count({ where: { shop } })).toBe(1);
      expect(await database.prisma.webhookReceipt.count({ where: { shop } })).toBe(2);
    });

    test("a webhook's other events are committed with its Purchase, once", async () => {
      const { store, event, shop } = await scene();
      const refund = event(1, { name: "OrderRefunded", id: anId("orderrefunded.tea.9"), joinForMs: 0 });
      expect(await store.add(event(1), webhook("a"), [refund])).toEqual({ outcome: "added", due: true });
      expect(await store.add(event(1), webhook("a"), [refund])).toEqual({ outcome: "duplicate-webhook", due: false });
      const other = event(1, { name: "OrderRefunded", id: anId("orderrefunded.tea.10") });
      const again = await store.add(event(1), webhook("b", "orders/updated"), [refund, other]);
      expect(again).toEqual({ outcome: "already-there", due: false });
      const names = await database.prisma.event.findMany({ where: { shop }, select: { eventName: true } });
      expect(names.map(({ eventName }) => eventName).sort()).toEqual(["OrderRefunded", "OrderRefunded", "Purchase"]);
    });

    test("a Purchase's data can be read, unless it was withheld", async () => {
      const { store, event, shop } = await scene();
      await store.add(event(1), null);
      await store.add(event(2, { state: "withheld", reason: "test-order" }), null);
      const [sent, withheld] = [event(1).body, event(2).body];
      expect(await store.sentData(shop, "Purchase", sent.event_id)).toEqual(sent.custom_data);
      expect(await store.sentData(shop, "Purchase", withheld.event_id)).toBeNull();
      expect(await store.sentData(shop, "Purchase", anId("purchase.tea.404"))).toBeNull();
    });

    test("a webhook ID is accepted once per topic, also without an event", async () => {
      const { store, shop } = await scene();
      expect(await store.noteWebhook(shop, webhook("a"))).toBe("noted");
      expect(await store.noteWebhook(shop, webhook("a"))).toBe("duplicate-webhook");
      expect(await store.noteWebhook(shop, webhook("a", "orders/create"))).toBe("noted");
    });

    test("five hundred concurrent posts with duplicates store each event once and answer each post correctly", async () => {
      const { store, event, shop } = await scene();
      const posts = Array.from({ length: 500 }, (_, n) => {
        const orderNumber = (n % 200) + 1;
        // The posts from 400 on repeat a webhook id, the ones from 200 on an order.
        return store.add(event(orderNumber), webhook(n < 400 ? `w${n}` : `w${n - 400}`));
      });
      const outcomes = (await Promise.all(posts)).map((answer) => answer.outcome);
      expect(outcomes.slice(0, 200).every((outcome) => outcome === "added")).toBe(true);
      expect(outcomes.slice(200, 400).every((outcome) => outcome === "already-there")).toBe(true);
      expect(outcomes.slice(400).every((outcome) => outcome === "duplicate-webhook")).toBe(true);
      expect(await database.prisma.event.count({ where: { shop } })).toBe(200);
    });

    test("an event that the database refuses fails alone", async () => {
      const { store, event, shop } = await scene();
      const answers = await Promise.allSettled(
        Array.from({ length: 30 }, (_, n) =>
          store.add(event(n + 1, n === 17 ? { data: { search_string: "\u0000" } } : {}), webhook(`w${n}`)),
        ),
      );
      expect(answers.map((answer) => answer.status).filter((status) => status === "rejected")).toHaveLength(1);
      expect(answers[17]?.status).toBe("rejected");
      expect(await database.prisma.event.count({ where: { shop } })).toBe(29);
      // Its webhook was not taken either: the next delivery of it gets a fair hearing.
      expect(await store.add(event(18), webhook("w17"))).toEqual({ outcome: "added", due: false });
    });

    test("an unpaid order proceeds once when it is paid", async () => {
      const { store, event, row } = await scene();
      const waiting = { state: "waiting-for-payment", reason: "waiting-for-payment" } as const;
      expect(await store.add(event(1, waiting), webhook("create"))).toEqual({ outcome: "added", due: false });
      expect(await store.add(event(1, waiting), webhook("updated"))).toEqual({ outcome: "already-there", due: false });
      const paid = event(1, { data: { value: 99, currency: "EUR" } });
      expect(await store.add(paid, webhook("paid"))).toEqual({ outcome: "advanced", due: false });
      expect(await store.add(event(1), webhook("paid-again"))).toEqual({ outcome: "already-there", due: false });
      expect(await row(1)).toMatchObject({ state: "joining", reason: null, body: { custom_data: { value: 99 } } });
    });

    test("a payment that arrives together with the order is applied after it", async () => {
      const { store, event, row } = await scene();
      const answers = await Promise.all([
        store.add(event(1, { state: "waiting-for-payment", reason: "waiting-for-payment" }), webhook("create")),
        store.add(event(1, { joinForMs: 0 }), webhook("paid")),
      ]);
      expect(answers).toEqual([
        { outcome: "added", due: false },
        { outcome: "advanced", due: true },
      ]);
      expect((await row(1)).state).toBe("joining");
    });

    test("an unpaid order that is canceled is withheld, without personal data", async () => {
      const { store, event, row } = await scene();
      await store.add(event(1, { state: "waiting-for-payment", reason: "waiting-for-payment" }), null);
      const cancelled = event(1, { state: "withheld", reason: "cancelled-before-payment" });
      expect(await store.add(cancelled, null)).toEqual({ outcome: "advanced", due: false });
      expect(await row(1)).toMatchObject({
        state: "withheld",
        reason: "cancelled-before-payment",
        body: { user_data: {} },
        settledAt: NOON,
        decideAt: null,
      });
    });

    test("an event without a browser is due at once", async () => {
      const { store, event } = await scene();
      expect(await store.add(event(1, { joinForMs: 0 }), null)).toEqual({ outcome: "added", due: true });
    });

    test("an order waits for its receipt, and no longer than it may", async () => {
      const { store, event, shop } = await scene();
      await store.add(event(1), null);
      expect(await store.takeUndecided(shop, 10, after(89_999))).toEqual([]);
      const [undecided] = await store.takeUndecided(shop, 10, after(90_000));
      expect(undecided).toMatchObject({
        eventName: "Purchase",
        origin: "webhook",
        region: "DE",
        receipt: null,
        signal: null,
        createdAt: NOON,
      });
      expect(undecided?.body).toEqual(event(1).body);
    });

    test("an order whose receipt has already arrived is due at once with it", async () => {
      const { store, event, receipt, shop, row } = await scene();
      expect(await store.addReceipt(receipt(1))).toEqual({ due: false });
      expect(await store.add(event(1), null)).toEqual({ outcome: "added", due: true });
      const [undecided] = await store.takeUndecided(shop, 10, NOON);
      expect(undecided?.receipt).toEqual(receipt(1));
      expect(undecided?.signal).toEqual(GRANTED);
      expect((await row(1)).browserData).toEqual(receipt(1).data);
    });

    test("a receipt makes the waiting order due, by checkout token or by order id", async () => {
      const { store, event, receipt, shop } = await scene();
      await store.add(event(1), null);
      await store.add(event(2), null);
      expect(await store.addReceipt(receipt(1, { orderId: null, eventId: null }))).toEqual({ due: true });
      expect(await store.addReceipt(receipt(2, { checkoutToken: null }))).toEqual({ due: true });
      const undecided = await store.takeUndecided(shop, 10, NOON);
      expect(undecided.map((one) => one.receipt?.data.order_id)).toEqual(["1", "2"]);
    });

    test("a receipt is joined to the Purchase only, not to its checkout's other events", async () => {
      const { store, event, receipt, shop } = await scene();
      const begun = event(1, {
        name: "InitiateCheckout",
        id: anId("initiatecheckout.s.checkout-1"),
        orderId: null,
        origin: "collector",
      });
      await store.add(begun, null);
      expect(await store.addReceipt(receipt(1))).toEqual({ due: false });
      expect(await store.takeUndecided(shop, 10, NOON)).toEqual([]);
    });

    test("a receipt that comes after the decision is still shown beside the event", async () => {
      const { store, receipt, queued, pixel, row } = await scene();
      await queued(1, [await pixel()]);
      expect(await store.addReceipt(receipt(1))).toEqual({ due: false });
      expect(await row(1)).toMatchObject({ state: "queued", browserData: receipt(1).data });
    });

    test("receipts of one checkout that arrive together are merged", async () => {
      const { store, receipt, shop } = await scene();
      await Promise.all(Array.from({ length: 40 }, () => store.addReceipt(receipt(1))));
      expect(await database.prisma.browserContext.count({ where: { shop } })).toBe(1);
    });

    test("a receipt without a key is not stored", async () => {
      const { store, receipt, shop } = await scene();
      expect(await store.addReceipt(receipt(1, { checkoutToken: null, orderId: null }))).toEqual({ due: false });
      expect(await database.prisma.browserContext.count({ where: { shop } })).toBe(0);
    });

    test("one shop's receipt never touches another shop's order", async () => {
      const [mine, other] = [await scene(), await scene()];
      await mine.store.add(mine.event(1), null);
      expect(await other.store.addReceipt(other.receipt(1))).toEqual({ due: false });
      expect(await mine.store.takeUndecided(mine.shop, 10, NOON)).toEqual([]);
    });

    test("a browser event has its own leg and signal", async () => {
      const { store, event, row, shop } = await scene();
      const seen = event(1, {
        origin: "collector",
        orderId: order(1),
        signal: GRANTED,
        browserLeg: { sent: true },
        joinForMs: 0,
      });
      await store.add(seen, null);
      expect(await row(1)).toMatchObject({ browserData: seen.body.custom_data, signal: GRANTED });
      expect((await store.takeUndecided(shop, 10, NOON))[0]?.signal).toEqual(GRANTED);
    });
  });
}
