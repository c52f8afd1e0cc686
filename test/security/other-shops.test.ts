import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runOperatorCommand } from "../../app/cli/operator-command.ts";
import { operatorPorts } from "../../app/cli/operator-ports.server.ts";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { everyShop } from "../../app/database/tenancy.server.ts";
import { PRESETS } from "../../app/leads/hooks/presets.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { extensionSignInWith } from "../../app/server/extension-sign-in.server.ts";
import { signInWith } from "../../app/server/sign-in.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { POSTED_NAMES } from "../support/form-names.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const MINE = { metaPixelId: "1111111111111111", token: "EAAmine-token-of-the-test" };
const THEIRS = { metaPixelId: "2222222222222222", token: "EAAtheirs-token-of-the-test" };
const OWNER = "1001";
const THEIR_STAFF = "2002";
const THEIR_ORDER = "5551234567890";
const THEIR_LEAD = "lead-of-the-other-shop";
const ROUTES = path.resolve(import.meta.dirname, "../../app/routes");
const log = createLogger({ level: "silent", name: "test" });

let app: TestApp;
let mine: string;
let theirs: string;
let theirPixel: string;
let theirKey: string;
let theirHook: string;
/** What only the other shop may see. */
let secrets: readonly string[];

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", role: "web" });
  mine = await app.connectedShop(MINE);
  theirs = await app.connectedShop(THEIRS);
  await app.opened.access.staff.add(app.domain(mine), OWNER, "owner");
  await app.opened.access.staff.add(app.domain(theirs), THEIR_STAFF, "read-only");
  const sold = anOrderWebhook({
    shop: theirs,
    orderId: THEIR_ORDER,
    source: "pos",
    placedAt: new Date().toISOString(),
  });
  expect((await postWebhook(app.url, sold, { shop: theirs })).status).toBe(200);
  expect((await postWebhook(app.url, "{}", { shop: theirs })).status).toBe(200);
  const at = Date.now() - 1_000;
  const url = `https://${theirs}/pages/contact`;
  await app.collect(theirs, aForm({ id: anId(THEIR_LEAD), at, sentAt: at, url }));
  expect(await app.opened.database.prisma.lead.count({ where: { shop: theirs } })).toBe(1);
  const { apiKeys, crmHooks } = app.opened;
  theirKey = (await apiKeys.make(app.domain(theirs), { name: "Theirs", scopes: ["leads:write"], by: "operator" })).id;
  const hook = { name: "Their CRM", preset: "generic", mapping: PRESETS.generic.mapping, account: null } as const;
  theirHook = (await crmHooks.make(app.domain(theirs), { ...hook, secret: "their secret", by: "operator" })).id;
  const profile = await app.opened.settings.profile(app.domain(theirs));
  theirPixel = profile?.pixels[0]?.id ?? "";
  secrets = [theirs, theirPixel, theirKey, theirHook, THEIRS.metaPixelId, THEIRS.token, profile?.ingestKey ?? ""];
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
});
afterAll(() => app.close());

/** Every row of the other shop, in every table that has its name. */
async function theirRows(): Promise<string> {
  const prisma = everyShop(app.opened.database.prisma);
  const tables = await prisma.$queryRaw<{ name: string; key: string }[]>`
    select table_name as name, column_name as key from information_schema.columns
    where table_schema = 'public' and (column_name = 'shop' or (table_name = 'shop' and column_name = 'domain'))
    order by table_name`;
  const rows = await Promise.all(
    tables.map(({ name, key }) =>
      prisma.$queryRawUnsafe(
        `select '${name}' as in_table, to_jsonb(t)::text as row from "${name}" t where ${key} = $1 order by 2`,
        theirs,
      ),
    ),
  );
  return JSON.stringify(rows);
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /^(?:[^/]+\.tsx|[^/]+\/route\.tsx)$/.test(file))
    .sort();

type Args = { readonly request: Request; readonly context: object; readonly params: Readonly<Record<string, string>> };
type Route = {
  readonly loader?: (args: Args) => Promise<unknown>;
  readonly action?: (args: Args) => Promise<unknown>;
};

/** Somebody of my shop, whose session Shopify has checked. */
const context = (): object => ({
  shopify: { login: async () => ({}), answerOwnPages: async () => undefined },
  signIn: signInWith(app.opened, log, async () => ({ session: { shop: mine }, sessionToken: { sub: OWNER } })),
  signInExtension: extensionSignInWith(app.opened, async () => ({ shop: app.domain(mine), userId: OWNER })),
  apiKey: "test",
  reportError: (error: unknown) => {
    throw error;
  },
});

const answerOf = async (calling: Promise<unknown> | undefined): Promise<string> => {
  const answer: unknown = await Promise.resolve(calling).catch((thrown: unknown) => thrown);
  return answer instanceof Response ? `${answer.status} ${await bodyOf(answer)}` : JSON.stringify(answer ?? null);
};

/** Of a stream that stays open what it begins with. */
async function bodyOf(answer: Response): Promise<string> {
  const isLive = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (!isLive || answer.body === null) return answer.text();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  await reader.cancel();
  return value;
}

const holdsNothingOfTheirs = (answer: string): void => {
  for (const secret of secrets) expect(answer).not.toContain(secret);
};

describe.each(filesOf(ROUTES))("the route %s, opened from another shop", (file) => {
  const module = (): Promise<Route> => import(path.join(ROUTES, file)) as Promise<Route>;
  const params = () => ({ name: "Purchase", id: `purchase.${theirs.split(".")[0]}.${THEIR_ORDER}`, version: "1" });
  const address = `https://tandem.example/app?order=${THEIR_ORDER}&name=Purchase`;

  test("shows nothing of the other's", async () => {
    const { loader } = await module();
    const answer = await answerOf(loader?.({ request: new Request(address), context: context(), params: params() }));
    holdsNothingOfTheirs(answer);
    // The list's form shows the order again that it was asked for.
    expect(answer).not.toContain(`"orderId":"${THEIR_ORDER}"`);
  });

  test("changes nothing of the other's", async () => {
    const before = await theirRows();
    const { action } = await module();
    // What a person might send who knows the other shop's names.
    for (const intent of POSTED_NAMES) {
      const body = new URLSearchParams({
        intent,
        shop: theirs,
        pixelId: THEIRS.metaPixelId,
        destinationId: theirPixel,
        number: THEIR_ORDER,
        from: "order",
        savedBy: theirs,
        userId: THEIR_STAFF,
        role: "owner",
        leadId: THEIR_LEAD,
        id: intent.endsWith("-key") ? theirKey : theirHook,
        stage: "qualified",
        key: "key-of-the-test",
      });
      const request = new Request(address, { method: "POST", body });
      const answer = await answerOf(action?.({ request, context: context(), params: params() }));
      // Two forms say which of the sent IDs their answer is about.
      const echoed = new Map([
        ["filter-pixel", THEIRS.metaPixelId],
        ["try-mapping", theirHook],
      ]).get(intent);
      holdsNothingOfTheirs(echoed === undefined ? answer : answer.replaceAll(echoed, ""));
    }
    expect(await theirRows()).toBe(before);
  });
});

test("their lead's page is no page of my shop's, and my forms neither move nor delete it", async () => {
  const file = path.join(ROUTES, "app.leads.$id/route.tsx");
  const { loader, action } = (await import(file)) as Route;
  const address = `https://tandem.example/app/leads/${THEIR_LEAD}`;
  const params = { id: THEIR_LEAD };
  const page = await answerOf(loader?.({ request: new Request(address), context: context(), params }));
  expect(page).toContain('"view":null');
  const before = await theirRows();
  for (const fields of [{ intent: "delete-lead" }, { intent: "report-stage", stage: "won", key: "another-key" }]) {
    const body = new URLSearchParams({ ...fields, leadId: THEIR_LEAD });
    const request = new Request(address, { method: "POST", body });
    expect(await answerOf(action?.({ request, context: context(), params }))).not.toContain("accepted");
  }
  expect(await theirRows()).toBe(before);
});

test.each([
  ["pause", "--pixel", THEIRS.metaPixelId],
  ["resume", "--pixel", THEIRS.metaPixelId],
  ["disconnect", "--pixel", THEIRS.metaPixelId],
  ["filter", "--pixel", THEIRS.metaPixelId, "--countries", "DE"],
  ["show"],
])("npm run shop -- %s of my shop leaves the other's alone", async (...argv) => {
  const before = await theirRows();
  const { stdout } = await runShopCommand([...argv, "--shop", mine, "--json"], shopCommandPorts(app.opened));
  for (const secret of [theirs, theirPixel, THEIRS.token]) expect(stdout).not.toContain(secret);
  expect(await theirRows()).toBe(before);
});

test.each([
  ["quarantine", "list"],
  ["consent", "export", "--order", THEIR_ORDER],
  ["consent", "export", "--since", "2020-01-01"],
])("npm run %s %s of my shop prints nothing of the other's", async (...argv) => {
  const { stdout } = await runOperatorCommand([...argv, "--shop", mine, "--json"], operatorPorts(app.opened, log));
  holdsNothingOfTheirs(stdout);
  expect(stdout).not.toContain(THEIR_ORDER);
});

test.each(["list", "replay"])("npm run quarantine %s of a shop that is none takes nobody's", async (command) => {
  const answer = await runOperatorCommand(
    ["quarantine", command, "--shop", "not a shop", ...(command === "replay" ? ["--all"] : [])],
    operatorPorts(app.opened, log),
  );
  expect(answer.exitCode).toBe(2);
  holdsNothingOfTheirs(answer.stdout);
});

test("my webhooks and receipts about the other's order change nothing of theirs", async () => {
  const before = await theirRows();
  const sold = anOrderWebhook({ shop: mine, orderId: THEIR_ORDER, source: "pos", placedAt: new Date().toISOString() });
  for (const topic of ["orders/paid", "orders/updated", "orders/cancelled"]) {
    await postWebhook(app.url, sold, { shop: mine, topic });
  }
  await app.collect(mine, JSON.stringify({ v: 1, kind: "receipt", orderId: THEIR_ORDER }));
  expect(await theirRows()).toBe(before);
});
