import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { type Stack, startStack } from "../simulators/stack.ts";
import { firstVisitEnded } from "../support/at-shopify.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";

const SHOP = "tandem-demo.myshopify.com";
const OTHER = "tandem-us.myshopify.com";
const ROUTES = [
  "/app",
  "/app.data",
  "/app/settings",
  "/app/settings.data",
  "/app/events",
  "/app/events/Purchase/1",
  "/app/dry-run",
  "/app/data-requests",
  "/app/latest-order-values",
  "/app/order-now?order=1",
  "/app/help",
  "/app/leads",
  "/app/leads/setup",
  "/app/leads/1",
  "/app/settings/purchase",
  "/app/settings/versions",
  "/app/settings/versions/1",
  "/app/test",
  "/app/test-events",
];
/** What takes forms. */
const FORMS = ["/app/settings.data", "/app/pixel-check.data", "/app/lead-rows.data", "/app/leads/setup.data"];

let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
let stack: Stack;
let outgoing: string;
beforeAll(async () => {
  folder = await aMigratedDataFolder();
  outgoing = path.join(folder.path, "outgoing");
  stack = await startStack({ dataDir: folder.path, env: { SIMULATOR_OUTGOING_LOG: outgoing } });
  stack.shopify.install(SHOP);
  // From here on the shop has a session, so that a forged token would find something.
  expect((await get("/app", token({}))).status).toBe(200);
});
beforeEach(() => firstVisitEnded(stack, SHOP));
afterAll(async () => {
  await stack.close();
  await folder.remove();
});

type Changes = {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  secret?: string;
  signature?: string;
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = (): number => Math.floor(Date.now() / 1000);

/** The session token that Shopify's admin would give, changed. */
function token({
  claims = {},
  header = { alg: "HS256", typ: "JWT" },
  secret = API_SECRET,
  signature,
}: Changes): string {
  const second = now();
  const body = `${encode(header)}.${encode({
    iss: `https://${SHOP}/admin`,
    dest: `https://${SHOP}`,
    aud: API_KEY,
    sub: "1",
    exp: second + 60,
    nbf: second,
    iat: second,
    jti: "j",
    sid: "s",
    ...claims,
  })}`;
  return `${body}.${signature ?? createHmac("sha256", secret).update(body).digest("base64url")}`;
}

const get = (address: string, sessionToken: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${stack.app.url}${address}`, {
    redirect: "manual",
    ...init,
    headers: { authorization: `Bearer ${sessionToken}`, "user-agent": "Mozilla/5.0 Chrome/153.0.0.0", ...init.headers },
  });

const HOUR_S = 3_600;

describe.each<[string, () => Changes]>([
  ["has expired", () => ({ claims: { exp: now() - HOUR_S, nbf: now() - HOUR_S - 60, iat: now() - HOUR_S - 60 } })],
  ["does not end", () => ({ claims: { exp: undefined } })],
  ["begins in the future", () => ({ claims: { nbf: now() + HOUR_S, exp: now() + HOUR_S + 60 } })],
  ["is for another app", () => ({ claims: { aud: "another-app" } })],
  ["was issued by another shop", () => ({ claims: { iss: `https://${OTHER}/admin` } })],
  [
    "names a host that is no shop",
    () => ({ claims: { iss: "https://evil.example/admin", dest: "https://evil.example" } }),
  ],
  ["is not signed", () => ({ header: { alg: "none", typ: "JWT" }, signature: "" })],
  ["says that it is not signed", () => ({ header: { alg: "none", typ: "JWT" } })],
  ["is signed with another algorithm's name", () => ({ header: { alg: "RS256", typ: "JWT" } })],
  ["is signed with another secret", () => ({ secret: "another-secret" })],
  ["is signed with nothing", () => ({ secret: "" })],
])("a session token that %s", (_what, changes) => {
  test("opens no page and makes no call to Shopify", async () => {
    const before = readFileSync(outgoing, "utf8");
    for (const address of ROUTES) {
      const answer = await get(address, token(changes()));
      expect([address, answer.status]).toEqual([address, 401]);
      expect(await answer.text()).not.toContain("What needs you");
    }
    expect(readFileSync(outgoing, "utf8")).toBe(before);
  });

  test("saves no form", async () => {
    const body = new URLSearchParams({ intent: "save-settings", contextWaitSeconds: "9" });
    for (const address of FORMS) {
      const answer = await get(address, token(changes()), { method: "POST", body });
      expect([address, answer.status]).toEqual([address, 401]);
    }
  });
});

test("a session token opens its own shop's pages until it expires", async () => {
  for (const address of ["/app", "/app/settings", "/app/events"]) {
    expect([address, (await get(address, token({}))).status]).toEqual([address, 200]);
  }
});

describe("the built app", () => {
  test("refuses a form from another site, with a valid token too", async () => {
    const body = new URLSearchParams({ intent: "save-settings", contextWaitSeconds: "9" });
    const headers = { origin: "https://evil.example" };
    for (const address of ["/app/settings", "/app/settings.data", "/auth/login"]) {
      const answer = await get(address, token({}), { method: "POST", body, headers });
      expect([address, answer.status]).toEqual([address, 403]);
    }
  });

  test("lets no other site load an answer, and says what it is", async () => {
    for (const address of ["/app", "/app.data", "/", "/auth/login", "/no-such-page", "/favicon.svg", "/robots.txt"]) {
      const { headers } = await get(address, token({}));
      expect([address, headers.get("cross-origin-resource-policy")]).toEqual([address, "same-origin"]);
      expect([address, headers.get("x-content-type-options")]).toEqual([address, "nosniff"]);
    }
  });
});
