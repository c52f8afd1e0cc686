import { describe, expect, test } from "vitest";
import type { AdminAnswer, AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import { orderId, type OrderId, type ShopDomain } from "../../app/event-contract/event-id.ts";
import { askSaleOptOuts, readConsentPolicy, readDuePolicies } from "../../app/jobs/refresh-consent-policies.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createConsentPolicies } from "../../app/consent/consent-policy.server.ts";
import { consentRegions } from "../../app/shopify/admin/privacy-operations.server.ts";
import { settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();
const log = createLogger({ level: "silent", name: "test" });
const HOUR_MS = 3_600_000;

const policy = (
  countryCode: string | null,
  regionCode: string | null,
  consent: boolean | null,
  sale: boolean | null,
) => ({
  countryCode,
  regionCode,
  consentRequired: consent,
  dataSaleOptOutRequired: sale,
});
const answerWith = (...consentPolicy: ReturnType<typeof policy>[]): AdminAnswer => ({
  kind: "answered",
  data: { consentPolicy },
});
const REFUSED: AdminAnswer = { kind: "refused", status: 403, message: "Shopify forbids this request (403)." };

/** A shop with a session, so that Shopify may be asked about it. */
async function anInstalledShop(): Promise<ShopDomain> {
  const shop = scene.aShop();
  await scene.store().ensureShop(shop, "install");
  await scene.database.prisma.session.create({
    data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" },
  });
  return shop;
}

const deps = (answer: AdminAnswer | null, askedShops: ShopDomain[] = []) => ({
  admin: (shop: ShopDomain): Promise<AdminGraphql | null> => {
    askedShops.push(shop);
    return Promise.resolve(answer === null ? null : () => Promise.resolve(answer));
  },
  policies: createConsentPolicies(scene.database.prisma, () => scene.clock),
  log,
});

describe("the shop's privacy settings", () => {
  test("are stored by country and region, in any notation of the region", () => {
    const answer = {
      consentPolicy: [
        policy("US", null, false, true),
        policy("US", "US-CA", true, true),
        policy("CA", "QC", true, null),
        policy("DE", "", null, false),
        policy(null, null, true, true),
      ],
    };
    expect(consentRegions(answer)).toEqual({
      US: { consentRequired: false, saleOptOut: true },
      "US-CA": { consentRequired: true, saleOptOut: true },
      "CA-QC": { consentRequired: true, saleOptOut: null },
      DE: { consentRequired: null, saleOptOut: false },
    });
  });

  test("are unknown until they are read, and then known with their time", async () => {
    const shop = await anInstalledShop();
    const asking = deps(answerWith(policy("BR", null, true, false)));
    expect(await asking.policies.policyOf(shop)).toBeNull();
    expect(await readConsentPolicy(shop, asking)).toBe("read");
    expect(await asking.policies.policyOf(shop)).toEqual({
      readAt: scene.clock.getTime(),
      regions: { BR: { consentRequired: true, saleOptOut: false } },
    });
  });

  test("stay unchanged when Shopify does not return them", async () => {
    const shop = await anInstalledShop();
    await readConsentPolicy(shop, deps(answerWith(policy("BR", null, true, false))));
    expect(await readConsentPolicy(shop, deps(REFUSED))).toBe("unavailable");
    expect((await deps(REFUSED).policies.policyOf(shop))?.regions).toHaveProperty("BR");
    expect(await scene.database.prisma.consentPolicy.findUnique({ where: { shop } })).toMatchObject({
      problem: REFUSED.message,
    });
    expect(await readConsentPolicy(shop, deps(null))).toBe("not-installed");
  });

  test("are read again a day later, and an hour after a refusal", async () => {
    const start = scene.clock;
    const [fresh, refused] = [await anInstalledShop(), await anInstalledShop()];
    const never = scene.aShop();
    await scene.store().ensureShop(never, "without a session");
    await readConsentPolicy(fresh, deps(answerWith()));
    await readConsentPolicy(refused, deps(REFUSED));
    const shopsReadAfter = async (ms: number): Promise<readonly ShopDomain[]> => {
      scene.clock = new Date(start.getTime() + ms);
      const due = await deps(REFUSED).policies.due(1_000);
      return due.filter((shop) => [fresh, refused, never].includes(shop));
    };
    expect(await shopsReadAfter(HOUR_MS - 1)).toEqual([]);
    expect(await shopsReadAfter(HOUR_MS)).toEqual([refused]);
    expect((await shopsReadAfter(24 * HOUR_MS)).toSorted()).toEqual([fresh, refused].toSorted());
    scene.clock = start;
  });

  test("of one shop, unreadable or not, do not block the next shop", async () => {
    const shops = [await anInstalledShop(), await anInstalledShop()];
    const askedShops: ShopDomain[] = [];
    await readDuePolicies(deps({ kind: "answered", data: { consentPolicy: "?" } }, askedShops));
    expect(askedShops).toEqual(expect.arrayContaining(shops));
  });
});

describe("which customers opted out of the sale of their data", () => {
  const ids = (count: number): OrderId[] =>
    Array.from({ length: count }, (_, n) => orderId(String(n + 1)) ?? expect.unreachable("an order id"));
  const shop = scene.aShop();

  test("is queried by order, at most 250 at once", async () => {
    const sizes: number[] = [];
    const admin: AdminGraphql = (_operation, variables) => {
      const ids = variables?.["ids"] as string[]; // what this test's own call put there
      sizes.push(ids.length);
      const nodes = ids.map((id, n) => ({ id, customer: n % 2 === 0 ? { dataSaleOptOut: n % 4 === 0 } : null }));
      return Promise.resolve({ kind: "answered", data: { nodes } });
    };
    const answers = await askSaleOptOuts(shop, ids(260), { admin: () => Promise.resolve(admin), log });
    expect(sizes).toEqual([250, 10]);
    expect(ids(4).map((id) => answers.get(id))).toEqual([true, false, false, false]);
    expect(answers.size).toBe(260);
  });

  test("is unknown if Shopify does not say, or no longer has the order", async () => {
    const [one, two] = ids(2);
    const answering = (answer: AdminAnswer) =>
      askSaleOptOuts(shop, ids(2), { admin: () => Promise.resolve(() => Promise.resolve(answer)), log });
    expect((await answering(REFUSED)).size).toBe(0);
    const known = await answering({
      kind: "answered",
      data: { nodes: [{ id: "gid://shopify/Order/1", customer: { dataSaleOptOut: true } }, null] },
    });
    expect([one, two].map((id) => id && known.get(id))).toEqual([true, undefined]);
    expect((await askSaleOptOuts(shop, ids(2), { admin: () => Promise.resolve(null), log })).size).toBe(0);
  });
});
