import { describe, expect, test } from "vitest";

import { readRecordedOrders } from "../../app/outbox/order-facts.server.ts";
import { deleteExpired } from "../../app/privacy/delete-expired.server.ts";
import { allOf, sellersOf } from "../support/seller-scene.ts";
import { settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();
const { aSeller, sold, anOrder } = sellersOf(scene);
const later = (ms: number): Date => new Date(scene.clock.getTime() + ms);
const DAY_MS = 86_400_000;

describe("what is kept of an order for a rehearsal", () => {
  test("names nobody, and neither address nor tag", async () => {
    const seller = await aSeller();
    await sold(seller, anOrder("1", {}, { tags: "for-ada" }));
    const [row] = await scene.database.prisma.$queryRaw<{ facts: string }[]>`
      select facts::text from order_facts where shop = ${seller.shop}`;
    const payload = anOrder("1");
    for (const personal of ["for-ada", "@", "customer_id", ...namesIn(payload)]) {
      expect(row?.facts).not.toContain(personal);
    }
  });

  test("goes after eight days", async () => {
    const seller = await aSeller();
    await sold(seller, anOrder("1"));
    const { prisma } = scene.database;
    await deleteExpired(prisma, later(7.9 * DAY_MS));
    expect((await readRecordedOrders(prisma, allOf(seller.shop))).orders).toHaveLength(1);
    await deleteExpired(prisma, later(8.1 * DAY_MS));
    expect((await readRecordedOrders(prisma, allOf(seller.shop))).orders).toEqual([]);
  });
});

/** The buyer's own words in a webhook. */
const namesIn = (payload: string): readonly string[] =>
  [
    ...payload.matchAll(/"(?:email|phone|first_name|last_name|city|zip|address1|browser_ip|user_agent)":"([^"]{4,})"/g),
  ].map(([, text = ""]) => text);
