import { createCollectorRefusals } from "../../app/ledger/collector-refusals.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { noteOtherSenders } from "../../app/ledger/other-senders.server.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { PayloadProblem, VerifiedWebhook } from "../../app/shopify/types.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { createQuarantine } from "../../app/ledger/quarantine.server.ts";
import type { TestDatabase } from "../support/databases.ts";
import { NOTHING_YET } from "../unit/dashboard/samples.ts";
import { after, anAttempt, anId, aScene, claimAs, CONSENT, NOON, type Scene } from "../support/store-scenes.ts";

/** What the merchant may read, on any database. */
export function eventLogBattery(makeDatabase: () => Promise<TestDatabase>): void {
  describe("the event log", () => {
    let database: TestDatabase;
    const scene = (): Promise<Scene> => aScene(database);
    const log = () => createEventLog(database.prisma);
    beforeAll(async () => void (database = await makeDatabase()));
    afterAll(() => database.close());

    test("pages hold every event once, newest first, also those of one moment", async () => {
      const { store, event, shop, at } = await scene();
      for (const moment of [0, 1, 2]) {
        at(after(moment));
        await Promise.all([1, 2, 3, 4].map((n) => store.add(event(moment * 10 + n), null)));
      }
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await log().page(shop, { limit: 5, ...(cursor && { cursor }) });
        expect(page.rows.length).toBeLessThanOrEqual(5);
        seen.push(...page.rows.map((row) => row.orderId ?? ""));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen)).toEqual(new Set(["1", "2", "3", "4", "11", "12", "13", "14", "21", "22", "23", "24"]));
      expect(seen).toHaveLength(12);
      expect(seen.slice(0, 4).every((orderId) => orderId.startsWith("2"))).toBe(true);
    });

    test("a page can be narrowed to an event name or an order, and never shows another shop", async () => {
      const [{ store, event, shop }, other] = [await scene(), await scene()];
      await other.store.add(other.event(1), null);
      await store.add(event(1), null);
      await store.add(event(2), null);
      await store.add(event(3, { name: "PageView", id: anId("p-1"), orderId: null }), null);
      const names = async (query: object) =>
        (await log().page(shop, { limit: 10, ...query })).rows.map((row) => [row.eventName, row.orderId]);
      expect(await names({ orderId: "2" })).toEqual([["Purchase", "2"]]);
      expect(await names({ eventName: "PageView" })).toEqual([["PageView", null]]);
      expect(await names({})).toHaveLength(3);
    });

    test("an invented cursor shows the first page", async () => {
      const { store, event, shop } = await scene();
      await store.add(event(1), null);
      const forged = (...parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");
      const time = "2026-11-01T00:00:00.000Z";
      for (const cursor of [
        "",
        "nonsense",
        forged("x", "y", "z"),
        forged(time, "Purchase\0", "z"),
        forged(time, "Purchase", "\uD800"),
        forged("+275760-09-13T00:00:00.000Z", "y", "z"),
      ]) {
        expect((await log().page(shop, { limit: 10, cursor })).rows).toHaveLength(1);
      }
    });

    test("a line shows the browser leg and whether both legs agree", async () => {
      const { store, event, receipt, shop } = await scene();
      await Promise.all([1, 2, 3, 4].map((n) => store.add(event(n), null)));
      await store.addReceipt(receipt(2));
      await store.addReceipt(receipt(3, { data: { ...receipt(3).data, value: 12.31 } }));
      await store.addReceipt(receipt(4, { leg: { sent: false, because: "manual-payment" } }));
      const { rows } = await log().page(shop, { limit: 10 });
      const lines = new Map(rows.map((row) => [row.orderId, [row.browserLeg, row.legsAgree, row.value, row.currency]]));
      expect(Object.fromEntries(lines)).toEqual({
        "1": ["unseen", null, 12.3, "EUR"],
        "2": ["sent", true, 12.3, "EUR"],
        "3": ["sent", false, 12.3, "EUR"],
        "4": ["skipped", null, 12.3, "EUR"],
      });
    });

    test("an event's page shows both legs, the consent and every request, and only to its own shop", async () => {
      const { store, receipt, shop, pixel, queued, key } = await scene();
      const pixels = [await pixel(), await pixel()];
      await queued(1, pixels);
      await store.addReceipt(receipt(1));
      const [first] = pixels;
      if (first === undefined) throw new Error("two pixels were made");
      const attemptIds = [
        await store.recordAttempt({ ...anAttempt(shop, first), verdict: "try-later", httpStatus: 503, traceId: null }),
        await store.recordAttempt(anAttempt(shop, first)),
      ];
      const claims = await store.claim(first, claimAs("one"));
      await store.settle(
        claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: "T", attemptIds })),
        NOON,
      );
      const detail = await log().detail(shop, "Purchase", key(1).eventId);
      expect(detail).toMatchObject({
        origin: "webhook",
        settingsVersion: 1,
        createdAt: NOON,
        consent: CONSENT,
        state: "queued",
        legsAgree: true,
        browser: { data: receipt(1).data, leg: { sent: true }, seenAt: NOON },
        server: { event_name: "Purchase", user_data: { em: ["a".repeat(64)] } },
      });
      const sent = detail?.deliveries.find((delivery) => delivery.state === "delivered");
      expect(sent?.attempts.map((attempt) => [attempt.verdict, attempt.httpStatus, attempt.startedAt])).toEqual([
        ["try-later", 503, NOON],
        ["accepted", 200, NOON],
      ]);
      expect(detail?.deliveries.filter((delivery) => delivery.state === "queued")).toMatchObject([{ attempts: [] }]);
      expect(await log().detail((await scene()).shop, "Purchase", key(1).eventId)).toBeNull();
    });

    test("another sender to a connected pixel is stored once, and one to an unknown pixel is not", async () => {
      const { shop, pixel } = await scene();
      const id = await pixel();
      const { metaPixelId } = await database.prisma.pixel.findUniqueOrThrow({ where: { id } });
      const otherSender = { metaPixelId, sender: "theme-code" } as const;
      const note = (senders: Parameters<typeof noteOtherSenders>[1]["senders"]) =>
        noteOtherSenders(database.prisma, { shop, senders, now: new Date() });

      await note([otherSender, otherSender, { metaPixelId: "404", sender: "tag-manager" }]);
      await note([otherSender]);

      expect((await log().setupFacts(shop)).otherSenders).toEqual([otherSender]);
    });

    test("refused posts are counted by shop and reason, and those to an unknown address count for no shop", async () => {
      const { shop } = await scene();
      const { ingestKey } = await database.prisma.shop.findUniqueOrThrow({ where: { domain: shop } });
      const refusals = createCollectorRefusals(database.prisma, {
        now: () => new Date(),
        log: createLogger({ level: "silent", name: "test" }),
      });

      for (const because of ["too-many", "wrong-field", "too-many"] as const) refusals.note(ingestKey, because);
      refusals.note("nobody's", "unknown-address");
      await refusals.flush();
      refusals.note(ingestKey, "too-many");
      await refusals.flush();

      expect((await log().setupFacts(shop)).refusedPosts).toEqual([
        { reason: "too-many", posts: 3 },
        { reason: "wrong-field", posts: 1 },
      ]);
      const strangers = await database.prisma.collectorRefusal.findMany({ where: { shop: "" } });
      expect(strangers).toMatchObject([{ reason: "unknown-address", posts: 1n }]);
    });

    test("the setup guide is completed by facts only", async () => {
      const { store, receipt, shop, pixel, queued } = await scene();
      expect(await log().setupFacts(shop)).toEqual({ ...NOTHING_YET, installedAt: expect.any(Date) as Date });
      const id = await pixel();
      await database.prisma.pixel.update({ where: { id }, data: { sealedToken: "sealed" } });
      const data = { webPixelId: "gid", webPixelSeenAt: new Date(), embedSeenAt: NOON, installedAt: NOON };
      await database.prisma.shop.update({ where: { domain: shop }, data });
      await queued(1, [id]);
      await store.addReceipt(receipt(1));
      expect(await log().setupFacts(shop)).toMatchObject({
        pixelConnected: true,
        tokenValid: null,
        webPixelOn: true,
        webPixelInQuestion: true,
        embedSeenAt: NOON,
        unconfirmedPixels: [expect.stringMatching(/^\d+$/)],
        firstBrowserEventAt: NOON,
        firstServerEventAt: null,
        firstPairAt: null,
      });
      const saysMeta = (tokenAcceptedAt: Date | null) =>
        database.prisma.pixel.update({ where: { id }, data: { tokenAcceptedAt } });
      await saysMeta(NOON);
      expect(await log().setupFacts(shop)).toMatchObject({ tokenValid: true, firstServerEventAt: null });
      await saysMeta(null);
      const attemptIds = [await store.recordAttempt(anAttempt(shop, id))];
      const claims = await store.claim(id, claimAs("one"));
      await store.settle(
        claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: null, attemptIds })),
        after(5),
      );
      expect(await log().setupFacts(shop)).toMatchObject({
        tokenValid: true,
        firstServerEventAt: after(5),
        firstPairAt: after(5),
        firstPurchaseAt: after(5),
        unconfirmedPixels: [],
      });
      await database.prisma.pixel.update({ where: { id }, data: { state: "blocked" } });
      expect(await log().setupFacts(shop)).toMatchObject({ tokenValid: false });
    });

    test("unknown answers are counted while they are recent", async () => {
      const { store, shop, pixel } = await scene();
      const id = await pixel();
      const unknown = { ...anAttempt(shop, id), verdict: "try-later", unknown: true } as const;
      await store.recordAttempt({ ...unknown, startedAt: new Date() });
      await store.recordAttempt({ ...unknown, startedAt: new Date(Date.now() - 8 * 86_400_000) });
      await store.recordAttempt({ ...anAttempt(shop, id), startedAt: new Date() });
      expect((await log().setupFacts(shop)).unknownAnswers).toBe(1);
    });

    test("an unreadable payload is stored once, sealed, and its webhook counts as handled", async () => {
      const { store, shop } = await scene();
      const quarantine = createQuarantine(database.prisma, {
        seal: (text) => `sealed(${text.length})`,
        unseal: () => "opened",
      });
      const webhook: VerifiedWebhook = {
        shop,
        topic: "orders/paid",
        webhookId: "w-1",
        apiVersion: "2026-10",
        triggeredAt: null,
        body: "{secret",
      };
      const problem: PayloadProblem = { code: "not-json", detail: "ends at position 7" };
      expect(await quarantine.keep(webhook, problem)).toBe("kept");
      expect(await quarantine.keep(webhook, problem)).toBe("already-kept");
      expect(await store.noteWebhook(shop, webhook)).toBe("duplicate-webhook");
      const rows = await database.prisma.quarantine.findMany({ where: { shop } });
      expect(rows).toMatchObject([{ problem: "not-json", detail: "ends at position 7", sealedBody: "sealed(7)" }]);
      expect((await log().setupFacts(shop)).quarantined).toBe(1);

      const [listed] = await quarantine.list({ shop, replayed: false });
      expect(await quarantine.open(listed?.id ?? 0n)).toMatchObject({ shop, webhookId: "w-1", body: "opened" });
      await quarantine.markReplayed(listed?.id ?? 0n, after(5));
      expect(await quarantine.list({ shop, replayed: false })).toEqual([]);
      expect(await quarantine.list({ shop, replayed: true })).toMatchObject([{ replayedAt: after(5) }]);
      expect((await log().setupFacts(shop)).quarantined).toBe(0);
    });
  });
}
