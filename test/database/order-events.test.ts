import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { orderBlockAnswer } from "../../app/routes/app.order-block/order-block-answer.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { anAttempt, anId, aScene, claimAs, NOON, order, type Scene } from "../support/store-scenes.ts";

const REFUSED = {
  verdict: "refused",
  httpStatus: 400,
  code: 100,
  message: "Meta wants a value.",
  traceId: "T-2",
} as const;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
] as const)("the events of an order, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());
  const scene = (): Promise<Scene> => aScene(database);
  const eventsOf = async ({ shop }: Scene, n: number) => createEventLog(database.prisma).ofOrder(shop, order(n));
  const answerOf = async (made: Scene, n: number) => orderBlockAnswer(ENGLISH, order(n), await eventsOf(made, n));

  test("say of each pixel what Meta answered last, and only to their own shop", async () => {
    const made = await scene();
    const { store, receipt, shop, pixel, queued } = made;
    const first = await pixel();
    const second = await pixel();
    await queued(2, [first, second]);
    await store.addReceipt(receipt(1));
    const attemptIds = [
      await store.recordAttempt({ ...anAttempt(shop, first), verdict: "try-later", httpStatus: 503, traceId: null }),
      await store.recordAttempt({ ...anAttempt(shop, first), ...REFUSED }),
    ];
    const claims = await store.claim(first, claimAs("one"));
    await store.settle(
      claims.map((claim) => ({
        claim,
        settlement: { kind: "refused", reason: REFUSED.message },
        traceId: "T-2",
        attemptIds,
      })),
      NOON,
    );

    const [event, ...others] = await eventsOf(made, 1);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      eventName: "Purchase",
      orderId: "1",
      browserLeg: "sent",
      browserSkipped: null,
      legsAgree: true,
    });
    const states = event?.deliveries.map(({ state, reason, answer }) => ({ state, reason, answer }));
    expect(states).toHaveLength(2);
    expect(states).toEqual(
      expect.arrayContaining([
        { state: "refused", reason: REFUSED.message, answer: REFUSED },
        { state: "queued", reason: null, answer: null },
      ]),
    );
    expect(await eventsOf(await scene(), 1)).toEqual([]);
  });

  test("say what Meta's answer means in the merchant's language", async () => {
    const made = await scene();
    const { store, shop, pixel, queued } = made;
    const only = await pixel();
    await queued(1, [only]);
    const message = "Meta is limiting the number of requests. Tandem continues by itself when the limit ends.";
    const limited = { verdict: "try-later", httpStatus: 400, code: 4, message } as const;
    const attempt = await store.recordAttempt({ ...anAttempt(shop, only), ...limited });
    await database.prisma.delivery.updateMany({ where: made.key(1), data: { attemptIds: [attempt] } });
    const german = orderBlockAnswer(wordsFor({ language: "de", locale: "de" }), order(1), await eventsOf(made, 1));
    expect(german.events[0]?.answers[0]?.meta).toBe(
      "Meta begrenzt die Anzahl der Anfragen. Tandem macht von selbst weiter, wenn die Begrenzung endet. (HTTP 400, Code 4, Trace-ID trace-1)",
    );
  });

  test("are those of that order alone, oldest first", async () => {
    const made = await scene();
    const { store, event } = made;
    await store.add(event(1, { id: anId("subscribe.1"), name: "Subscribe", time_s: NOON.getTime() / 1000 + 60 }), null);
    await store.add(event(1), null);
    await store.add(event(2), null);
    expect((await eventsOf(made, 1)).map(({ eventName }) => eventName)).toEqual(["Purchase", "Subscribe"]);
  });

  test("say that a blocked pixel holds an event, and not that it is on its way", async () => {
    const made = await scene();
    const blocked = await made.pixel("blocked");
    await made.queued(1, [blocked]);
    await database.prisma.delivery.updateMany({ where: made.key(1), data: { state: "held", reason: "blocked" } });
    expect((await answerOf(made, 1)).events).toMatchObject([
      {
        server: {
          label: "Waiting: the pixel is blocked",
          tone: "warning",
          meaning: expect.stringMatching(/does not accept events/) as unknown,
        },
        browser: { label: "Not seen", tone: "neutral" },
        legs: null,
        answers: [{ state: { label: "Waiting for the pixel" }, meta: null }],
      },
    ]);
  });

  test("say why the browser left its event out, and what Meta answered in its own words", async () => {
    const made = await scene();
    const { store, receipt, shop, pixel, queued } = made;
    const only = await pixel();
    await queued(1, [only]);
    await store.addReceipt(receipt(1, { leg: { sent: false, because: "manual-payment" } }));
    const attemptIds = [await store.recordAttempt(anAttempt(shop, only))];
    const claims = await store.claim(only, claimAs("one"));
    await store.settle(
      claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: "T", attemptIds })),
      NOON,
    );
    const german = orderBlockAnswer(wordsFor({ language: "de", locale: "de" }), order(1), await eventsOf(made, 1));
    expect(german.events[0]?.answers[0]?.meta).toMatch(/^Meta hat .* \(HTTP 200, Trace-ID trace-1\)$/);
    expect((await answerOf(made, 1)).events).toMatchObject([
      {
        server: { label: "Delivered", tone: "success" },
        browser: { label: "Left out", meaning: expect.stringMatching(/paid later/) as unknown },
        answers: [{ state: { tone: "success" }, meta: "Meta accepted the event. (HTTP 200, trace ID trace-1)" }],
      },
    ]);
  });
});
