import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deliverBatch } from "../../app/delivery/deliver-batch.ts";
import type { MetaProblem, Verdict } from "../../app/delivery/types.ts";

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
const blocked: Verdict = { kind: "blocked", problem };

/** Refuses every request with a bad event in it, as Meta does, and remembers what it took. */
function strictMeta(bad: ReadonlySet<number>) {
  const requests: (readonly number[])[] = [];
  const taken: number[] = [];
  const send = async (events: readonly number[]): Promise<Verdict> => {
    requests.push(events);
    if (events.some((event) => bad.has(event))) return refused;
    taken.push(...events);
    return accepted;
  };
  return { send, requests, taken };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test("exactly the bad events are refused, every other is taken once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.nat(199), { maxLength: 12 }),
      async (count, chosen) => {
        const bad = new Set(chosen.filter((index) => index < count));
        const meta = strictMeta(bad);
        const verdicts = await deliverBatch(numbers(count), meta.send);
        expect(verdicts.map((verdict) => verdict.kind)).toEqual(
          numbers(count).map((index) => (bad.has(index) ? "refused" : "accepted")),
        );
        expect(meta.taken).toEqual(numbers(count).filter((index) => !bad.has(index)));
      },
    ),
  );
});

test("one bad event among n costs at most 2·log2(n)+2 requests", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), fc.nat(), async (count, position) => {
      const meta = strictMeta(new Set([position % count]));
      await deliverBatch(numbers(count), meta.send);
      expect(meta.requests.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count)) + 2);
    }),
  );
});

test("a batch without a bad event is one request; no event is none", async () => {
  const meta = strictMeta(new Set());
  await deliverBatch(numbers(1_000), meta.send);
  await deliverBatch([], meta.send);
  expect(meta.requests).toHaveLength(1);
});

describe.each([
  ["an outage", tryLater],
  ["a dead token", blocked],
])("%s in the middle", (_, stop) => {
  test("stops at once; what was accepted before stays accepted", async () => {
    const answers = [refused, accepted, stop];
    const asked: number[] = [];
    const verdicts = await deliverBatch(numbers(8), async (events) => {
      asked.push(events.length);
      return answers[asked.length - 1] ?? accepted;
    });
    expect(asked).toEqual([8, 4, 4]);
    expect(verdicts.map((verdict) => verdict.kind)).toEqual([
      ...Array<string>(4).fill("accepted"),
      ...Array<string>(4).fill(stop.kind),
    ]);
  });

  test("events that were not sent any more share the verdict of the request that ended it", async () => {
    const answers = [refused, refused, stop];
    let asked = 0;
    const verdicts = await deliverBatch(numbers(8), async () => answers[asked++] ?? accepted);
    expect(asked).toBe(3);
    expect(verdicts).toEqual(Array<Verdict>(8).fill(stop));
  });
});
