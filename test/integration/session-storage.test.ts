import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { createShopify, type ShopifyConnection } from "../../app/shopify.server.ts";
import { logInto } from "../support/log-lines.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { startTokenEndpoint, type TokenEndpoint } from "../support/token-endpoint.ts";

// vitest declares its matchers as anything.
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const keys = [{ id: "k1", key: randomBytes(32) }];
const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

let shopify: TokenEndpoint;
beforeAll(async () => {
  shopify = await startTokenEndpoint();
});
beforeEach(() => shopify.reset());
afterAll(() => shopify.close());

describe.each([
  // The embedded database has one process, PostgreSQL may have several: each with its own connection to Shopify.
  { kind: "PGlite", open: pgliteDatabase, processes: 1 },
  { kind: "PostgreSQL", open: postgresDatabase, processes: 3 },
])("sessions on $kind", ({ kind, open, processes }) => {
  let database: TestDatabase;
  let shops = 0;
  const logged = logInto();

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  const connection = (): ShopifyConnection =>
    createShopify({
      env: { apiKey: "key", apiSecret: "secret", appUrl: "https://tandem.example.com", scopes: ["read_orders"] },
      database,
      sealer: createSealer(keys),
      log: logged.log,
      now: () => new Date(),
      beginInstallation: async () => {},
      onAuthenticated: async () => {},
    });

  function newShop(): { shop: ShopDomain; id: string } {
    const shop = shopDomain(`${kind.toLowerCase()}-${++shops}.myshopify.com`);
    if (shop === null) throw new Error("not a shop domain");
    return { shop, id: `offline_${shop}` };
  }

  type Given = { expires?: Date; refreshToken?: string; refreshTokenExpires?: Date };

  async function aSession(given: Given = {}) {
    const { shop, id } = newShop();
    const session = new Session({
      id,
      shop,
      state: "",
      isOnline: false,
      scope: "read_orders",
      accessToken: "shpat_old",
      expires: minutes(60),
      refreshToken: `shprt_old_${id}`,
      refreshTokenExpires: minutes(1000),
      ...given,
    });
    await connection().sessions.storeSession(session);
    return { shop, id, session };
  }

  const rowOf = (id: string) => database.prisma.session.findUniqueOrThrow({ where: { id } });

  test("are loaded as stored, except for the refresh token, which never leaves the storage", async () => {
    const { id, session } = await aSession();
    const { refreshToken: _kept, refreshTokenExpires: _too, ...rest } = session.toObject();
    expect((await connection().sessions.loadSession(id))?.toObject()).toEqual(rest);
    expect(await connection().sessions.loadSession("offline_nobody.myshopify.com")).toBeUndefined();
    expect(shopify.calls).toEqual([]);
  });

  test("have both tokens sealed at rest, each for its own field", async () => {
    const { id, session } = await aSession();
    const row = await rowOf(id);
    expect(row.accessToken).toMatch(/^sealed:v1:k1:/);
    expect(row.refreshToken).toMatch(/^sealed:v1:k1:/);
    expect(
      JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toMatch(new RegExp(`${session.accessToken}|${session.refreshToken}`));

    await database.prisma.session.update({ where: { id }, data: { accessToken: row.refreshToken ?? "" } });
    expect(await connection().sessions.loadSession(id)).toBeUndefined();
    expect(logged.lines.at(-1)).toContain("auth.session-unreadable");
  });

  test("are listed by shop and deleted, one or many", async () => {
    const { sessions } = connection();
    const [one, two] = [await aSession(), await aSession()];
    const stored = await sessions.findSessionsByShop(one.shop);
    expect(stored.map(({ id, accessToken, refreshToken }) => ({ id, accessToken, refreshToken }))).toEqual([
      { id: one.id, accessToken: "shpat_old", refreshToken: undefined },
    ]);

    expect(await sessions.deleteSession(one.id)).toBe(true);
    expect(await sessions.deleteSessions([one.id, two.id])).toBe(true);
    expect(await sessions.loadSession(two.id)).toBeUndefined();
  });

  test("three concurrent requests with an old token refresh it once, and all get the new one", async () => {
    const { id, shop } = await aSession({ expires: minutes(6) });
    const { sessions } = connection();

    const loaded = await Promise.all([1, 2, 3].map(() => sessions.loadSession(id)));

    expect(loaded.map((session) => session?.accessToken)).toEqual(Array(3).fill("shpat_fresh_1"));
    expect(shopify.grants()).toMatchObject([
      {
        host: shop,
        body: {
          grant_type: "refresh_token",
          refresh_token: `shprt_old_${id}`,
          client_id: "key",
          client_secret: "secret",
        },
      },
    ]);
    expect((await rowOf(id)).accessToken).toMatch(/^sealed:/);
    expect((await sessions.loadSession(id))?.accessToken).toBe("shpat_fresh_1");
    expect(shopify.grants()).toHaveLength(1);
  });

  test("processes with an old token wait for the one that refreshes it", async () => {
    const { id } = await aSession({ expires: minutes(-1) });
    const everyone = Array.from({ length: processes }, connection).flatMap(({ sessions }) => [sessions, sessions]);

    const loaded = await Promise.all(everyone.map((sessions) => sessions.loadSession(id)));

    expect(new Set(loaded.map((session) => session?.accessToken))).toEqual(new Set(["shpat_fresh_1"]));
    expect(shopify.grants()).toHaveLength(1);
  });

  test("the library's own entry points use the same refresh, and never another", async () => {
    const { id, shop } = await aSession({ expires: minutes(4) });
    const { shopify: app, offlineAdmin } = connection();

    const [first, second, third] = await Promise.all([
      app.unauthenticated.admin(shop),
      app.unauthenticated.admin(shop),
      offlineAdmin(shop),
    ]);

    expect([first.session.accessToken, second.session.accessToken]).toEqual(["shpat_fresh_1", "shpat_fresh_1"]);
    expect(await third?.("{ shop { id } }")).toEqual({ kind: "answered", data: { token: "shpat_fresh_1" } });
    expect(shopify.grants()).toHaveLength(1);
    expect((await rowOf(id)).refreshToken).toMatch(/^sealed:/);
  });

  test("a failed refresh leaves the tokens unchanged, and the library does not retry by itself", async () => {
    const { id, shop } = await aSession({ expires: minutes(4) });
    const row = await rowOf(id);
    shopify.failWith(503);

    const { session } = await connection().shopify.unauthenticated.admin(shop);

    expect(session.accessToken).toBe("shpat_old");
    expect(shopify.grants()).toHaveLength(1);
    expect(await rowOf(id)).toEqual(row);
    expect(logged.lines.at(-1)).toContain("auth.refresh-failed");

    shopify.failWith(null);
    expect((await connection().sessions.loadSession(id))?.accessToken).toBe("shpat_fresh_1");
  });

  test("a shop that uninstalls while its token is refreshed does not get its session back", async () => {
    const { id } = await aSession({ expires: minutes(1) });
    const { sessions } = connection();
    const answerNow = shopify.holdToken();
    const loading = sessions.loadSession(id);
    await expect.poll(() => shopify.grants().length).toBe(1);
    await sessions.deleteSession(id);
    answerNow();

    expect(await loading).toBeUndefined();
    expect(await sessions.loadSession(id)).toBeUndefined();
  });

  test("an access token that Shopify rejects is replaced once, without a user", async () => {
    const { shop, id } = await aSession();
    shopify.forget("shpat_old");

    const admin = await connection().offlineAdmin(shop);
    expect(await admin?.("{ shop { id } }")).toEqual({ kind: "answered", data: { token: "shpat_fresh_1" } });
    expect(shopify.grants()).toHaveLength(1);
    expect((await connection().sessions.loadSession(id))?.accessToken).toBe("shpat_fresh_1");
  });

  test("the library's clearing of an access token keeps the refresh token", async () => {
    const { id } = await aSession();
    const { sessions } = connection();
    const { accessToken: _refused, ...rest } = (await sessions.loadSession(id))?.toObject() ?? {
      id,
      shop: "",
      state: "",
      isOnline: false,
    };
    await sessions.storeSession(new Session(rest));

    expect(await rowOf(id)).toMatchObject({ accessToken: "", refreshToken: matching(/^sealed:/) });
    expect((await sessions.loadSession(id))?.accessToken).toBe("shpat_fresh_1");
  });

  test("an expired refresh token is not used", async () => {
    const { id } = await aSession({ expires: minutes(-1), refreshTokenExpires: minutes(-1) });
    expect((await connection().sessions.loadSession(id))?.accessToken).toBe("shpat_old");
    expect(shopify.calls).toEqual([]);
  });

  test("Shopify's answer is a value: refused or unavailable", async () => {
    const { shop } = await aSession();
    const admin = await connection().offlineAdmin(shop);
    for (const [status, kindOf] of [
      [403, "refused"],
      [429, "unavailable"],
      [503, "unavailable"],
    ] as const) {
      shopify.failWith(status);
      expect(await admin?.("{ shop { id } }"), String(status)).toMatchObject({ kind: kindOf });
    }
    expect(await connection().offlineAdmin(newShop().shop)).toBeNull();
  });

  test("a change of scopes is stored", async () => {
    const { shop, id } = await aSession();
    await connection().sessions.rememberScopes(shop, ["read_orders", "write_pixels"]);
    expect((await connection().sessions.loadSession(id))?.scope).toBe("read_orders,write_pixels");
  });

  test("no token is ever written to the log", () => {
    expect(logged.lines.length).toBeGreaterThan(0);
    expect(logged.lines.join()).not.toMatch(/shpat_|shprt_/);
  });
});
