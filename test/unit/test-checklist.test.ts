import { describe, expect, test } from "vitest";
import { type EventId, eventId } from "../../app/event-contract/event-id.ts";
import type { TestEvent } from "../../app/ledger/test-event-types.ts";
import { checklist } from "../../app/routes/app.test/checklist.ts";
import { readEventStream } from "../../app/routes/app.test/read-event-stream.ts";
import { withNewer } from "../../app/routes/app.test/use-test-stream.ts";

const anId = (text: string): EventId => {
  const id = eventId(text);
  if (id === null) throw new Error("no event ID");
  return id;
};

const EVENT: TestEvent = {
  eventName: "Purchase",
  eventId: anId("purchase.tea.1"),
  sentAs: "Purchase",
  eventTime: "2026-11-20T12:00:00.000Z",
  createdAt: "2026-11-20T12:00:01.000Z",
  orderId: null,
  orderName: "#1001",
  isTest: true,
  state: "delivered",
  reason: null,
  actionSource: "website",
  hasPage: true,
  userDataKeys: ["client_ip_address", "client_user_agent", "em", "fbp"],
  data: { value: 12.5, currency: "EUR", content_ids: ["1"] },
  browserSent: true,
  deliveries: [],
};

const resultsOf = (changes: Partial<TestEvent>) =>
  Object.fromEntries((checklist({ ...EVENT, ...changes }) ?? []).map(({ item, result }) => [item, result]));

describe("the checklist of an event", () => {
  test("has everything that Meta needs", () => {
    expect(resultsOf({})).toEqual({
      ...{ name: "there", time: "there", source: "there", page: "there" },
      ...{ person: "there", value: "there", contents: "there", pair: "there" },
    });
  });

  test.each<[string, Partial<TestEvent>, Readonly<Record<string, string | undefined>>]>([
    ["no page on the website", { hasPage: false }, { page: "missing" }],
    ["no page elsewhere", { hasPage: false, actionSource: "physical_store" }, { page: undefined, pair: undefined }],
    ["no action source", { actionSource: null }, { source: "missing", page: undefined }],
    ["nobody", { userDataKeys: [] }, { person: "missing" }],
    ["keys that many share", { userDataKeys: ["ct", "country", "client_user_agent"] }, { person: "missing" }],
    ["a weak key", { userDataKeys: ["client_ip_address", "client_user_agent", "external_id"] }, { person: "better" }],
    ["no value", { data: { currency: "EUR" } }, { value: "missing", contents: "better" }],
    ["no currency", { data: { value: 1, content_ids: ["1"] } }, { value: "missing", contents: "there" }],
    ["a page view", { eventName: "PageView", data: {} }, { value: undefined, contents: undefined }],
    ["no browser's word", { browserSent: null }, { pair: "better" }],
    ["a browser that left it out", { browserSent: false }, { pair: "better" }],
  ])("%s", (_what, changes, expected) => {
    expect(resultsOf(changes)).toMatchObject(
      Object.fromEntries(Object.entries(expected).filter(([, result]) => result !== undefined)),
    );
    for (const [item, result] of Object.entries(expected)) expect(resultsOf(changes)[item]).toBe(result);
  });

  test("is none for an event that was not sent, of which nothing is kept", () => {
    expect(checklist({ ...EVENT, state: "withheld", reason: "test-order" })).toBeNull();
    expect(checklist({ ...EVENT, state: "refused" })).toBeNull();
  });
});

describe("server-sent events", () => {
  const streamOf = (parts: readonly Uint8Array[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
  async function readBytes(parts: readonly Uint8Array[]) {
    const read = [];
    for await (const event of readEventStream(streamOf(parts))) read.push(event);
    return read;
  }
  const read = (parts: readonly string[]) => readBytes(parts.map((part) => new TextEncoder().encode(part)));

  test("are read wherever the network cuts them", async () => {
    const text = 'event: open\ndata: {}\n\n: still here\n\nevent: test-event\ndata: {"name":"Käse"}\n\n';
    const expected = [
      { event: "open", data: "{}" },
      { event: "test-event", data: '{"name":"Käse"}' },
    ];
    expect(await read([text])).toEqual(expected);
    expect(await read([...text])).toEqual(expected);
    const bytes = new TextEncoder().encode(text);
    expect(await readBytes([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test("that are cut off in the middle are none", async () => {
    expect(await read(["event: test-event\ndata: {"])).toEqual([]);
  });
});

test("a newer state takes an event's place, and a new event comes first", () => {
  const later = { ...EVENT, eventId: anId("purchase.tea.2"), createdAt: "2026-11-20T12:00:02.000Z" };
  const both = withNewer([EVENT], later);
  expect(both.map(({ eventId: id }) => id)).toEqual(["purchase.tea.2", "purchase.tea.1"]);
  const settled = withNewer(both, { ...EVENT, state: "refused" });
  expect(settled.map(({ state }) => state)).toEqual(["delivered", "refused"]);
});
