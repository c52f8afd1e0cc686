import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { PassThrough, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import fastifyCompress from "@fastify/compress";
import type { LoaderFunctionArgs } from "@remix-run/node";
import Fastify from "fastify";
import { afterAll, expect, test, vi } from "vitest";
import { loader } from "../../app/routes/app.events-export.tsx";
import { remixRoutes } from "../../app/server/http/remix.server.ts";
import { PATIENCE_MS } from "../support/patience.ts";

let lines: () => AsyncGenerator<string>;
let isReading = false;
async function* endlessLines(): AsyncGenerator<string> {
  isReading = true;
  try {
    for (let n = 0; ; n += 1) yield `\r\n${n},${"x".repeat(1_000)}`;
  } finally {
    isReading = false;
  }
}

const READERS: Readonly<Record<string, () => Transform>> = { gzip: createGunzip, br: createBrotliDecompress };

const signedIn = { shop: "stops.myshopify.com", admin: { exportEvents: async () => lines() } };
const server = Fastify();
await server.register(fastifyCompress, { global: false });
await server.register(remixRoutes, {
  remix: {
    clientFolder: null,
    // Only what the loader uses.
    respond: (request) =>
      loader({ request, params: {}, context: { signIn: async () => signedIn } } as unknown as LoaderFunctionArgs),
  },
});
const address = await server.listen({ port: 0, host: "127.0.0.1" });
afterAll(() => server.close());

test.each(["gzip", "identity"])(
  "a browser that stops a download (%s) stops the reading, and nothing else",
  async (encoding) => {
    lines = endlessLines;
    const failures: unknown[] = [];
    const note = (error: unknown): void => void failures.push(error);
    process.on("uncaughtException", note);
    try {
      const request = get(`${address}/app/events-export`, { headers: { "accept-encoding": encoding } });
      const answer = await new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
      expect(answer).toMatchObject({ statusCode: 200, headers: { "content-type": "text/csv; charset=utf-8" } });
      await once(answer, "data");
      expect(isReading).toBe(true);

      request.destroy();

      await vi.waitFor(() => expect(isReading).toBe(false), PATIENCE_MS);
      await new Promise((resolve) => setImmediate(resolve));
      expect(failures).toEqual([]);
    } finally {
      process.off("uncaughtException", note);
    }
  },
);

test.each(["gzip", "br", "identity"])(
  "a download (%s) begins with the first line, before there is a second one",
  async (encoding) => {
    let sendSecond = (_line: string): void => undefined;
    const second = new Promise<string>((resolve) => (sendSecond = resolve));
    lines = async function* () {
      yield "name,order";
      yield await second;
    };
    const request = get(`${address}/app/events-export`, { headers: { "accept-encoding": encoding } });
    const answer = await new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
    expect(answer.headers["content-encoding"] ?? "identity").toBe(encoding);
    const text = READERS[encoding]?.() ?? new PassThrough();
    answer.pipe(text);
    const [first] = (await once(text, "data")) as [Buffer];
    expect(first.toString()).toBe("name,order");
    sendSecond("\r\nPurchase,1");
    const [rest] = (await once(text, "data")) as [Buffer];
    expect(rest.toString()).toBe("\r\nPurchase,1");
  },
);
