import { describe, expect, test } from "vitest";

import { listVersions, readVersion } from "../../app/settings/list-versions.server.ts";
import { changeBackTo, settingsWith } from "../../app/settings/setting-differences.ts";
import { settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();

async function savedThrice() {
  const store = scene.store();
  const { shop } = await store.ensureShop(scene.aShop(), "installation");
  await store.save(shop, { valueBasis: "total", refundEvent: true }, "shopify-user 1");
  await store.save(shop, {}, "tandem: pixels changed");
  await store.save(shop, { valueBasis: "subtotal" }, "shopify-user 2");
  return { store, shop };
}

describe("the list of a shop's versions", () => {
  test("has author, time and difference of each, newest first, page by page", async () => {
    const { shop } = await savedThrice();
    const { prisma } = scene.database;

    const first = await listVersions(prisma, shop, { limit: 2 });

    expect(first).toEqual({
      versions: [
        {
          version: 4,
          savedAt: scene.clock,
          savedBy: "shopify-user 2",
          differences: [{ field: "valueBasis", before: "total", after: "subtotal" }],
        },
        { version: 3, savedAt: scene.clock, savedBy: "tandem: pixels changed", differences: [] },
      ],
      olderThan: 3,
    });
    const second = await listVersions(prisma, shop, { limit: 2, below: first.olderThan ?? 0 });
    expect(second.versions.map(({ version, differences }) => [version, differences?.length])).toEqual([
      [2, 2],
      [1, undefined],
    ]);
    expect(second.olderThan).toBeNull();
  });

  test("has nothing of another shop's", async () => {
    await savedThrice();
    const stranger = scene.aShop();
    const { prisma } = scene.database;
    expect(await listVersions(prisma, stranger, { limit: 9 })).toEqual({ versions: [], olderThan: null });
    expect(await readVersion(prisma, stranger, 1)).toBeNull();
  });

  test.each([0, -1, 5, 1.5, Number.NaN, 2 ** 31])("knows no version %s", async (version) => {
    const { shop } = await savedThrice();
    expect(await readVersion(scene.database.prisma, shop, version)).toBeNull();
  });
});

test("going back makes a new version that chooses what the earlier one did, and rewrites nothing", async () => {
  const { store, shop } = await savedThrice();
  const { prisma } = scene.database;
  const earlier = await readVersion(prisma, shop, 2);
  const inForce = (await store.profile(shop))?.settings;
  if (earlier === null || inForce === undefined) throw new Error("the shop has no version 2");
  const change = changeBackTo(earlier.settings, inForce);

  const saved = await store.saveSeen(shop, change, { savedBy: "shopify-user 3", seenVersion: 4 });

  expect(saved).toMatchObject({ version: 5, valueBasis: "total", orders: { refundEvent: true } });
  expect({ ...saved, version: 4 }).toEqual(settingsWith(inForce, change));
  expect((await listVersions(prisma, shop, { limit: 9 })).versions.map(({ version }) => version)).toEqual([
    5, 4, 3, 2, 1,
  ]);
});
