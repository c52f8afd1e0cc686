import { setTimeout as wait } from "node:timers/promises";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { TestEvent } from "../ledger/test-event-types.ts";

/** The streams of this process: each shop may have a few, and all end when the process stops. */
export type TestStreams = {
  /** Null: the shop, or the process, has as many as it may have. */
  open(shop: ShopDomain, read: () => Promise<readonly TestEvent[]>): ReadableStream<Uint8Array> | null;
  /** Ends every stream, and opens no other. */
  end(): void;
};

export type StreamLimits = {
  readonly mostOfShop: number;
  readonly most: number;
  readonly everyMs: number;
  /** After this the page comes back with a new session token, which proves that it may still look. */
  readonly lastsMs: number;
};

const LIMITS: StreamLimits = { mostOfShop: 5, most: 100, everyMs: 1_500, lastsMs: 4 * 60_000 };
/** So that no proxy takes a quiet stream for a dead one. */
const SIGN_OF_LIFE_EVERY = 10;

/**
 * Streams by server-sent events. Each reads the ledger again and again and sends what differs from what it sent before: so
 * it shows what any process did, and a page that comes back to another process misses nothing.
 */
export function createTestStreams(limits: Partial<StreamLimits> = {}): TestStreams {
  const { mostOfShop, most, ...pace } = { ...LIMITS, ...limits };
  const ending = new AbortController();
  const open = new Map<ShopDomain, number>();
  const count = (shop: ShopDomain, change: number): void => {
    const left = (open.get(shop) ?? 0) + change;
    if (left > 0) open.set(shop, left);
    else open.delete(shop);
  };
  const total = (): number => [...open.values()].reduce((sum, streams) => sum + streams, 0);

  return {
    open: (shop, read) => {
      if (ending.signal.aborted || (open.get(shop) ?? 0) >= mostOfShop || total() >= most) return null;
      const closing = new AbortController();
      const signal = AbortSignal.any([ending.signal, closing.signal]);
      count(shop, 1);
      const frames = framesOf(read, { ...pace, signal });
      const close = (): void => {
        if (closing.signal.aborted) return;
        closing.abort();
        count(shop, -1);
      };
      return streamOf(frames, close);
    },
    end: () => ending.abort(),
  };
}

function streamOf(frames: AsyncGenerator<string>, close: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await frames.next();
        if (!next.done) return controller.enqueue(encoder.encode(next.value));
        close();
        controller.close();
      } catch (error) {
        close();
        controller.error(error);
      }
    },
    cancel: close,
  });
}

type Pace = Pick<StreamLimits, "everyMs" | "lastsMs"> & { readonly signal: AbortSignal };

async function* framesOf(
  read: () => Promise<readonly TestEvent[]>,
  { everyMs, lastsMs, signal }: Pace,
): AsyncGenerator<string> {
  const sent = new Map<string, string>();
  const rounds = Math.ceil(lastsMs / everyMs);
  // The first frame says that the stream is open, whether there is an event or not.
  yield frame("open", "{}");
  for (let round = 1; round <= rounds && !signal.aborted; round++) {
    const changed = (await read()).toReversed().flatMap((event) => {
      const key = `${event.eventName} ${event.eventId}`;
      const json = JSON.stringify(event);
      if (sent.get(key) === json) return [];
      sent.set(key, json);
      return [frame("test-event", json)];
    });
    if (changed.length > 0) yield changed.join("");
    else if (round % SIGN_OF_LIFE_EVERY === 0) yield ": still here\n\n";
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
  yield frame("end", "{}");
}

const frame = (event: "open" | "test-event" | "end", data: string): string => `event: ${event}\ndata: ${data}\n\n`;
