import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../support/test-app.ts";

let app: TestApp;

beforeAll(async () => {
  const environment = { TANDEM_COLLECT_PER_SHOP: "3", TANDEM_COLLECT_PER_ADDRESS: "100" };
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", environment });
});
afterAll(() => app.close());

test("a shop's limit counts its ingest key once, however the address writes it", async () => {
  // The limit fills again by the second.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const hex = (text: string): string => `%${text.charCodeAt(0).toString(16)}`;
  const written = ["abcd", `${hex("a")}bcd`, `a${hex("b")}cd`, `ab${hex("c")}d`, `abc${hex("d")}`, "abcd?x=1"];
  const statuses: number[] = [];
  for (const key of written) {
    const { status } = await fetch(`${app.url}/collect/${key}`, { method: "POST", body: "{}" });
    statuses.push(status);
  }
  const encoded = await fetch(`${app.url}/%63ollect/abcd`, { method: "POST", body: "{}" });

  expect(statuses).toEqual([404, 404, 404, 429, 429, 429]);
  expect(encoded.status).toBe(429);
});
