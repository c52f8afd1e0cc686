import { describe, expect, test } from "vitest";
import { createTokenBuckets, networkOf } from "../../app/server/http/token-buckets.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const SECOND = 1000;

describe("a bucket of 60 a minute", () => {
  const aBucket = (most = 10) => {
    const buckets = createTokenBuckets({ perMinute: 60, most });
    const take = (key: string, times: number, at: number) =>
      Array.from({ length: times }, () => buckets.take(key, at)).filter((wait_s) => wait_s === 0).length;
    return { buckets, take };
  };

  test("allows a minute's worth at once, and then one per second", () => {
    const { take } = aBucket();

    expect(take("a", 100, NOON)).toBe(60);
    expect(take("a", 10, NOON + SECOND)).toBe(1);
    expect(take("a", 10, NOON + 4 * SECOND)).toBe(3);
  });

  test("says when the next token is available", () => {
    const { buckets, take } = aBucket();
    take("a", 60, NOON);

    expect(buckets.take("a", NOON)).toBe(1);
    expect(buckets.take("a", NOON + SECOND)).toBe(0);
  });

  test("saves at most a minute's worth, and a clock that goes back removes nothing", () => {
    const { take } = aBucket();
    take("a", 60, NOON);

    expect(take("a", 100, NOON + 3600 * SECOND)).toBe(60);
    expect(take("a", 100, NOON)).toBe(0);
    expect(take("a", 100, NOON + 2 * SECOND)).toBe(2);
  });

  test("belongs to one key", () => {
    const { take } = aBucket();
    take("a", 60, NOON);

    expect(take("b", 60, NOON)).toBe(60);
  });

  test("is kept while its key is among the most recently used", () => {
    const { take } = aBucket(2);
    take("flood", 60, NOON);
    take("b", 1, NOON);
    expect(take("flood", 1, NOON)).toBe(0);
    take("c", 1, NOON);
    expect(take("flood", 1, NOON)).toBe(0);
    for (const key of ["d", "e"]) take(key, 1, NOON);
    expect(take("flood", 1, NOON)).toBe(1);
  });
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::ffff:cb00:7107", "203.0.113.7"],
  ["203.0.113.7:50123", "203.0.113.7"],
  ["[2001:db8::1]:50123", "2001:db8:0:0"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0db8:0001:0002::1", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("%s counts for %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
