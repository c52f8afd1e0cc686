import { connect } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createServer } from "../../app/server/http/create-server.server.ts";
import { NO_FLOW, NO_HOOKS, NO_LEADS } from "../support/no-leads.ts";

const MEGABYTE = 1024 * 1024;

const refuse = async (): Promise<never> => {
  throw new Error("no webhook was sent");
};
const received: string[] = [];
const server = await createServer(
  {
    webhooks: { verify: refuse, acceptOrder: refuse, acceptAppWebhook: refuse },
    collect: refuse,
    queued: { checkGoogleToken: null, eventbridgeToken: undefined, accept: refuse, refused: () => undefined },
    readiness: async () => ({ kind: "ready" }),
    leads: NO_LEADS,
    flow: NO_FLOW,
    leadHooks: NO_HOOKS,
    noteRefusal: () => undefined,
    telemetry: { watcher: null, scrape: null },
    now: () => new Date(),
    log: createLogger({ level: "silent", name: "test" }),
  },
  {
    role: "web",
    remix: {
      clientFolder: null,
      respond: async (request) => {
        received.push(await request.text());
        const isData = new URL(request.url).pathname.endsWith(".data");
        // As Remix does (2.17, single fetch).
        return new Response("a page", { headers: { "content-type": isData ? "text/x-script" : "text/html" } });
      },
    },
    trustProxy: 1,
    collectLimits: { perAddress: 100, perShop: 100 },
    metricsToken: undefined,
  },
);

let port = 0;
beforeAll(async () => {
  await server.listen({ port: 0, host: "127.0.0.1" });
  const [address] = server.addresses();
  port = typeof address === "object" ? address.port : 0;
});
afterAll(() => server.close());

/** The status line of what the server answers to bytes that no HTTP client would send. */
const statusOf = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("latin1").once("data", (text: string) => {
      socket.destroy();
      resolve(text.split("\r\n")[0] ?? "");
    });
    socket.once("error", reject);
  });

function postForm(body: string | ReadableStream): Promise<Response> {
  // `duplex`, which streamed bodies need, is missing from the DOM's types.
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body,
    duplex: "half",
  };
  return fetch(`http://127.0.0.1:${port}/auth/login`, init);
}

describe("a page's form", () => {
  test("of up to a megabyte arrives whole", async () => {
    const form = `shop=${"a".repeat(MEGABYTE - 5)}`;
    expect((await postForm(form)).status).toBe(200);
    expect(received.at(-1)?.length).toBe(MEGABYTE);
  });

  test("beyond a megabyte is refused, with or without a stated length, and reaches no page", async () => {
    const before = received.length;
    const piece = Buffer.alloc(64 * 1024, "a");
    const unending = Readable.toWeb(Readable.from(Array.from({ length: 32 }, () => piece))) as ReadableStream;

    expect((await postForm("a".repeat(MEGABYTE + 1))).status).toBe(413);
    // The server may hang up while the rest is still on its way.
    expect(
      await postForm(unending).then(
        ({ status }) => status,
        () => 413,
      ),
    ).toBe(413);
    expect(received.length).toBe(before);
  });
});

describe("a request without a page", () => {
  test.each([
    ["a Host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400],
    ["a NUL in the path", "GET /app/%00 HTTP/1.1\r\nHost: a.example\r\n\r\n", 400],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: a.example\r\n\r\n", 404],
    ["a method of another protocol", "PROPFIND / HTTP/1.1\r\nHost: a.example\r\n\r\n", 404],
  ])("%s is answered %#", async (_what, bytes, status) => {
    expect(await statusOf(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});

test("every page has the security headers: nosniff, HTTPS only, no referrer to other sites", async () => {
  const { headers } = await server.inject({ url: "/" });
  expect(headers).toMatchObject({
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
});

test("a request that never ends is cut off, and connections are counted", () => {
  const { requestTimeout, headersTimeout, maxConnections } = server.server;
  expect({ requestTimeout, headersTimeout, maxConnections }).toEqual({
    requestTimeout: 30_000,
    headersTimeout: 15_000,
    maxConnections: 10_000,
  });
});

describe("a form from another origin", () => {
  const post = (headers: Record<string, string>) =>
    server.inject({ method: "POST", url: "/app/settings.data", headers: { host: "tandem.example", ...headers } });

  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["the same host at another port", { origin: "https://tandem.example:8443" }],
    ["a frame without an origin", { origin: "null" }],
    ["no origin that there could be", { origin: "a b" }],
    [
      "another host than the proxy was asked for",
      { origin: "https://tandem.example", "x-forwarded-host": "b.example" },
    ],
  ])("is refused, and no page sees it: %s", async (_what, headers) => {
    const before = received.length;
    expect((await post(headers)).statusCode).toBe(403);
    expect(received.length).toBe(before);
  });

  test("is accepted from the app's own pages, and without an origin", async () => {
    expect((await post({ origin: "https://tandem.example" })).statusCode).toBe(200);
    expect((await post({})).statusCode).toBe(200);
    const behind = { host: "10.0.0.7", origin: "https://tandem.example", "x-forwarded-host": "tandem.example" };
    expect((await post(behind)).statusCode).toBe(200);
  });
});

test("loader data is sent as text, and no other site can load it", async () => {
  const { headers } = await server.inject({ url: "/app.data" });
  expect(headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
});
