import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BatchEnd, deliverBatch } from "../../app/meta/deliver-batch.ts";
import type { MetaProblem, Verdict } from "../../app/meta/types.ts";

const problem: MetaProblem = {
  httpStatus: 400,
  code: 100,
  subcode: 2804008,
  traceId: null,
  advice: "An item has no id.",
};
const refused: Verdict = { kind: "refused", problem };
const accepted: Verdict = { kind: "accepted", traceId: "A" };
const tryLater: Verdict = { kind: "try-later", problem, notBeforeMs: null };
const suspicious: Verdict = { ...tryLater, isolate: "at-once" };
const blocked: Verdict = { kind: "blocked", problem };

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What became of a batch of numbers, and every request that it took. */
type Delivered = BatchEnd<number> & {
  readonly requests: readonly (readonly number[])[];
  readonly settled: Map<number, string>;
};

/** Delivers to a Meta that answers as `answer` says. Settling an event twice, or after it was left open, throws. */
async function deliver(
  count: number,
  answer: (events: readonly number[], request: number) => Verdict | null,
): Promise<Delivered> {
  const requests: (readonly number[])[] = [];
  const settled = new Map<number, string>();
  const end = await deliverBatch(numbers(count), {
    send: async (events) => answer(events, requests.push(events) - 1),
    settle: async (events, verdict) => {
      for (const event of events) {
        if (settled.has(event)) throw new Error(`${event} was settled twice`);
        settled.set(event, verdict.kind);
      }
    },
    isolates: (verdict) => verdict.kind === "try-later" && verdict.isolate !== undefined,
  });
  return { ...end, requests, settled };
}

/** Meta, which answers a whole request by the first event in it that it does not like. */
const strict =
  (bad: ReadonlySet<number>, verdict: Verdict) =>
  (events: readonly number[]): Verdict =>
    events.some((event) => bad.has(event)) ? verdict : accepted;

const badAmong = (count: number, chosen: readonly number[]): ReadonlySet<number> =>
  new Set(chosen.filter((index) => index < count));

test("exactly the bad events are refused; every other event is accepted once, in order, without delay", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.nat(199), { maxLength: 12 }),
      async (count, chosen) => {
        const bad = badAmong(count, chosen);
        const delivered = await deliver(count, strict(bad, refused));
        expect([...delivered.settled]).toEqual(numbers(count).map((n) => [n, bad.has(n) ? "refused" : "accepted"]));
        expect(delivered).toMatchObject({ ended: count, stop: null, open: [] });
      },
    ),
  );
});

test.each([
  ["refuses", refused],
  ["fails over", suspicious],
])("one event that Meta %s among n costs at most 2·log2(n)+2 requests", async (_, verdict) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), fc.nat(), async (count, position) => {
      const delivered = await deliver(count, strict(new Set([position % count]), verdict));
      expect(delivered.requests.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count)) + 2);
    }),
  );
});

test("an event that makes Meta fail waits alone, and every other event is accepted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), async (count, position) => {
      const culprit = position % count;
      const delivered = await deliver(count, strict(new Set([culprit]), suspicious));
      expect(delivered.open).toEqual([{ event: culprit, verdict: suspicious }]);
      expect(delivered).toMatchObject({ ended: count - 1, stop: null });
    }),
  );
});

test("when everything fails, bisecting stops after as many failures as one event can cause, and nothing is lost", async () => {
  const delivered = await deliver(1_000, () => suspicious);
  expect(delivered.requests.length).toBeLessThanOrEqual(10 + 3);
  expect(delivered).toMatchObject({ ended: 0, stop: suspicious });
  expect(delivered.open.map(({ event }) => event).sort((a, b) => a - b)).toEqual(numbers(1_000));
});

test("a batch without a bad event is one request; an empty batch is none", async () => {
  expect((await deliver(1_000, () => accepted)).requests).toHaveLength(1);
  expect((await deliver(0, () => accepted)).requests).toHaveLength(0);
});

describe.each([
  ["an outage", tryLater],
  ["a dead token", blocked],
  ["a process that is to stop", null],
])("%s in the middle", (_, stop) => {
  test("ends it; events accepted before are settled, unsent events stay open", async () => {
    const answers = [refused, accepted, stop];
    const delivered = await deliver(8, (_events, request) => answers[request] ?? null);
    expect(delivered.requests.map((request) => request.length)).toEqual([8, 4, 4]);
    expect([...delivered.settled.keys()]).toEqual([0, 1, 2, 3]);
    expect(delivered.open).toEqual([4, 5, 6, 7].map((event) => ({ event, verdict: stop })));
  });
});

function one(answers: Iterator<Verdict | null>): Verdict | null {
  const next = answers.next();
  return next.done ? null : next.value;
}

test("whatever Meta answers, every event is settled or left open, once", async () => {
  const anything = fc.constantFrom<(Verdict | null)[]>(accepted, refused, tryLater, suspicious, blocked, null);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.infiniteStream(anything), async (count, answers) => {
      const delivered = await deliver(count, () => one(answers));
      const everyone = [...delivered.settled.keys(), ...delivered.open.map(({ event }) => event)];
      expect(everyone.sort((a, b) => a - b)).toEqual(numbers(count));
      expect(delivered.ended).toBe(delivered.settled.size);
    }),
  );
});
