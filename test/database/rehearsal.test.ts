import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import { type RehearsedEvent, rehearseOrder } from "../../app/dry-run/rehearse-order.ts";
import { changesNothing, type Rehearsal } from "../../app/dry-run/rehearsal.ts";
import { rehearseSettings } from "../../app/dry-run/rehearse-settings.ts";
import { countUnrecorded, readRecordedOrders } from "../../app/outbox/order-facts.server.ts";
import { settingsWith } from "../../app/settings/setting-differences.ts";
import type { SettingsChange } from "../../app/settings/validate-settings.ts";
import { anySale } from "../fixtures/orders/any-sale.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { allOf, type Seller, sellersOf } from "../support/seller-scene.ts";
import { settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();
const { aSeller, profileOf, sold, anOrder } = sellersOf(scene);
const NOW = new Date("2026-11-23T10:00:00Z");
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const DAY_MS = 86_400_000;

const rehearse = (seller: Seller, change: SettingsChange): Promise<Rehearsal> =>
  rehearseSettings(seller.shop, (inForce) => settingsWith(inForce, change), {
    profile: () => profileOf(seller),
    consentPolicy: async () => null,
    recordedOrders: (page) => readRecordedOrders(scene.database.prisma, page),
    countUnrecorded: (of) => countUnrecorded(scene.database.prisma, of),
    now: () => scene.clock,
  });

type Stored = { readonly state: string; readonly reason: string | null; readonly value: number | null };

/** What the ledger has of an order's Purchase. */
async function storedOf({ shop }: Seller, orderId: string): Promise<Stored | undefined> {
  const rows = await scene.database.prisma.$queryRaw<Stored[]>`
    select state, reason, (body->'custom_data'->>'value')::float as value from event
    where shop = ${shop} and order_id = ${orderId} and event_name = 'Purchase'`;
  return rows[0];
}

async function foretoldOf(seller: Seller, orderId: string, change: SettingsChange = {}): Promise<RehearsedEvent> {
  const profile = await profileOf(seller);
  const { orders } = await readRecordedOrders(scene.database.prisma, allOf(seller.shop));
  const order = orders.find((one) => one.orderId === orderId);
  if (order === undefined) throw new Error("the order is not recorded");
  const proposed = { ...profile, settings: settingsWith(profile.settings, change) };
  const [purchase] = await rehearseOrder(order, { profile: proposed, policy: null });
  if (purchase === undefined) throw new Error("an order always has a Purchase");
  return purchase;
}

const STATES: Readonly<Record<string, string>> = { sent: "queued", waits: "waiting-for-payment" };
const asStored = ({ state, reason, value }: RehearsedEvent) => ({
  state: STATES[state] ?? state,
  reason,
  ...(state === "sent" && { value }),
});

beforeAll(() => void (scene.clock = NOW));

const anyChange: fc.Arbitrary<SettingsChange> = fc.record(
  {
    purchaseTrigger: fc.constantFrom("placed" as const, "paid" as const, "fulfilled" as const),
    valueBasis: fc.constantFrom("total" as const, "subtotal" as const, "subtotal_without_tax" as const),
    contentId: fc.constantFrom("variant_id" as const, "product_id" as const, "sku" as const),
    giftCards: fc.constantFrom("count" as const, "leave-out" as const),
    noAnswer: fc.constantFrom("as-policy" as const, "everywhere" as const, ["US"]),
    refundEvent: fc.boolean(),
    rules: fc.constantFrom(
      [],
      [{ action: "withhold" as const, match: "tag" as const, value: " Wholesale " }],
      [{ action: "withhold" as const, match: "channel" as const, value: "pos" }],
    ),
  },
  { requiredKeys: [] },
);

const anyOrder = fc.record({
  sale: anySale,
  source: fc.constantFrom("web", "pos", "shopify_draft_order"),
  status: fc.constantFrom("paid", "paid", "pending", "voided"),
  tags: fc.constantFrom("", "vip, wholesale", "WHOLESALE"),
  cancelled: fc.constantFrom(false, false, true),
});

describe("a rehearsal", () => {
  test("under the same settings reports no change, and foretells what saving and selling again gives", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyOrder,
        anyChange,
        anyChange,
        async ({ sale, source, status, tags, cancelled }, first, next) => {
          const body = anOrderWebhook(
            { ...sale, source, cancelled, financialStatus: status, placedAt: scene.clock.toISOString() },
            { tags },
          );
          const [seller, twin] = [await aSeller(first), await aSeller(first)];
          await sold(seller, body);

          expect(await rehearse(seller, {})).toMatchObject({ orders: 1, notKept: 0, changed: {}, reasons: [] });
          expect(await storedOf(seller, sale.orderId)).toMatchObject(asStored(await foretoldOf(seller, sale.orderId)));

          const foretold = await foretoldOf(seller, sale.orderId, next);
          await twin.settings.save(twin.shop, next, "shopify-user 1");
          await sold(twin, body);
          expect(await storedOf(twin, sale.orderId)).toMatchObject(asStored(foretold));
        },
      ),
      { numRuns: 25 },
    );
  });

  test("says what is sent no longer, what it is worth and why, with examples", async () => {
    const seller = await aSeller();
    await sold(seller, anOrder("1"));
    await sold(seller, anOrder("2", {}, { name: "#1002", tags: "vip, Wholesale" }));

    const rehearsal = await rehearse(seller, {
      valueBasis: "total",
      rules: [{ action: "withhold", match: "tag", value: "wholesale" }],
    });

    expect(rehearsal).toMatchObject({
      days: 7,
      orders: 2,
      cutAt: null,
      notKept: 0,
      sent: { before: 2, after: 1 },
      changed: { "no-longer-sent": 1, value: 1 },
      reasons: [{ reason: "tag-withheld", before: 0, after: 1 }],
      unrehearsed: [],
    });
    expect(changesNothing(rehearsal)).toBe(false);
    expect(rehearsal.examples.map(({ orderName, kind }) => [orderName, kind])).toEqual([
      ["#1002", "no-longer-sent"],
      ["#1001", "value"],
    ]);
    const [{ before = 0, after = 0 } = {}] = rehearsal.values;
    const paid = (await storedOf(seller, "1"))?.value ?? 0;
    expect(before).toBeCloseTo(2 * paid);
    expect(after).toBeGreaterThan(paid);
  });

  test("of an order that waited for its payment knows that it waited", async () => {
    const seller = await aSeller({ purchaseTrigger: "paid" });
    await sold(seller, anOrder("1", { financialStatus: "pending" }), "orders/create");
    expect(await foretoldOf(seller, "1", { purchaseTrigger: "placed" })).toMatchObject({ state: "sent" });
    scene.clock = later(DAY_MS);
    const paidLater = { placedAt: NOW.toISOString(), updatedAt: scene.clock.toISOString() };
    await sold(seller, anOrder("1", paidLater));

    expect(await storedOf(seller, "1")).toMatchObject(asStored(await foretoldOf(seller, "1")));
    expect(await rehearse(seller, { purchaseTrigger: "fulfilled" })).toMatchObject({ changed: { waits: 1 } });
    scene.clock = NOW;
  });

  test("counts the orders that it cannot know, and those settings that no order tells about", async () => {
    const seller = await aSeller();
    await sold(seller, anOrder("1"));
    await sold(seller, anOrder("2"));
    await scene.database.prisma.$executeRaw`delete from order_facts where shop = ${seller.shop} and order_id = '2'`;

    const rehearsal = await rehearse(seller, { contextWaitSeconds: 30, storefrontMode: "embed" });

    expect(rehearsal).toMatchObject({ orders: 1, notKept: 1 });
    expect(rehearsal.unrehearsed).toEqual([
      { limit: "storefront", settings: ["storefrontMode"] },
      { limit: "other", settings: ["contextWaitSeconds"] },
    ]);
    expect(changesNothing(rehearsal)).toBe(true);
    expect(await rehearse(await aSeller(), {})).toMatchObject({ orders: 0, notKept: 0 });
  });
});
