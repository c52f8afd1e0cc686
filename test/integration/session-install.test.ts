import { createHmac, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createLogger } from "../../app/logging/logger.server.ts";
import { shopDomain } from "../../app/event-contract/event-id.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { type Authenticated, createShopify, type ShopifyConnection } from "../../app/shopify.server.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";
import { startTokenEndpoint, type TokenEndpoint } from "../support/token-endpoint.ts";

// vitest declares its matchers as anything.
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const SHOP = "install.myshopify.com";
const APP_URL = "https://tandem.example.com";
const sealer = createSealer([{ id: "k1", key: randomBytes(32) }]);

let shopify: TokenEndpoint;
let database: TestDatabase;
beforeAll(async () => {
  [shopify, database] = [await startTokenEndpoint(), await pgliteDatabase()];
});
beforeEach(async () => {
  shopify.reset();
  await database.prisma.session.deleteMany();
});
afterAll(async () => {
  await shopify.close();
  await database.close();
});

type Begin = (shop: string, grant: { readonly anew: boolean }) => Promise<void>;

function connect(
  onAuthenticated: (authenticated: Authenticated) => Promise<void>,
  beginInstallation: Begin = async () => {},
): ShopifyConnection {
  return createShopify({
    env: { apiKey: "key", apiSecret: "secret", appUrl: APP_URL, scopes: ["read_orders"] },
    database,
    sealer,
    beginInstallation,
    onAuthenticated,
    now: () => new Date(),
    log: createLogger({ level: "silent", name: "test" }),
  });
}

/** The token that App Bridge gives a page: HS256 with the app's secret, a minute long. */
function sessionToken(secret = "secret"): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://${SHOP}/admin`,
    dest: `https://${SHOP}`,
    aud: "key",
    sub: "1",
    exp: seconds + 60,
    nbf: seconds - 1,
    iat: seconds,
    jti: randomBytes(8).toString("hex"),
    sid: "s",
  };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const pageRequest = (token: string): Request =>
  new Request(`${APP_URL}/app`, {
    headers: { authorization: `Bearer ${token}`, "user-agent": "Mozilla/5.0 Chrome/130" },
  });

describe("the first visit after an install", () => {
  test("exchanges the session token for an expiring offline token, seals it, and notifies the app once", async () => {
    const installed: Authenticated[] = [];
    const { shopify: app } = connect(async (authenticated) => void installed.push(authenticated));

    const { session } = await app.authenticate.admin(pageRequest(sessionToken()));

    expect(session).toMatchObject({ id: `offline_${SHOP}`, shop: SHOP, accessToken: "shpat_fresh_1" });
    expect(shopify.grants()).toMatchObject([
      { host: SHOP, body: { expiring: "1", requested_token_type: matching(/offline/) } },
    ]);
    const row = await database.prisma.session.findUniqueOrThrow({ where: { id: `offline_${SHOP}` } });
    expect([row.accessToken, row.refreshToken]).toEqual([matching(/^sealed:/), matching(/^sealed:/)]);
    expect(installed).toMatchObject([{ shop: SHOP }]);
    expect(await installed[0]?.admin("{ shop { id } }")).toEqual({
      kind: "answered",
      data: { token: "shpat_fresh_1" },
    });
  });

  test("is not repeated by the next page: the stored session serves it without a call", async () => {
    let installed = 0;
    const { shopify: app } = connect(async () => void (installed += 1));
    await app.authenticate.admin(pageRequest(sessionToken()));
    const calls = shopify.calls.length;

    await app.authenticate.admin(pageRequest(sessionToken()));

    expect(shopify.calls).toHaveLength(calls);
    expect(installed).toBe(1);
  });

  test("uses the app's one API version", async () => {
    const installed: Authenticated[] = [];
    const { shopify: app, offlineAdmin } = connect(async (authenticated) => void installed.push(authenticated));
    const { admin } = await app.authenticate.admin(pageRequest(sessionToken()));
    await admin.graphql("{ shop { id } }");
    for (const { shop } of installed) await (await offlineAdmin(shop))?.("{ shop { id } }");

    const paths = shopify.calls.filter(({ path }) => path.includes("graphql")).map(({ path }) => path);
    expect(paths).toEqual(["/admin/api/2026-10/graphql.json", "/admin/api/2026-10/graphql.json"]);
  });

  test("with a token signed by another party is refused without a request", async () => {
    const { shopify: app } = connect(async () => {});
    const refusal = await app.authenticate
      .admin(pageRequest(sessionToken("another secret")))
      .catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ status: 401 });
    expect(shopify.calls).toEqual([]);
  });
});

describe("a visit when the stored token is old", () => {
  test("three pages at once share one refresh, and no token is exchanged", async () => {
    const { shopify: app } = connect(async () => {});
    await app.authenticate.admin(pageRequest(sessionToken()));
    await database.prisma.session.updateMany({ data: { expires: new Date(Date.now() + 60_000) } });

    const visits = await Promise.all([1, 2, 3].map(() => app.authenticate.admin(pageRequest(sessionToken()))));

    expect(new Set(visits.map(({ session }) => session.accessToken))).toEqual(new Set(["shpat_fresh_2"]));
    expect(shopify.grants().map(({ body }) => body["grant_type"])).toEqual([
      "urn:ietf:params:oauth:grant-type:token-exchange",
      "refresh_token",
    ]);
  });

  test("a webhook through the library also refreshes only once", async () => {
    const { shopify: app } = connect(async () => {});
    await app.authenticate.admin(pageRequest(sessionToken()));
    await database.prisma.session.updateMany({ data: { expires: new Date(Date.now() + 60_000) } });

    await Promise.all([1, 2, 3].map((id) => app.authenticate.webhook(webhookRequest(String(id)))));

    expect(shopify.grants()).toHaveLength(2);
  });
});

const expireSessions = () => database.prisma.session.updateMany({ data: { expires: new Date(Date.now() - 60_000) } });

describe("an installation", () => {
  const never = async (): Promise<void> => {};
  const visit = ({ shopify: app }: ShopifyConnection) =>
    app.authenticate.admin(pageRequest(sessionToken())).catch((thrown: unknown) => thrown);

  test("starts with its token, and a token that replaces an active session starts none", async () => {
    const begun: unknown[] = [];
    const shop = shopDomain(SHOP);
    if (shop === null) throw new Error("not a shop domain");
    const connection = connect(never, async (opened, grant) => void begun.push({ shop: opened, ...grant }));
    const refused = async (): Promise<void> => {
      await expireSessions();
      await visit(connection);
    };
    await visit(connection);
    shopify.refuseRefresh("invalid_client");
    await refused();
    expect(await connection.holdsGrant(shop)).toBe(true);
    shopify.refuseRefresh("invalid_grant");
    await expireSessions();
    await connection.sessions.loadSession(`offline_${SHOP}`);
    expect(await connection.holdsGrant(shop)).toBe(false);
    await visit(connection);

    expect(begun).toEqual([
      { shop: SHOP, anew: true },
      { shop: SHOP, anew: false },
      { shop: SHOP, anew: true },
    ]);
  });

  test("that could not be opened stores no session, and the next visit opens it", async () => {
    let tries = 0;
    const connection = connect(never, async () => {
      tries += 1;
      if (tries === 1) throw new Error("the database is away");
    });
    expect(await visit(connection)).toMatchObject({ message: "the database is away" });
    expect(await database.prisma.session.count()).toBe(0);

    expect(await visit(connection)).toMatchObject({ session: { shop: SHOP } });
    expect(tries).toBe(2);
  });
});

function webhookRequest(id: string): Request {
  const body = "{}";
  return new Request(`${APP_URL}/webhooks/app`, {
    method: "POST",
    body,
    headers: {
      "x-shopify-topic": "app/scopes_update",
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": id,
      "x-shopify-hmac-sha256": createHmac("sha256", "secret").update(body).digest("base64"),
    },
  });
}
