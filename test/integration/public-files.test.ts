import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Fastify from "fastify";
import { afterAll, expect, test } from "vitest";
import { remixRoutes } from "../../app/server/http/remix.server.ts";

const HOUR = "public, max-age=3600";

// Vite copies public/ beside the assets that it names by their contents.
const clientFolder = mkdtempSync(path.join(tmpdir(), "tandem-public-"));
cpSync(path.resolve(import.meta.dirname, "../../public"), clientFolder, { recursive: true });
mkdirSync(path.join(clientFolder, "assets"));
writeFileSync(path.join(clientFolder, "assets/entry-1a2b.js"), "export {};");
const server = Fastify();
await server.register(remixRoutes, {
  remix: { clientFolder, respond: async () => new Response("a page", { status: 200 }) },
});
afterAll(async () => {
  await server.close();
  rmSync(clientFolder, { recursive: true });
});

test.each([
  ["/robots.txt", HOUR, /^User-agent: \*\nDisallow: \/$/m],
  ["/favicon.svg", HOUR, /<svg/],
  ["/assets/entry-1a2b.js", "public, max-age=31536000, immutable", /export/],
])("%s may be kept for %s", async (url, kept, contents) => {
  const answer = await server.inject({ url });

  expect(answer.statusCode).toBe(200);
  expect(answer.headers["cache-control"]).toBe(kept);
  expect(answer.body).toMatch(contents);
  expect(answer.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
});

test.each(["/", "/app", "/favicon.ico"])("%s is not a file and goes to Remix", async (url) => {
  expect((await server.inject({ url })).body).toBe("a page");
});
