import { afterEach, expect, test, vi } from "vitest";
import { askApp } from "../../extensions/order-block/src/ask-app.ts";

afterEach(() => vi.unstubAllGlobals());

test("an app that does not answer within ten seconds is given up, and the block says so", async () => {
  const limits: number[] = [];
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    limits.push(ms);
    return AbortSignal.abort(new DOMException("The operation timed out.", "TimeoutError"));
  });
  vi.stubGlobal("fetch", (_path: string, { signal }: { signal: AbortSignal }) =>
    signal.aborted ? Promise.reject(signal.reason as Error) : new Promise(() => undefined),
  );
  expect(await askApp("1", "en")).toEqual({ kind: "trouble", because: "slow" });
  expect(limits).toEqual([10_000]);
  vi.restoreAllMocks();
});

test("an app that is away is no slow one", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  expect(await askApp("1", "en")).toEqual({ kind: "trouble", because: "unavailable" });
});
