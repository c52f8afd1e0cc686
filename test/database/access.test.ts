import { describe, expect, test } from "vitest";

import { createAccess } from "../../app/access/access.server.ts";
import { ACCESS_KEPT_DAYS, createAccessLog, deleteOldAccessRecords } from "../../app/access/access-log.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { recordedEdits } from "../../app/server/recorded-edits.server.ts";
import { PIXEL, settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();
const log = createLogger({ level: "silent", name: "test" });
const access = () => createAccess(scene.database.prisma, { now: () => scene.clock, log });
const DAY_MS = 86_400_000;

const opened = async () => (await scene.store().ensureShop(scene.aShop(), "installation")).shop;

describe("roles", () => {
  test("of two owners who demote each other at once one stays", async () => {
    const { staff, setRole } = access();
    const shop = await opened();
    for (const userId of ["1", "2"]) await staff.add(shop, userId, "owner");
    const outcomes = await Promise.all([
      setRole(shop, { userId: "1", role: "read-only", by: "shopify-user 2" }),
      setRole(shop, { userId: "2", role: "read-only", by: "shopify-user 1" }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["last-owner", "set"]);
    expect((await staff.list(shop)).filter(({ role }) => role === "owner")).toHaveLength(1);
  });

  test("an operator's assignment comes before the first visit, and stays", async () => {
    const { staff, setRole } = access();
    const shop = await opened();
    await setRole(shop, { userId: "7", role: "owner", by: "operator" });
    expect(await staff.add(shop, "7", "marketer")).toBe("owner");
    expect(await staff.list(shop)).toMatchObject([{ userId: "7", role: "owner", roleSetBy: "operator" }]);
  });

  test("are one shop's", async () => {
    const { staff } = access();
    const [shop, other] = [await opened(), await opened()];
    await staff.add(shop, "1", "owner");
    expect(await staff.roleOf(other, "1")).toBeNull();
    expect(await staff.list(other)).toEqual([]);
  });
});

describe("access records", () => {
  test("are stored together, listed newest first, and only for shops that exist", async () => {
    const { seen } = access();
    const shop = await opened();
    seen.note(shop, "shopify-user 1", {
      kind: "event",
      subject: { kind: "event", eventName: "Purchase", eventId: "purchase.x.1" },
    });
    seen.note(scene.aShop(), "shopify-user 1", {
      kind: "event",
      subject: { kind: "event", eventName: "Purchase", eventId: "purchase.y.1" },
    });
    seen.note(shop, "operator", { kind: "export", subject: { kind: "consent" } });
    expect(await seen.list(shop, 10)).toMatchObject([
      { by: "operator", kind: "export", subject: "consent" },
      { by: "shopify-user 1", kind: "event", subject: "Purchase purchase.x.1" },
    ]);
    expect(await scene.database.prisma.accessRecord.count({ where: { subject: "Purchase purchase.y.1" } })).toBe(0);
  });

  test("that cannot be stored are logged and stored later; whoever noted them does not notice", async () => {
    const shop = await opened();
    const { prisma } = scene.database;
    let isAway = true;
    const flaky = new Proxy(prisma, {
      get: (client, name) =>
        isAway && name === "$executeRaw"
          ? () => Promise.reject(new Error("away"))
          : (Reflect.get(client, name, client) as unknown),
    });
    const logged: string[] = [];
    const noting = { ...log, error: (event: string) => void logged.push(event) };
    const seen = createAccessLog(flaky, { now: () => scene.clock, log: noting });

    seen.note(shop, "shopify-user 1", { kind: "events", subject: null });
    await seen.flush();
    expect(logged).toEqual(["access.not-recorded"]);
    isAway = false;
    expect(await seen.list(shop, 10)).toMatchObject([{ kind: "events" }]);
  });

  test("go after a year", async () => {
    const { seen } = access();
    const shop = await opened();
    seen.note(shop, "operator", { kind: "export", subject: { kind: "changes" } });
    await seen.flush();
    const dayOf = (days: number): Date => new Date(scene.clock.getTime() + days * DAY_MS);
    await deleteOldAccessRecords(scene.database.prisma, dayOf(ACCESS_KEPT_DAYS - 1));
    expect(await seen.list(shop, 10)).toHaveLength(1);
    await deleteOldAccessRecords(scene.database.prisma, dayOf(ACCESS_KEPT_DAYS + 1));
    expect(await seen.list(shop, 10)).toEqual([]);
  });
});

describe("changes", () => {
  test("of settings are the versions compared; one that only published pixels is none", async () => {
    const store = scene.store();
    const shop = await opened();
    await store.save(shop, { valueBasis: "total", refundEvent: true }, "shopify-user 1");
    await store.connect(shop, PIXEL);
    const changes = await access().changes(shop, 10);
    expect(changes).toMatchObject([
      {
        by: "shopify-user 1",
        subject: "settings, version 2",
        before: { valueBasis: "subtotal" },
        after: { valueBasis: "total", orders: { refundEvent: true } },
      },
      { by: "installation", subject: "settings, version 1", before: null, after: null },
    ]);
    expect(Object.keys(changes[0]?.after ?? {}).sort()).toEqual(["orders", "valueBasis"]);
  });

  test("of a pixel are each recorded, by whom, and without the token", async () => {
    const shop = await opened();
    const { changes, noteChange } = access();
    const edits = recordedEdits({ settings: scene.store(), noteChange }, "operator");
    const { id } = await edits.connect(shop, PIXEL);
    await edits.connect(shop, { ...PIXEL, token: "EAAB-another-token" });
    await edits.connect(shop, { ...PIXEL, token: null, testEventCode: "TEST1" });
    expect(await edits.removeTestCode(shop, id)).toBe(true);
    expect(await edits.removeTestCode(shop, id)).toBe(false);
    await edits.setState(shop, id, "paused", "for the test");
    await edits.setState(shop, id, "active", null);
    await edits.setFilter(shop, PIXEL.metaPixelId, { countries: ["DE"], channels: null, eventsOff: [] });
    await edits.disconnect(shop, PIXEL.metaPixelId);
    expect(await edits.disconnect(shop, PIXEL.metaPixelId)).toBe(false);

    const ofPixel = (await changes(shop, 50)).filter(({ subject }) => subject === `pixel ${PIXEL.metaPixelId}`);
    expect(ofPixel.map(({ action }) => action)).toEqual(
      [
        ...["connected", "token-replaced", "connected-again", "test-code-removed", "paused", "resumed", "limited"],
        "disconnected",
      ].toReversed(),
    );
    expect(ofPixel[1]).toMatchObject({ by: "operator", before: { countries: null }, after: { countries: ["DE"] } });
    expect(ofPixel[0]?.after).toBeNull();
    expect(JSON.stringify(ofPixel)).not.toContain("EAAB");
  });

  test("of roles say from what to what", async () => {
    const { setRole, changes, staff } = access();
    const shop = await opened();
    await staff.add(shop, "3", "marketer");
    await setRole(shop, { userId: "3", role: "read-only", by: "operator" });
    expect((await changes(shop, 10)).find(({ action }) => action === "role-set")).toMatchObject({
      by: "operator",
      subject: "staff 3",
      before: { role: "marketer" },
      after: { role: "read-only" },
    });
  });
});
