import { describe, expect, test } from "vitest";

import type { SentName } from "../../app/event-contract/event-name.ts";
import { settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();

describe("a save from a form that was filled in from an older version", () => {
  const twoTabs = async () => {
    const store = scene.store();
    const { shop, settings } = await store.ensureShop(scene.aShop(), "install");
    await store.save(shop, { valueBasis: "total", contextWaitSeconds: 30 }, "shopify-user 1");
    return { store, shop, seen: { savedBy: "shopify-user 2", seenVersion: settings.version } };
  };

  test("is refused with both choices if it would undo what somebody else saved meanwhile", async () => {
    const { store, shop, seen } = await twoTabs();

    const answer = await store.saveSeen(
      shop,
      { valueBasis: "subtotal", contentId: "sku", contextWaitSeconds: 30 },
      seen,
    );

    expect(answer).toEqual({
      kind: "superseded",
      version: 2,
      savedBy: "shopify-user 1",
      savedAt: scene.clock,
      clashes: [{ field: "valueBasis", theirs: "total", mine: "subtotal" }],
    });
    expect((await store.profile(shop))?.settings).toMatchObject({ version: 2, valueBasis: "total" });
  });

  test("is saved once its author has seen the newest version", async () => {
    const { store, shop, seen } = await twoTabs();
    const saved = await store.saveSeen(shop, { valueBasis: "subtotal" }, { ...seen, seenVersion: 2 });
    expect(saved).toMatchObject({ version: 3, valueBasis: "subtotal", contextWaitSeconds: 30 });
  });

  test("is saved if it touches nothing that changed meanwhile", async () => {
    const { store, shop, seen } = await twoTabs();
    const saved = await store.saveSeen(shop, { giftCards: "leave-out", refundEvent: true }, seen);
    expect(saved).toMatchObject({ version: 3, valueBasis: "total", giftCards: "leave-out" });
  });

  test("sees each choice about orders and each event's name as one of its own", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const named = (as: string) => ({
      primary: "Purchase" as const,
      rules: { AddToCart: { as: as as SentName, legs: "both" as const, formerly: [] } },
    });
    await store.save(shop, { refundEvent: true, mapping: named("Basket") }, "shopify-user 1");

    const answer = await store.saveSeen(
      shop,
      { refundEvent: false, upsellEvent: true, mapping: named("Cart") },
      { savedBy: "shopify-user 2", seenVersion: 1 },
    );

    expect(answer).toMatchObject({
      clashes: [
        { field: "refundEvent", theirs: "true", mine: "false" },
        { field: "mapping.rules.AddToCart.as", theirs: "Basket", mine: "Cart" },
      ],
    });
  });

  test("ten at once from the same version: one is saved, and the others are refused", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    const saves = Array.from({ length: 10 }, (_, index) =>
      store.saveSeen(shop, { contextWaitSeconds: 100 + index }, { savedBy: `shopify-user ${index}`, seenVersion: 1 }),
    );
    expect((await Promise.all(saves)).filter((answer) => !("kind" in answer))).toHaveLength(1);
  });
});
