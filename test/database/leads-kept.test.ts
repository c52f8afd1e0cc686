import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { listKeys, makeKey, revokeKey, rotateKey } from "../../app/cli/shop-keys.ts";
import { createApiKeys } from "../../app/leads/api-keys.server.ts";
import { retire } from "../../app/privacy/retention.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aForm, aLeadScene, type LeadScene } from "../support/lead-scene.ts";
import { after, anId, NOON } from "../support/store-scenes.ts";
import { KEEP_DAYS } from "../fixtures/keep-days.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.close());

  const leadIds = async (scene: LeadScene) => (await scene.leads()).map(({ leadId }) => leadId);

  test("a lead and its reports are kept with their identifiers for as long as the ledger, and no longer", async () => {
    const scene = await aLeadScene(database);
    const retireAt = (now: Date) => retire(database.prisma, { days: KEEP_DAYS, now });
    await scene.submit(aForm());
    scene.at(after(HOUR));
    await scene.reach({ happenedAt: after(HOUR) }, { lead: { by: "email", value: "f".repeat(64) } });

    await retireAt(after(395 * DAY));
    expect(await scene.leads()).toMatchObject([{ leadId: "lead-1", userData: { em: [expect.any(String)] } }]);
    expect(await scene.stages()).toHaveLength(3);

    scene.at(after(395 * DAY));
    const at = after(395 * DAY).getTime();
    await scene.submit(aForm({ id: anId("young"), at, sentAt: at }));
    await retireAt(after(397 * DAY));
    expect(await leadIds(scene)).toEqual(["young"]);
    expect((await scene.stages()).map(({ leadId }) => leadId)).toEqual(["young"]);
  });

  test("the key commands make a key, list it without its text, rotate it with an overlap, and revoke it", async () => {
    const { profile, shop } = await aLeadScene(database);
    await database.prisma.shop.upsert({
      where: { domain: shop },
      create: { domain: shop, ingestKey: `key of ${shop}` },
      update: {},
    });
    let now = NOON;
    const apiKeys = createApiKeys(database.prisma, () => now);
    const ports = { settings: { profile: () => Promise.resolve(profile) }, apiKeys };
    const facts = (answer: object) =>
      (answer as { readonly facts: { readonly id: string; readonly key: string } }).facts;

    const made = facts(await makeKey({ shop, name: "HubSpot" }, ports));
    expect(await apiKeys.check(made.key)).toMatchObject({ kind: "valid", key: { shop, id: made.id } });
    const listed = JSON.stringify(await listKeys({ shop }, ports));
    expect(listed).toContain(made.id);
    expect(listed).not.toContain(made.key);

    const next = facts(await rotateKey({ shop, key: made.id, overlap: "2" }, ports));
    now = after(HOUR);
    expect([(await apiKeys.check(made.key)).kind, (await apiKeys.check(next.key)).kind]).toEqual(["valid", "valid"]);
    now = after(2 * HOUR);
    expect([(await apiKeys.check(made.key)).kind, (await apiKeys.check(next.key)).kind]).toEqual(["expired", "valid"]);
    expect(await listKeys({ shop }, ports)).toMatchObject({
      text: expect.stringContaining(`expires ${after(2 * HOUR).toISOString()}`) as string,
    });

    expect(await revokeKey({ shop, key: next.id }, ports)).toMatchObject({ kind: "done" });
    expect((await apiKeys.check(next.key)).kind).toBe("revoked");
  });

  test("the key commands refuse what they cannot do, and say which option is wrong", async () => {
    const { profile, shop } = await aLeadScene(database);
    const apiKeys = createApiKeys(database.prisma, () => NOON);
    const ports = { settings: { profile: () => Promise.resolve(profile) }, apiKeys };
    const nobody = { settings: { profile: () => Promise.resolve(null) }, apiKeys };
    const refusals = await Promise.all([
      makeKey({ shop }, ports),
      makeKey({ shop, name: "x".repeat(51) }, ports),
      rotateKey({ shop, key: "unknown" }, ports),
      rotateKey({ shop, key: "unknown", overlap: "1.5" }, ports),
      rotateKey({ shop, key: "unknown", overlap: "9999" }, ports),
      revokeKey({ shop, key: "unknown" }, ports),
      makeKey({ shop, name: "HubSpot" }, nobody),
      listKeys({ shop }, nobody),
    ]);
    const fields = refusals.map((answer) =>
      "problems" in answer ? answer.problems.map(({ field }) => field) : answer,
    );
    expect(fields.flat()).toEqual(["name", "name", "key", "overlap", "overlap", "key", "shop", "shop"]);
    expect(await apiKeys.list(shop)).toEqual([]);
  });
});
