import { expect, test, vi } from "vitest";
import { createFollowedWork } from "../../app/server/followed-work.server.ts";

test("work is started once, is running until it has ended, and gives its result once", async () => {
  const work = createFollowedWork();
  let resolve: (result: number) => void = () => undefined;
  const promise = new Promise<number>((done) => (resolve = done));
  const start = vi.fn(() => promise);
  expect(await work.follow("one", start)).toEqual({ state: "running" });
  expect(await work.follow("one", start)).toEqual({ state: "running" });
  expect(start).toHaveBeenCalledTimes(1);
  resolve(7);
  await promise;
  await vi.waitFor(async () => expect(await work.follow("one", start)).toEqual({ state: "done", result: 7 }));
});

test("what the work throws is thrown to whoever asks, and the next question starts it anew", async () => {
  const work = createFollowedWork();
  const outage = () => Promise.reject(new Error("the database is away"));
  expect(await work.follow("one", outage)).toEqual({ state: "running" });
  await expect(work.follow("one", outage)).rejects.toThrow("the database is away");
  expect(await work.follow("one", outage)).toEqual({ state: "running" });
});

test("a result that nobody collects is forgotten after a minute, and fifty at once are the most", async () => {
  let now = 0;
  const work = createFollowedWork(() => now);
  const start = vi.fn((n: number) => Promise.resolve(n));
  for (let n = 0; n < 51; n += 1) await work.follow(String(n), () => start(n));
  expect(start).toHaveBeenCalledTimes(50);
  now = 60_001;
  await work.follow("50", () => start(50));
  expect(start).toHaveBeenCalledTimes(51);
  expect(await work.follow("3", () => start(3))).toEqual({ state: "running" });
});

test("work that is started anew has nothing of an earlier one, which is still running or has ended uncollected", async () => {
  const work = createFollowedWork();
  const ends: ((result: number) => void)[] = [];
  const start = () => new Promise<number>((done) => void ends.push(done));
  work.start("one", start);
  work.start("one", start);
  ends[0]?.(1);
  await Promise.resolve();
  expect(await work.follow("one", start)).toEqual({ state: "running" });
  ends[1]?.(2);
  await vi.waitFor(async () => expect(await work.follow("one", start)).toEqual({ state: "done", result: 2 }));
  expect(ends).toHaveLength(2);

  const ended = () => Promise.resolve(3);
  work.start("two", ended);
  await Promise.resolve();
  work.start("two", start);
  expect(await work.follow("two", start)).toEqual({ state: "running" });
});
