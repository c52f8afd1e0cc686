import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, nextAttemptAt, sendableUntil } from "../../app/meta/retry-schedule.ts";

const DAY_MS = 86_400_000;
const now = new Date("2026-11-23T12:00:00Z");
const question = { attempts: 1, eventTime_s: now.getTime() / 1_000, now, jitter: 0.5, notBeforeMs: null };

const jitters = fc.double({ min: 0, max: 0.999_999, noNaN: true });

test("a delay never shrinks from one attempt to the next, and never exceeds an hour", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), jitters, (attempts, jitter) => {
      const [earlier, later] = [backoffMs(attempts, jitter), backoffMs(attempts + 1, jitter)];
      expect(later).toBeGreaterThanOrEqual(earlier);
      expect(earlier).toBeGreaterThanOrEqual(2_000);
      expect(later).toBeLessThanOrEqual(3_600_000);
    }),
  );
});

test("pixels that failed together resume spread over the whole delay", () => {
  expect(backoffMs(5, 0)).toBe(2_000);
  expect(backoffMs(5, 0.999_999)).toBeGreaterThan(155_000);
});

test("however often an event fails, its last attempt is within Meta's 7 days", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 12 * DAY_MS }),
      (random, age) => {
        const eventTime_s = Math.floor((now.getTime() - age) / 1_000);
        const limit = eventTime_s * 1_000 + 7 * DAY_MS;
        const times = [now.getTime()];
        for (let attempts = 1; ; attempts++) {
          const at = new Date(times.at(-1) ?? 0);
          const jitter = random[attempts % random.length] ?? 0;
          const next = nextAttemptAt({ attempts, eventTime_s, now: at, jitter, notBeforeMs: null });
          if (next === "give-up") break;
          times.push(next.getTime());
        }
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        const last = times.at(-1) ?? 0;
        expect(last).toBeLessThan(Math.max(limit, now.getTime() + 1));
        // Given up only when there was no time left.
        expect(last).toBeGreaterThanOrEqual(Math.min(limit - 600_000, now.getTime()));
      },
    ),
    { numRuns: 50 },
  );
});

describe("Meta's regain time", () => {
  test("is respected", () => {
    fc.assert(
      fc.property(jitters, fc.integer({ min: 1, max: 3 * DAY_MS }), (jitter, notBeforeMs) => {
        const next = nextAttemptAt({ ...question, jitter, notBeforeMs });
        expect(next).not.toBe("give-up");
        expect(Number(next)).toBeGreaterThanOrEqual(now.getTime() + notBeforeMs);
      }),
    );
  });

  test("beyond the event's sending window expires it", () => {
    expect(nextAttemptAt({ ...question, notBeforeMs: 8 * DAY_MS })).toBe("give-up");
  });
});

test("a verdict with limited attempts expires the event after the last one", () => {
  expect(nextAttemptAt({ ...question, attempts: 4, maxAttempts: 5 })).toBeInstanceOf(Date);
  expect(nextAttemptAt({ ...question, attempts: 5, maxAttempts: 5 })).toBe("give-up");
});

test("an in-store sale is accepted for 62 days", () => {
  const eventTime_s = now.getTime() / 1_000 - 30 * 86_400;
  expect(nextAttemptAt({ ...question, eventTime_s })).toBe("give-up");
  expect(nextAttemptAt({ ...question, eventTime_s, actionSource: "physical_store" })).toBeInstanceOf(Date);
  expect(sendableUntil(0).getTime()).toBeLessThan(7 * DAY_MS);
});
