import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../app/access/roles.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { extensionSignInWith } from "../../app/server/extension-sign-in.server.ts";
import { signInWith } from "../../app/server/sign-in.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { POSTED_NAMES } from "../support/form-names.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1111111111111111", token: "EAAtoken-of-the-test" };
const ORDER = "5551234567890";
const STAFF = { owner: "1", marketer: "2", "read-only": "3" } as const satisfies Record<Role, string>;
const ROUTES = path.resolve(import.meta.dirname, "../../app/routes");

const log = createLogger({ level: "silent", name: "test" });

let app: TestApp;
let shop: string;
let pixelId: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", role: "web" });
  shop = await app.connectedShop(PIXEL);
  for (const [role, userId] of Object.entries(STAFF) as [Role, string][]) {
    await app.opened.access.staff.add(app.domain(shop), userId, role);
  }
  const sold = anOrderWebhook({ shop, orderId: ORDER, source: "pos", placedAt: new Date().toISOString() });
  expect((await postWebhook(app.url, sold, { shop })).status).toBe(200);
  pixelId = (await app.opened.settings.profile(app.domain(shop)))?.pixels[0]?.id ?? "";
});
afterAll(() => app.close());

type Args = { readonly request: Request; readonly context: object; readonly params: Readonly<Record<string, string>> };
type Answering = (args: Args) => Promise<unknown>;
type Route = { readonly loader?: Answering; readonly action?: Answering };

const routeFiles = readdirSync(ROUTES, { recursive: true, encoding: "utf8" })
  .filter((file) => /^(?:[^/]+\.tsx|[^/]+\/route\.tsx)$/.test(file))
  .sort();
const routeIn = (file: string): Promise<Route> => import(path.join(ROUTES, file)) as Promise<Route>;

const contextOf = (userId: string): object => ({
  shopify: { login: async () => ({}), answerOwnPages: async () => undefined },
  signIn: signInWith(app.opened, log, async () => ({ session: { shop }, sessionToken: { sub: userId } })),
  signInExtension: extensionSignInWith(app.opened, async () => ({ shop: app.domain(shop), userId })),
  apiKey: "test",
  reportError: (error: unknown) => {
    throw error;
  },
});

const ADDRESS = `https://tandem.example/app?order=${ORDER}`;
const params = (): Args["params"] => ({ name: "Purchase", id: `purchase.${shop.split(".")[0]}.${ORDER}` });

/** A live view never ends by itself: its first words are enough. */
const textOf = async (answer: Response): Promise<string> => {
  if (answer.body === null || !answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    return answer.text();
  }
  const reader = answer.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
};

/** What a page or a form answers: a thrown response, or the data of the page. */
const answerOf = async (answering: Answering | undefined, args: Omit<Args, "params">) => {
  const answer: unknown = await answering?.({ ...args, params: params() }).catch((thrown: unknown) => thrown);
  if (answer instanceof Error) throw answer;
  return answer instanceof Response
    ? { status: answer.status, text: await textOf(answer) }
    : { status: 200, text: JSON.stringify(answer ?? null) };
};

const opened = async (file: string, role: Role, search = "") => {
  const { loader } = await routeIn(file);
  return answerOf(loader, { request: new Request(`${ADDRESS}&${search}`), context: contextOf(STAFF[role]) });
};

const posted = async (file: string, role: Role, fields: Readonly<Record<string, string>>) => {
  const { action } = await routeIn(file);
  const request = new Request(ADDRESS, { method: "POST", body: new URLSearchParams(fields) });
  return answerOf(action, { request, context: contextOf(STAFF[role]) });
};

/** Everything that a form may change: the shop's own rows. */
const rowsOfShop = async (): Promise<string> => {
  const { pixel, settings, staff, lead, stageReport, apiKey, crmHook } = app.opened.database.prisma;
  const rows = await Promise.all(
    [pixel, settings, staff, lead, stageReport, apiKey, crmHook].map((table) =>
      (table as typeof pixel).findMany({ where: { shop } }),
    ),
  );
  return JSON.stringify(rows);
};

const SENTENCE = /^Your role in Tandem does not allow this\. .+\.$/;

/** The routes of people who are signed in; the others are Shopify's sign-in and the landing page. */
const appRoutes = routeFiles.filter((file) => /^app[./]/.test(file));

describe.each(appRoutes)("the route %s", (file) => {
  test("takes no form of somebody who may only read, and answers with a sentence", async () => {
    const { action } = await routeIn(file);
    if (action === undefined) return;
    const before = await rowsOfShop();
    for (const intent of POSTED_NAMES) {
      const fields = { intent, pixelId: PIXEL.metaPixelId, destinationId: pixelId, userId: STAFF["read-only"] };
      const answer = await posted(file, "read-only", { ...fields, role: "owner", number: ORDER, from: "shop" });
      expect([intent, answer.status, answer.text]).toEqual([intent, 403, expect.stringMatching(SENTENCE)]);
    }
    expect(await rowsOfShop()).toBe(before);
  });

  test.each(Object.keys(STAFF) as Role[])("opens for %s, or says why not", async (role) => {
    const { status, text } = await opened(file, role);
    if (status === 403) expect(text).toMatch(SENTENCE);
    else expect(status).toBe(200);
    // Only exports are closed, and only to those who may read only.
    expect(status === 403).toBe(role === "read-only" && file.includes("export"));
  });

  test("asks who is there before it answers", async () => {
    const { loader, action } = await routeIn(file);
    const refuse = async () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as Shopify's library refuses
      throw new Response("sign in", { status: 401 });
    };
    const context = { ...contextOf("1"), signIn: refuse, signInExtension: refuse };
    for (const answering of [loader, action]) {
      if (answering === undefined) continue;
      const method = answering === loader ? "GET" : "POST";
      const body = method === "POST" ? new URLSearchParams({ intent: "pause-pixel" }) : null;
      const request = new Request(ADDRESS, { method, body });
      expect((await answerOf(answering, { request, context })).status).toBe(401);
    }
  });
});

test("somebody who may only read sees an event without its customer", async () => {
  const file = routeFiles.find((name) => name.startsWith("app.events.$name")) ?? "";
  const marketer = await opened(file, "marketer");
  expect(marketer.text).toMatch(/"hashes":\["[0-9a-f]/);
  const reader = await opened(file, "read-only");
  expect(reader.text).toContain(ORDER);
  expect(reader.text).not.toMatch(/"hashes"|event_source_url|referrer_url|"fbp"|"fbc"|sent in clear/);
});

test("a marketer may change settings and pause a pixel, and neither disconnect one nor assign roles", async () => {
  const settings = "app.settings._index/route.tsx";
  expect((await posted(settings, "marketer", { intent: "pause-pixel", destinationId: pixelId })).status).toBe(200);
  expect((await posted(settings, "marketer", { intent: "resume-pixel", destinationId: pixelId })).status).toBe(200);
  const before = await rowsOfShop();
  const disconnect = await posted(settings, "marketer", { intent: "disconnect-pixel", pixelId: PIXEL.metaPixelId });
  expect(disconnect).toEqual({ status: 403, text: expect.stringMatching(SENTENCE) as string });
  const mine = await posted("app.access/route.tsx", "marketer", { intent: "set-role", userId: "2", role: "owner" });
  expect(mine.status).toBe(403);
  expect(await rowsOfShop()).toBe(before);
});

test("an owner assigns a role, which holds at once, and the only owner stays one", async () => {
  const access = "app.access/route.tsx";
  const give = (userId: string, role: string) => posted(access, "owner", { intent: "set-role", userId, role });
  expect((await give(STAFF.marketer, "read-only")).text).toContain("changed");
  expect((await opened("app.access-export.tsx", "marketer")).status).toBe(403);
  expect((await give(STAFF.marketer, "marketer")).text).toContain("changed");
  expect((await opened("app.access-export.tsx", "marketer")).status).toBe(200);
  expect((await give(STAFF.owner, "marketer")).text).toContain("last-owner");
  expect((await give("99", "owner")).text).toContain("no-such-person");
  expect((await give(STAFF.marketer, "emperor")).status).toBe(400);
});

test("who saw an event, a list and an export is recorded, and nothing of the customer with it", async () => {
  const list = await app.opened.access.seen.list(app.domain(shop), 100);
  const kinds = new Set(list.filter(({ by }) => by === "shopify-user 2").map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(["dry-run", "event", "events", "export", "leads"]);
  expect(list.find(({ kind }) => kind === "event")?.subject).toBe(`Purchase ${params()["id"]}`);
  expect(list.some(({ subject }) => subject === `order ${ORDER}`)).toBe(true);
  // Whoever may not export has seen none.
  expect(list.some(({ by, kind }) => by === "shopify-user 3" && kind === "export")).toBe(false);
});

test("a pixel's changes are recorded with who made them, and its token is nowhere", async () => {
  const changes = await app.opened.access.changes(app.domain(shop), 100);
  const paused = changes.find(({ action }) => action === "paused");
  expect(paused).toMatchObject({
    by: "shopify-user 2",
    subject: `pixel ${PIXEL.metaPixelId}`,
    before: { state: "active" },
    after: { state: "paused" },
  });
  expect(changes.map(({ action }) => action)).toEqual(expect.arrayContaining(["role-set", "settings-saved"]));
  const text = JSON.stringify(changes) + (await opened("app.access-export.tsx", "owner", "list=changes")).text;
  expect(text).not.toContain(PIXEL.token);
  expect(text).not.toMatch(/sealed/i);
});

test("somebody whom Shopify does not say to be the account's owner is a marketer", async () => {
  const userId = randomBytes(4).readUInt32BE().toString();
  const signIn = signInWith(app.opened, log, async () => ({ session: { shop }, sessionToken: { sub: userId } }));
  expect((await signIn(new Request(ADDRESS))).role).toBe("marketer");
});
