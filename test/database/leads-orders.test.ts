import { hash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { CART_ATTRIBUTES } from "../../app/event-contract/cart-attributes.ts";
import { readLead } from "../../app/leads/read-lead.server.ts";
import { sharedLeadsNamed } from "../../app/server/leads-port.server.ts";
import { funnelOf } from "../../app/settings/funnel.ts";
import { broughtIn } from "../../app/jobs/reconcile-orders.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aSale } from "../fixtures/orders/true-sale.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aForm, aLeadScene } from "../support/lead-scene.ts";
import { after, anId, GRANTED, NOON } from "../support/store-scenes.ts";

const HOUR = 3_600_000;
const sha256 = (text: string): string => hash("sha256", text, "hex");
const BUYER = aSale().buyer ?? expect.unreachable("the sale has a buyer");
const HASHES = {
  em: sha256(BUYER.email ?? ""),
  ph: sha256("16505551212"),
  external_id: sha256(BUYER.customerId ?? ""),
};

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("an order, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.close());

  type Form = { readonly id?: string; readonly hours?: number } & Pick<
    NonNullable<Parameters<typeof aForm>[0]>,
    "person" | "consent"
  >;

  /** Forms, an hour each before the order at two o'clock unless they say otherwise. */
  async function aSceneWith(...forms: readonly Form[]) {
    const scene = await aLeadScene(database);
    for (const { id = "lead-1", hours = 0, ...form } of forms) {
      const at = after(hours * HOUR);
      scene.at(at);
      await scene.submit(aForm({ id: anId(id), at: at.getTime(), sentAt: at.getTime(), ...form }));
    }
    scene.at(after(3 * HOUR));
    return scene;
  }
  const placedAt = after(2 * HOUR).toISOString();
  const won = async (scene: Awaited<ReturnType<typeof aSceneWith>>) =>
    (await scene.stages())
      .filter(({ source }) => source === "order")
      .map(({ leadId, namedBy, outcome }) => [leadId, namedBy, outcome]);

  test("orders that come together share the question for their leads, and each has its own shop's", async () => {
    const scenes = [await aSceneWith({ person: HASHES }), await aSceneWith({ person: HASHES }), await aSceneWith()];
    let statements = 0;
    const counted = new Proxy(database.prisma, {
      get: (prisma, name) => {
        if (name === "$queryRaw") statements += 1;
        return Reflect.get(prisma, name) as unknown;
      },
    });
    const find = sharedLeadsNamed(counted);
    const names = [
      { by: "phone", value: "f".repeat(64) },
      { by: "email", value: HASHES.em },
    ] as const;
    const found = await Promise.all(
      scenes.map(({ shop, profile }) => find(shop, { names, funnel: funnelOf(profile.settings) })),
    );
    const [first, second] = scenes.map(({ shop }) => shop);
    const leads = found.map((named) => named.map((states) => states.map(({ lead }) => [lead.shop, lead.leadId])));
    expect(leads).toEqual([
      [[], [[first, "lead-1"]]],
      [[], [[second, "lead-1"]]],
      [[], []],
    ]);
    // The first went at once; the others waited for its answer.
    expect(statements).toBe(2);
  });

  test.each([
    ["customer", { external_id: HASHES.external_id, em: "e".repeat(64) }],
    ["email", { em: HASHES.em, ph: HASHES.ph }],
    ["phone", { ph: HASHES.ph, em: "e".repeat(64) }],
  ] as const)("ends the lead of its buyer, found by %s, with its own amount", async (rule, person) => {
    const scene = await aSceneWith({ person });
    await scene.order({ placedAt });

    expect(await won(scene)).toEqual([["lead-1", rule, "accepted"]]);
    expect((await scene.stages()).at(-1)).toMatchObject({ stage: "won", orderId: aSale().orderId });
    // By the name that the merchant knows the order by.
    const lead = await readLead(database.prisma, scene.shop, { leadId: "lead-1", ends: new Set() });
    expect(lead?.reports.at(-1)).toMatchObject({ orderId: aSale().orderId, orderName: "#1001" });
    const stage = (await scene.events()).find(({ eventName }) => eventName === "LeadStage");
    expect(stage).toMatchObject({ state: "queued", orderId: aSale().orderId });
    expect(stage?.body).toMatchObject({
      event_name: "LeadWon",
      event_time: after(2 * HOUR).getTime() / 1000,
      action_source: "system_generated",
      // What the shop reports of the order: the items without their shipping.
      custom_data: { value: 25, currency: "USD" },
      original_event_data: { event_id: "lead-1" },
    });
  });

  const BY_EMAIL = { em: HASHES.em };
  test.each<readonly [string, readonly Form[], readonly unknown[]]>([
    [
      "the newest of several",
      [
        { id: "a", person: BY_EMAIL },
        { id: "b", hours: 1, person: BY_EMAIL },
      ],
      [["b", "email", "accepted"]],
    ],
    [
      "the customer's before the newest with their address",
      [
        { id: "a", person: { external_id: HASHES.external_id } },
        { id: "b", hours: 1, person: BY_EMAIL },
      ],
      [["a", "customer", "accepted"]],
    ],
    ["none that was sent after it", [{ hours: 2.5, person: BY_EMAIL }], []],
    ["none of another customer with the same address", [{ person: { ...BY_EMAIL, external_id: "f".repeat(64) } }], []],
    ["none of another person, and lists nothing", [{ person: { em: "e".repeat(64) } }], []],
    ["none that declined", [{ person: BY_EMAIL, consent: { ...GRANTED, marketing: false } }], []],
  ])("ends %s", async (_title, forms, answers) => {
    const scene = await aSceneWith(...forms);
    await scene.order({ placedAt });
    expect(await won(scene)).toEqual(answers);
  });

  test("ends one lead, however often Shopify sends it", async () => {
    const scene = await aSceneWith({ id: "a", person: BY_EMAIL }, { id: "b", hours: 1, person: BY_EMAIL });
    for (let n = 0; n < 3; n += 1) await scene.order({ placedAt });
    await Promise.all(Array.from({ length: 3 }, () => scene.order({ placedAt })));
    expect(await won(scene)).toEqual([["b", "email", "accepted"]]);

    await scene.order({ placedAt, orderId: "6198424240429" });
    expect(await won(scene)).toEqual([
      ["b", "email", "accepted"],
      ["a", "email", "accepted"],
    ]);
  });

  test("ends the lead where its webhook never came and the comparison with Shopify brings it in", async () => {
    const scene = await aSceneWith({ person: BY_EMAIL });
    await broughtIn(anOrderWebhook({ placedAt }), scene.shop, scene.orderDeps);
    expect(await won(scene)).toEqual([["lead-1", "email", "accepted"]]);
  });

  test("ends the lead with a later webhook where the app stopped in between", async () => {
    const scene = await aSceneWith({ person: BY_EMAIL });
    const { leadsNamed } = scene.deps;
    Object.assign(scene.deps, { leadsNamed: () => Promise.reject(new Error("the process ended")) });
    await expect(scene.order({ placedAt })).rejects.toThrow("the process ended");
    expect((await scene.events()).map(({ eventName }) => eventName)).toContain("Purchase");

    Object.assign(scene.deps, { leadsNamed });
    await scene.order({ placedAt });
    expect(await won(scene)).toEqual([["lead-1", "email", "accepted"]]);
  });

  test.each([
    ["a test order", { test: true }],
    ["one that is not paid yet", { financialStatus: "pending" }],
    ["one that was cancelled before it was paid", { cancelled: true, financialStatus: "voided" }],
  ])("ends nothing as %s", async (_title, changes) => {
    const scene = await aSceneWith({ person: BY_EMAIL });
    Object.assign(scene.profile.settings, { purchaseTrigger: "paid" });
    await scene.order({ placedAt, ...changes });
    expect(await won(scene)).toEqual([]);
  });

  test("whose lead is disqualified is listed, and sent as no stage", async () => {
    const scene = await aSceneWith({ person: BY_EMAIL });
    await scene.reach({ stage: "disqualified", happenedAt: after(HOUR) });
    await scene.order({ placedAt });
    expect(await won(scene)).toEqual([["lead-1", "email", "after-disqualified"]]);
  });

  test("of a week ago is listed as too old", async () => {
    const scene = await aSceneWith({ person: BY_EMAIL });
    scene.at(new Date(NOON.getTime() + 10 * 24 * HOUR));
    await scene.order({ placedAt });
    expect(await won(scene)).toEqual([["lead-1", "email", "too-old"]]);
  });

  test("whose buyer declined is no stage, and the lead keeps nothing of the person", async () => {
    const scene = await aSceneWith({ person: BY_EMAIL });
    const declined = JSON.stringify({ ...GRANTED, marketing: false });
    await scene.order({ placedAt, attributes: { [CART_ATTRIBUTES.consent]: declined } });
    expect(await won(scene)).toEqual([["lead-1", "email", "declined-consent"]]);
    expect(await scene.leads()).toMatchObject([{ userData: {} }]);
  });
});
