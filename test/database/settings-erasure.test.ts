import { describe, expect, test } from "vitest";

import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import type { SettingsStore } from "../../app/settings/settings-store.server.ts";
import { PIXEL, settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();

describe("an uninstalled shop", () => {
  test("keeps no token and no session, also when repeated, and reinstalls with its settings", async () => {
    const store = scene.store();
    const { shop, ingestKey } = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    await store.markPublished(shop, { version: 1, webPixelId: "gid://shopify/WebPixel/1", replaces: 0 });
    await scene.database.prisma.session.create({
      data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" },
    });

    await store.markUninstalled(shop);
    await store.markUninstalled(shop);

    expect(await store.profile(shop)).toMatchObject({ installed: false, pixels: [{ hasToken: false }] });
    expect(await store.tokenOf(shop, id)).toBeNull();
    expect(await store.publishState(shop)).toMatchObject({ publishedVersion: 0, webPixelId: null });
    expect(await scene.database.prisma.session.count({ where: { shop } })).toBe(0);
    expect(await store.ensureShop(shop, "install")).toMatchObject({ installed: true, ingestKey });
  });
});

describe("an erased shop", () => {
  test("leaves no row in any table, and others keep theirs", async () => {
    const store = scene.store();
    const [shop, other] = [scene.aShop(), scene.aShop()];
    const tables = await tablesWithAShop();
    for (const domain of [shop, other]) await fillEveryTable(domain, store);
    for (const table of tables) expect(await rowsOf(table, shop), table).toBeGreaterThan(0);

    await store.eraseShop(shop);

    for (const table of tables) {
      expect(await rowsOf(table, shop), table).toBe(0);
      expect(await rowsOf(table, other), table).toBeGreaterThan(0);
    }
    expect(await store.profile(shop)).toBeNull();
    expect(await store.profile(other)).not.toBeNull();
  });
});

type Table = { readonly name: string; readonly column: string };

async function tablesWithAShop(): Promise<string[]> {
  const columns = await scene.database.prisma.$queryRaw<Table[]>`
    select table_name::text as name, column_name::text as column from information_schema.columns
    where table_schema = 'public' and (column_name = 'shop' or (table_name = 'shop' and column_name = 'domain'))
      and not (select relispartition from pg_class where oid = table_name::regclass)`;
  expect(columns.length).toBeGreaterThanOrEqual(10);
  return columns.map(({ name, column }) => `${name}.${column}`);
}

async function rowsOf(table: string, shop: ShopDomain): Promise<number> {
  const [name = "", column = ""] = table.split(".");
  const [row] = await scene.database.prisma.$queryRawUnsafe<{ count: number }[]>(
    `select count(*)::int as count from "${name}" where "${column}" = $1`,
    shop,
  );
  return row?.count ?? -1;
}

async function fillEveryTable(shop: ShopDomain, store: SettingsStore): Promise<void> {
  const { prisma } = scene.database;
  await store.ensureShop(shop, "install");
  const { id: pixelId } = await store.connect(shop, PIXEL);
  const event = { shop, eventName: "Purchase", eventId: "purchase.x.1" };
  await prisma.session.create({ data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" } });
  await prisma.event.create({
    data: {
      ...event,
      eventTime: scene.clock,
      origin: "webhook",
      settingsVersion: 1,
      state: "queued",
      body: {},
      orderId: "1",
    },
  });
  await prisma.delivery.create({ data: { ...event, pixelId, eventTime: scene.clock } });
  await prisma.attempt.create({
    data: { shop, pixelId, startedAt: scene.clock, durationMs: 1, events: 1, verdict: "accepted" },
  });
  await prisma.browserContext.create({ data: { shop, orderId: "1", receipt: {} } });
  await prisma.webhookReceipt.create({ data: { shop, topic: "orders/paid", webhookId: "1" } });
  await prisma.reconciliation.create({ data: { shop, dueAt: scene.clock } });
  await prisma.consentPolicy.create({ data: { shop, triedAt: scene.clock } });
  await prisma.otherSender.create({
    data: { shop, metaPixelId: PIXEL.metaPixelId, sender: "theme", firstSeenAt: scene.clock, lastSeenAt: scene.clock },
  });
  await prisma.collectorRefusal.create({ data: { shop, day: scene.clock, reason: "bad-post", posts: 1 } });
  await prisma.unitCost.create({ data: { shop, variantId: "1", soldAt: scene.clock } });
  await prisma.staff.create({
    data: { shop, userId: "1", role: "owner", firstSeenAt: scene.clock, roleSetAt: scene.clock, roleSetBy: "operator" },
  });
  await prisma.accessRecord.create({ data: { shop, seenAt: scene.clock, seenBy: "operator", kind: "export" } });
  await prisma.changeRecord.create({
    data: { shop, changedAt: scene.clock, changedBy: "operator", subject: "staff 1", action: "role-set" },
  });
  await prisma.apiKey.create({
    data: { id: shop, shop, name: "CRM", digest: shop, scopes: [], createdAt: scene.clock, createdBy: "operator" },
  });
  await prisma.crmHook.create({
    data: {
      id: shop,
      shop,
      name: "CRM",
      preset: "generic",
      mapping: {},
      createdAt: scene.clock,
      createdBy: "operator",
    },
  });
  await prisma.$executeRaw`
    insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, pixels, consent, body)
    values (now(), now(), gen_random_uuid(), current_date, 1, ${shop}, 'PageView', '{}', '[]', '{"event_id": "1"}')`;
  await prisma.flowWorkflow.create({ data: { shop, definition: "x", changedAt: scene.clock } });
  await prisma.flowMessage.create({
    data: { shop, handle: "x", subject: "1", dueAt: scene.clock, createdAt: scene.clock },
  });
  await prisma.orderFacts.create({
    data: { shop, orderId: "1", seenAt: scene.clock, advanced: false, format: 1, facts: {} },
  });
  await fillLeads(shop);
  await fillFigures(shop);
  await prisma.unitCostReading.create({ data: { shop, dueAt: scene.clock } });
  await prisma.dataRequest.create({
    data: { shop, requestId: "1", orderIds: [], subjectDigests: [], sealedContent: "", requestedAt: scene.clock },
  });
  await prisma.quarantine.create({
    data: { shop, topic: "orders/paid", webhookId: "1", problem: "not-json", detail: "", sealedBody: "" },
  });
}

/** A figure that is summed up, and one that is not yet. */
async function fillFigures(shop: ShopDomain): Promise<void> {
  const { prisma } = scene.database;
  await prisma.event.updateMany({ where: { shop }, data: { state: "withheld", reason: "test-order" } });
  const { id: _, ...figure } = await prisma.dailyFigureChange.findFirstOrThrow({ where: { shop } });
  await prisma.dailyFigure.create({ data: figure });
}

async function fillLeads(shop: ShopDomain): Promise<void> {
  const { prisma } = scene.database;
  const at = scene.clock;
  const lead = { leadId: "1", kind: "form", action: "Lead", sentAs: "Lead", userData: {}, settingsVersion: 1 };
  await prisma.lead.create({ data: { ...lead, shop, happenedAt: at } });
  const report = {
    namedBy: "email",
    stage: "won",
    source: "api",
    idempotencyKey: "1",
    digest: "",
    outcome: "accepted",
  };
  await prisma.stageReport.create({ data: { ...report, shop, happenedAt: at, receivedAt: at } });
}

describe("the time of the installation", () => {
  test("is the last one's, and unknown while the shop is uninstalled", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const first = scene.clock;
    scene.clock = new Date(first.getTime() + 60_000);
    await store.ensureShop(shop, "install");
    expect(await store.installedAt(shop)).toEqual(first);

    await store.markUninstalled(shop);
    expect(await store.installedAt(shop)).toBeNull();
    await store.ensureShop(shop, "install");
    expect(await store.installedAt(shop)).toEqual(scene.clock);
  });
});
