import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runRotateKeys } from "../../app/cli/rotate-keys-command.ts";
import { rotateKeysPorts } from "../../app/cli/rotate-keys-ports.server.ts";
import { countByKey, resealAll, troublesOfKeys } from "../../app/database/key-rotation.server.ts";
import { dataRequestPurpose, SEALED_COLUMNS } from "../../app/database/sealed-columns.ts";
import { createSealer, type Sealer, type SealingKey } from "../../app/database/sealing.server.ts";
import { createQuarantine } from "../../app/ledger/quarantine.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { openTombstones } from "../../app/privacy/tombstones.server.ts";
import { createSettingsStore } from "../../app/settings/settings-store.server.ts";
import { SealedSessionStorage } from "../../app/shopify/session-storage.server.ts";
import { aRotatedHook, secretsOf } from "../support/crm-hook.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene } from "../support/store-scenes.ts";

const key = (id: string): SealingKey => ({ id, key: randomBytes(32) });
const now = (): Date => new Date();
const DAY_MS = 86_400_000;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("changing the keys on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  const storage = (sealer: Sealer, refresh: () => Promise<Session> = () => Promise.reject(new Error("no refresh"))) =>
    new SealedSessionStorage({
      database,
      sealer,
      refresh,
      beginInstallation: async () => undefined,
      now,
      log: createLogger({ level: "silent", name: "test" }),
    });

  const session = (shop: string, change: Partial<{ accessToken: string; refreshToken: string; expires: Date }> = {}) =>
    new Session({
      id: `offline_${shop}`,
      shop,
      state: "",
      isOnline: false,
      scope: "read_orders",
      accessToken: "the access token",
      refreshToken: "the refresh token",
      refreshTokenExpires: new Date(Date.now() + 90 * DAY_MS),
      expires: new Date(Date.now() + DAY_MS),
      ...change,
    });

  /** A shop with one of everything that is sealed. */
  async function aShop(sealer: Sealer) {
    const { shop } = await aScene(database);
    const settings = createSettingsStore(database.prisma, { sealer, now });
    await settings.ensureShop(shop, "test");
    const pixel = await settings.connect(shop, {
      metaPixelId: "123456789",
      token: "the pixel token",
      testEventCode: null,
    });
    await storage(sealer).storeSession(session(shop));
    await openTombstones(database.prisma, { sealer, now });
    const quarantine = createQuarantine(database.prisma, sealer);
    const webhook = { shop, topic: "orders/paid", webhookId: `w-${shop}`, body: "the payload" };
    await quarantine.keep(
      { ...webhook, triggeredAt: null, apiVersion: "2026-10" },
      { code: "not-an-order", detail: "x" },
    );
    const sealedContent = sealer.bound(...dataRequestPurpose(shop, "9999")).seal("the customer's file");
    await database.prisma.dataRequest.create({ data: { shop, requestId: "9999", requestedAt: now(), sealedContent } });
    return { shop, pixelId: pixel.id, hookId: await aRotatedHook(database, sealer, shop) };
  }

  async function opened(sealer: Sealer, { shop, pixelId, hookId }: Awaited<ReturnType<typeof aShop>>) {
    const settings = createSettingsStore(database.prisma, { sealer, now });
    const quarantine = createQuarantine(database.prisma, sealer);
    const row = await database.prisma.quarantine.findFirst({ where: { shop } });
    const request = await database.prisma.dataRequest.findFirst({ where: { shop } });
    return [
      await settings.tokenOf(shop, pixelId),
      (await storage(sealer).loadSession(`offline_${shop}`))?.accessToken,
      (await quarantine.open(row?.id ?? 0n))?.body,
      sealer.bound(...dataRequestPurpose(shop, "9999")).unseal(request?.sealedContent ?? ""),
      ...(await secretsOf(database, sealer, hookId)),
    ];
  }

  const clear = async () => {
    const { pixel, session: sessions, quarantine, dataRequest, crmHook, tombstoneKey } = database.prisma;
    await Promise.all([pixel.deleteMany(), sessions.deleteMany(), quarantine.deleteMany()]);
    await Promise.all([dataRequest.deleteMany(), crmHook.deleteMany(), tombstoneKey.deleteMany()]);
  };

  test("everything is sealed again, and what is left under each key is counted", async () => {
    await clear();
    const [old, fresh] = [key("old"), key("new")];
    const shop = await aShop(createSealer([old]));
    const sealer = createSealer([fresh, old]);
    const one = {
      "pixel tokens": 1,
      "access tokens": 1,
      "refresh tokens": 1,
      "quarantined payloads": 1,
      "data requests": 1,
      "secrets of CRM webhooks": 1,
      "former secrets of CRM webhooks": 1,
      "keys of erasures": 1,
    };
    const ports = rotateKeysPorts(database.prisma, sealer);

    const early = await runRotateKeys(["rotate-keys", "--drop", "old", "--json"], ports);
    expect(early).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("still in use (1 pixel tokens") as string,
    });
    const done = await runRotateKeys(["rotate-keys", "--json"], ports);
    expect(done.exitCode).toBe(0);
    expect(JSON.parse(done.stdout)).toEqual({
      current: "new",
      resealed: one,
      unreadable: {},
      left: { new: one },
      unused: ["old"],
    });
    expect((await runRotateKeys(["rotate-keys", "--drop", "old"], ports)).exitCode).toBe(0);
    expect((await runRotateKeys(["rotate-keys", "--drop", "new"], ports)).exitCode).toBe(1);
    expect((await runRotateKeys(["rotate-keys", "--current", "newer"], ports)).stderr).toContain(
      "Restart the app first",
    );

    expect(await opened(createSealer([fresh]), shop)).toEqual([
      "the pixel token",
      "the access token",
      "the payload",
      "the customer's file",
      "the secret",
      "the former secret",
    ]);
    expect(await resealAll(database.prisma, sealer)).toEqual({ resealed: {}, unreadable: {} });
  });

  test("more rows than one batch, one of them damaged: the rest is sealed again, also in a second run", async () => {
    await clear();
    const [old, fresh] = [key("old"), key("new")];
    const quarantine = createQuarantine(database.prisma, createSealer([old]));
    const { shop } = await aScene(database);
    for (let n = 0; n < 25; n += 1) {
      const webhook = {
        shop,
        topic: "orders/paid",
        webhookId: `w-${n}`,
        body: `payload ${n}`,
        triggeredAt: null,
        apiVersion: "2026-10",
      };
      await quarantine.keep(webhook, { code: "not-an-order", detail: "x" });
    }
    const damaged = await database.prisma.quarantine.findFirstOrThrow({ orderBy: { id: "asc" }, skip: 3 });
    const sealedBody = `${damaged.sealedBody.slice(0, -6)}AAAAAA`;
    await database.prisma.quarantine.update({ where: { id: damaged.id }, data: { sealedBody } });
    const sealer = createSealer([fresh, old]);

    expect(await resealAll(database.prisma, sealer)).toEqual({
      resealed: { "quarantined payloads": 24 },
      unreadable: { "quarantined payloads": 1 },
    });
    expect(await resealAll(database.prisma, sealer)).toMatchObject({ unreadable: { "quarantined payloads": 1 } });
    expect((await countByKey(database.prisma)).get("new")).toEqual({ "quarantined payloads": 24 });
  });

  test("a key that is not listed, or has other bytes, is named; one damaged value makes no key wrong", async () => {
    await clear();
    const [old, fresh] = [key("old"), key("new")];
    await aShop(createSealer([old]));
    const counts = (await countByKey(database.prisma)).get("old");
    const { prisma } = database;

    expect(await troublesOfKeys(prisma, createSealer([fresh, old]))).toEqual([]);
    expect(await troublesOfKeys(prisma, createSealer([fresh]))).toEqual([{ key: "old", what: "missing", counts }]);
    const wrong = createSealer([fresh, key("old")]);
    expect(await troublesOfKeys(prisma, wrong)).toEqual([{ key: "old", what: "wrong", counts }]);
    await prisma.quarantine.updateMany({ data: { sealedBody: "sealed:v1:old:AAAA" } });
    expect(await troublesOfKeys(prisma, createSealer([fresh, old]))).toEqual([]);

    const good = rotateKeysPorts(prisma, createSealer([fresh, old]));
    expect((await runRotateKeys(["rotate-keys", "--discard", "old"], good)).exitCode).toBe(1);
    const lost = rotateKeysPorts(prisma, createSealer([fresh]));
    expect((await runRotateKeys(["rotate-keys"], lost)).exitCode).toBe(1);
    expect((await runRotateKeys(["rotate-keys", "--discard", "old"], lost)).exitCode).toBe(0);
    expect(await troublesOfKeys(prisma, createSealer([fresh]))).toEqual([]);
    expect(await prisma.pixel.count()).toBe(1);
  });

  test("a refresh that is under way while its session is sealed again keeps the new tokens", async () => {
    await clear();
    const [old, fresh] = [key("old"), key("new")];
    const { shop } = await aScene(database);
    await storage(createSealer([old])).storeSession(session(shop, { expires: new Date(Date.now() + 1_000) }));
    const sealer = createSealer([fresh, old]);
    // Shopify has spent the refresh token when it answers: losing the answer would lose the installation.
    const refreshing = storage(sealer, async () => {
      await resealAll(database.prisma, sealer);
      return session(shop, { accessToken: "the next access token", refreshToken: "the next refresh token" });
    });

    expect((await refreshing.loadSession(`offline_${shop}`))?.accessToken).toBe("the next access token");
    expect((await storage(sealer).loadSession(`offline_${shop}`))?.accessToken).toBe("the next access token");
  });

  test("Meta's answer about a token counts though the token is sealed again at that moment", async () => {
    await clear();
    const [old, fresh] = [key("old"), key("new")];
    const { shop, pixelId } = await aShop(createSealer([old]));
    const sealer = createSealer([fresh, old]);
    const rotatingOnce = database.prisma.$extends({
      query: {
        pixel: {
          findFirst: async ({ args, query }) => {
            const row = await query(args);
            await resealAll(database.prisma, sealer);
            return row;
          },
        },
      },
    }) as unknown as TestDatabase["prisma"];
    const settings = createSettingsStore(rotatingOnce, { sealer, now });
    expect(await settings.block(shop, pixelId, { token: "another token", reason: "x" })).toBe(false);
    expect(await settings.block(shop, pixelId, { token: "the pixel token", reason: "x" })).toBe(true);
  });

  test("no other column holds a sealed value", async () => {
    await clear();
    await aShop(createSealer([key("k")]));
    const { prisma } = database;
    const columns = await prisma.$queryRaw<{ table: string; column: string }[]>`
      select table_name as "table", quote_ident(column_name) as "column" from information_schema.columns
      where table_schema = 'public' and data_type in ('text', 'jsonb', 'character varying')`;
    const sealed: string[] = [];
    for (const { table, column } of columns) {
      const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
        `select count(*)::int as count from "${table}" where ${column}::text like '%sealed:v1:%'`,
      );
      if ((row?.count ?? 0) > 0) sealed.push(`${table}.${column}`);
    }
    expect(sealed.sort()).toEqual(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort());
  });
});
