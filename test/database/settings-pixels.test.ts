import { describe, expect, test } from "vitest";

import { PIXEL, settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();

describe("a pixel's token", () => {
  test("is sealed in the database and never part of a profile", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const pixel = await store.connect(shop, PIXEL);

    const row = await scene.database.prisma.pixel.findUniqueOrThrow({ where: { id: pixel.id } });
    expect(row.sealedToken).toMatch(/^sealed:v1:k1:/);
    expect(JSON.stringify([row, pixel, await store.profile(shop)])).not.toContain(PIXEL.token);
    expect(await store.tokenOf(shop, pixel.id)).toBe(PIXEL.token);
  });

  test("cannot be read by another shop with its ID", async () => {
    const store = scene.store();
    const [mine, theirs] = [
      await store.ensureShop(scene.aShop(), "install"),
      await store.ensureShop(scene.aShop(), "install"),
    ];
    const pixel = await store.connect(theirs.shop, PIXEL);

    expect(await store.tokenOf(mine.shop, pixel.id)).toBeNull();
    expect(await store.setState(mine.shop, pixel.id, "paused", "not mine")).toBe(false);
    expect(await store.setState(theirs.shop, "1 or 1=1", "paused", "no ID at all")).toBe(false);
    expect(await store.disconnect(mine.shop, PIXEL.metaPixelId)).toBe(false);
    expect((await store.profile(theirs.shop))?.pixels).toMatchObject([{ state: "active", hasToken: true }]);
  });

  test("stays refused when the pixel is saved without one, and unblocks the pixel when it is replaced", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    await store.setState(shop, id, "blocked", "the token is dead");
    expect((await store.profile(shop))?.pixels).toMatchObject([{ state: "blocked", stateReason: "the token is dead" }]);

    expect(await store.connect(shop, { ...PIXEL, token: null, testEventCode: "TEST1" })).toEqual({
      id,
      shop,
      metaPixelId: PIXEL.metaPixelId,
      hasToken: true,
      testEventCode: "TEST1",
      state: "blocked",
      stateReason: "the token is dead",
      countries: null,
      channels: null,
      eventsOff: [],
    });
    expect(await store.tokenOf(shop, id)).toBe(PIXEL.token);
    expect(await store.connect(shop, { ...PIXEL, token: "EAAB-another" })).toMatchObject({ state: "active" });
    expect(await store.tokenOf(shop, id)).toBe("EAAB-another");
    await store.setState(shop, id, "paused", "paused in the settings");
    expect(await store.connect(shop, { ...PIXEL, token: null })).toMatchObject({ state: "active", stateReason: null });
  });

  test("and the test event code stays as well, until it is removed by itself", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const other = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, { ...PIXEL, testEventCode: "TEST1" });
    const code = async () => (await store.profile(shop))?.pixels[0]?.testEventCode;
    expect(await store.connect(shop, { ...PIXEL, token: null })).toMatchObject({ testEventCode: "TEST1" });
    await store.connect(shop, { ...PIXEL, token: "EAAB-another" });
    expect(await code()).toBe("TEST1");
    await store.connect(shop, { ...PIXEL, testEventCode: "TEST2" });
    expect(await code()).toBe("TEST2");
    expect(await store.removeTestCode(other.shop, id)).toBe(false);
    expect(await store.removeTestCode(shop, "no uuid")).toBe(false);
    expect(await code()).toBe("TEST2");
    expect(await store.removeTestCode(shop, id)).toBe(true);
    expect(await code()).toBeNull();
    expect(await store.removeTestCode(shop, id)).toBe(false);
    expect(await store.tokenOf(shop, id)).toBe(PIXEL.token);
  });

  test("blocks and unblocks its pixel only while it is the stored one", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    const state = async () => (await store.profile(shop))?.pixels[0]?.state;
    expect(await store.block(shop, id, { token: "EAAB-the-one-before", reason: "dead" })).toBe(false);
    expect(await state()).toBe("active");
    expect(await store.block(shop, id, { token: PIXEL.token, reason: "dead" })).toBe(true);
    expect(await store.block(shop, id, { token: PIXEL.token, reason: "dead" })).toBe(false);
    expect(await store.unblock(shop, id, "EAAB-the-one-before")).toBe(false);
    expect(await state()).toBe("blocked");
    expect(await store.unblock(shop, id, PIXEL.token)).toBe(true);
    expect(await state()).toBe("active");
  });

  test("counts as accepted after Meta's confirmation, until another one is stored", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    const acceptedAt = async () =>
      (await scene.database.prisma.pixel.findUniqueOrThrow({ where: { id } })).tokenAcceptedAt;
    await store.noteTokenAccepted(shop, id, "EAAB-the-one-before");
    expect(await acceptedAt()).toBeNull();
    await store.noteTokenAccepted(shop, id, PIXEL.token);
    expect(await acceptedAt()).toEqual(scene.clock);
    await store.connect(shop, { ...PIXEL, token: null, testEventCode: "TEST1" });
    expect(await acceptedAt()).toEqual(scene.clock);
    await store.connect(shop, { ...PIXEL, token: "EAAB-another" });
    expect(await acceptedAt()).toBeNull();
  });

  test("is checked anew by the worker's next round once it is replaced", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    const due = { activeMs: 86_400_000, blockedMs: 86_400_000, limit: 100, now: scene.clock };
    const taken = async () => (await store.takeUnchecked(due)).filter((pixel) => pixel.shop === shop).length;
    expect([await taken(), await taken()]).toEqual([1, 0]);
    await store.connect(shop, { ...PIXEL, token: null, testEventCode: "TEST1" });
    expect(await taken()).toBe(0);
    await store.connect(shop, { ...PIXEL, token: "EAAB-another" });
    expect(await taken()).toBe(1);

    // Of two checks at once the later one ends what pages show, and an answer spares the worker's.
    await store.connect(shop, PIXEL);
    const first = await store.startCheck(shop, id);
    await scene.database.prisma.pixel.update({ where: { id }, data: { checkingSince: new Date(scene.clock) } });
    if (first !== null) await store.endCheck(first, true);
    expect(await scene.database.prisma.pixel.findUniqueOrThrow({ where: { id } })).toMatchObject({
      checkingSince: scene.clock,
      checkedAt: null,
    });
    const second = await store.startCheck(shop, id);
    if (second !== null) await store.endCheck(second, true);
    expect(await scene.database.prisma.pixel.findUniqueOrThrow({ where: { id } })).toMatchObject({
      checkingSince: null,
      checkedAt: scene.clock,
    });
    expect(await store.startCheck(shop, "1 or 1=1")).toBeNull();
    const other = await store.ensureShop(scene.aShop(), "install");
    expect(await store.startCheck(other.shop, id)).toBeNull();
  });

  test("is checked once per interval, sooner while its pixel is blocked, and not after an uninstall", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    const start = scene.clock.getTime();
    const due = async (afterMs: number) => {
      const now = new Date(start + afterMs);
      const taken = await store.takeUnchecked({ activeMs: 1_000, blockedMs: 100, limit: 100, now });
      return taken.filter((pixel) => pixel.shop === shop);
    };
    expect(await due(0)).toEqual([{ shop, id, metaPixelId: PIXEL.metaPixelId, state: "active" }]);
    expect(await due(999)).toEqual([]);
    expect(await due(1_000)).toHaveLength(1);
    await store.setState(shop, id, "blocked", "dead");
    expect(await due(1_100)).toMatchObject([{ state: "blocked" }]);
    await store.markUninstalled(shop);
    expect(await due(9_000)).toEqual([]);
  });

  test("does not open in another pixel's row", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const first = await store.connect(shop, PIXEL);
    const second = await store.connect(shop, { ...PIXEL, metaPixelId: "22222222", token: "EAAB-second" });
    const { sealedToken } = await scene.database.prisma.pixel.findUniqueOrThrow({ where: { id: first.id } });
    await scene.database.prisma.pixel.update({ where: { id: second.id }, data: { sealedToken } });

    await expect(store.tokenOf(shop, second.id)).rejects.toThrow(/another purpose/);
  });
});

describe("the published settings", () => {
  test("are outdated whenever the list of served pixels changed, and only then", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const version = async () => (await store.profile(shop))?.settings.version;

    const { id } = await store.connect(shop, PIXEL);
    expect(await version()).toBe(2);
    await store.connect(shop, { ...PIXEL, token: "EAAB-another" });
    await store.setState(shop, id, "blocked", "the token is dead");
    expect(await version()).toBe(2);
    await store.setState(shop, id, "paused", "holiday");
    expect(await version()).toBe(3);
    await store.setState(shop, id, "active", null);
    expect(await version()).toBe(4);
    await store.setFilter(shop, PIXEL.metaPixelId, { countries: ["DE"], channels: null, eventsOff: [] });
    expect(await version()).toBe(5);
    await store.disconnect(shop, PIXEL.metaPixelId);
    expect(await version()).toBe(6);
  });

  test("are stored with the version that Shopify has", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    expect(await store.publishState(shop)).toEqual({ publishedVersion: 0, webPixelId: null, problem: null });

    await store.markPublishProblem(shop, "Shopify said no");
    expect(await store.publishState(shop)).toMatchObject({ problem: "Shopify said no" });
    await store.markPublished(shop, { version: 1, webPixelId: "gid://shopify/WebPixel/1", replaces: 0 });
    expect(await store.publishState(shop)).toEqual({
      publishedVersion: 1,
      webPixelId: "gid://shopify/WebPixel/1",
      problem: null,
    });
  });
});
