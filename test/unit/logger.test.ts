import { describe, expect, test } from "vitest";

import { logInto } from "../support/log-lines.ts";

describe("the log", () => {
  test("writes one JSON line with the event's name and its IDs", () => {
    const { lines, log } = logInto("info");
    log.child({ shop: "a.myshopify.com" }).info("outbox.settled", { eventId: "purchase.a.1", attempts: 2, id: 5n });

    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "info",
      name: "test",
      event: "outbox.settled",
      shop: "a.myshopify.com",
      eventId: "purchase.a.1",
      attempts: 2,
      id: "5",
    });
  });

  test("never shows a secret or personal data, in a field or inside a text", () => {
    const { lines, log } = logInto("info");
    const cause = new Error("answered with refresh shprt_0123456789abcdef");
    const error = new Error("POST with EAAabcdef1234567890 for ann@example.com to postgresql://u:hunter2@db", {
      cause,
    });
    log.error("server.request-failed", {
      error,
      token: "opensesame",
      note: "shpat_0123456789abcdef",
      email: "bob",
      of: { phone: "555-0100" },
    });

    const line = lines.join();
    expect(line).not.toMatch(/EAAabc|ann@|hunter2|opensesame|shpat_|shprt_|bob|555-/);
    expect(JSON.parse(line)).toMatchObject({ error: { type: "Error", cause: { type: "Error" } } });
  });

  test("omits lines below its level", () => {
    const { lines, log } = logInto("info");
    log.debug("auth.library", {});
    expect(lines).toEqual([]);
  });
});
