import { describe, expect, test } from "vitest";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import type { TestEvent } from "../../app/ledger/test-event-types.ts";
import { createTestStreams } from "../../app/server/test-stream.server.ts";

const shopNamed = (name: string): ShopDomain => {
  const shop = shopDomain(`${name}.myshopify.com`);
  if (shop === null) throw new Error("no shop");
  return shop;
};
const [TEA, WINE] = [shopNamed("tea"), shopNamed("wine")];

// Only what the stream compares and writes.
const eventIn = (eventId: string, state: string) => ({ eventName: "Purchase", eventId, state }) as unknown as TestEvent;
const textOf = async (stream: ReadableStream<Uint8Array> | null): Promise<string> => new Response(stream).text();

describe("a live view", () => {
  test("sends what there is, then only what changed, and ends after its time", async () => {
    const rounds = [
      [eventIn("2", "queued"), eventIn("1", "delivered")],
      [eventIn("2", "queued"), eventIn("1", "delivered")],
      [eventIn("2", "delivered"), eventIn("1", "delivered")],
    ];
    let round = 0;
    const streams = createTestStreams({ everyMs: 1, lastsMs: 3 });
    const text = await textOf(streams.open(TEA, async () => rounds[round++] ?? []));
    expect(text.split("\n\n").map((frame) => frame.replaceAll("\n", " "))).toEqual([
      "event: open data: {}",
      'event: test-event data: {"eventName":"Purchase","eventId":"1","state":"delivered"}',
      'event: test-event data: {"eventName":"Purchase","eventId":"2","state":"queued"}',
      'event: test-event data: {"eventName":"Purchase","eventId":"2","state":"delivered"}',
      "event: end data: {}",
      "",
    ]);
  });

  test("is refused beyond the limit of a shop, until another one ends", async () => {
    const streams = createTestStreams({ mostOfShop: 2, most: 3, everyMs: 1 });
    const open = (shop: ShopDomain) => streams.open(shop, async () => []);
    const [first, second, third] = [open(TEA), open(TEA), open(TEA)];
    expect([first === null, second === null, third === null]).toEqual([false, false, true]);
    const others = [open(WINE), open(WINE)];
    expect(others.map((stream) => stream === null)).toEqual([false, true]);
    await first?.cancel();
    expect(open(TEA)).not.toBeNull();
    streams.end();
  });

  test("ends with the process, and none begins after that", async () => {
    const streams = createTestStreams({ everyMs: 60_000 });
    const stream = streams.open(TEA, async () => []);
    const text = textOf(stream);
    streams.end();
    expect(await text).toMatch(/event: end\ndata: \{\}\n\n$/);
    expect(streams.open(TEA, async () => [])).toBeNull();
  });

  test("breaks off when the ledger cannot be read, and gives its place back", async () => {
    const streams = createTestStreams({ mostOfShop: 1, everyMs: 1 });
    const failing = streams.open(TEA, () => Promise.reject(new Error("the database is down")));
    await expect(textOf(failing)).rejects.toThrow();
    const next = streams.open(TEA, async () => []);
    expect(next).not.toBeNull();
    await next?.cancel();
  });
});
