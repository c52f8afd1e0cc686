import { expect, test } from "vitest";

import { shopDomain, type ShopDomain } from "../../app/event-contract/event-id.ts";
import { publishOutdatedSettings } from "../../app/jobs/publish-settings.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";

const SHOPS = ["one", "two", "three"].flatMap((name) => shopDomain(`${name}.myshopify.com`) ?? []);

/** One round over these shops: which of them Shopify was told of, and what the store was asked. */
async function aRound(outcome: (shop: ShopDomain) => void = () => undefined) {
  const published: ShopDomain[] = [];
  const queries: unknown[] = [];
  await publishOutdatedSettings({
    settings: {
      takeShopsBehind: async (question) => {
        queries.push(question);
        return SHOPS;
      },
    },
    publish: async (shop) => {
      published.push(shop);
      outcome(shop);
      return { kind: "not-installed" };
    },
    now: () => new Date("2026-11-23T12:00:00Z"),
    log: createLogger({ level: "silent", name: "test" }),
  });
  return { published, queries };
}

test("a round publishes the settings of every shop that Shopify does not have yet", async () => {
  expect((await aRound()).published).toEqual(SHOPS);
});

test("a round continues with the next shop after an error", async () => {
  const { published } = await aRound((shop) => {
    if (shop === SHOPS[0]) throw new Error("a token that cannot be opened");
  });
  expect(published).toEqual(SHOPS);
});

test("a round skips settings saved in the last seconds, which the process that saved them publishes", async () => {
  const [now, savedBefore] = [new Date("2026-11-23T12:00:00Z"), new Date("2026-11-23T11:59:45Z")];
  expect((await aRound()).queries).toEqual([{ savedBefore, limit: 20, now }]);
});
