import { expect, test, vi } from "vitest";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { createPublisher } from "../../app/jobs/publisher.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createUnderWay } from "../../app/server/under-way.server.ts";
import { aProfile } from "./dashboard/samples.ts";

const [SHOP, OTHER] = ["one", "two"].flatMap((name) => shopDomain(`${name}.myshopify.com`) ?? []) as [
  ShopDomain,
  ShopDomain,
];

/** A shop's settings, and a Shopify that keeps each publication until it is let go. */
function aScene() {
  const state = { version: 1, publishedVersion: 0, problem: null as string | null };
  const held: { readonly shop: ShopDomain; readonly version: number; readonly end: (error?: Error) => void }[] = [];
  const underWay = createUnderWay();
  const publisher = createPublisher({
    publishSettings: (shop) => {
      const { version } = state;
      return new Promise<void>((resolve, reject) => {
        const end = (error?: Error): void => {
          if (error) return reject(error);
          state.publishedVersion = version;
          resolve();
        };
        held.push({ shop, version, end });
      });
    },
    settings: {
      profile: async () => ({ ...aProfile(), settings: { ...aProfile().settings, version: state.version } }),
      publishState: async () => ({ webPixelId: null, ...state }),
      forgetPublishProblem: async () => void (state.problem = null),
    },
    underWay: underWay.add,
    log: createLogger({ level: "silent", name: "test" }),
  });
  const save = async (shop = SHOP): Promise<void> => {
    state.version += 1;
    await publisher.begin(shop);
  };
  /** The publication with this number, once it has begun. */
  const begun = (number: number) =>
    vi.waitFor(() => {
      const one = held[number];
      if (one === undefined) throw new Error("not begun yet");
      return one;
    });
  return { state, held, underWay, publisher, save, begun };
}

const never = new Promise<never>(() => undefined);

test("a publication waits for the one before, and publishes everything saved meanwhile at once", async () => {
  const { held, save, begun, underWay, state } = aScene();
  await save();
  expect((await begun(0)).version).toBe(2);
  await save();
  await save();
  expect(held).toHaveLength(1);
  held[0]?.end();
  expect((await begun(1)).version).toBe(4);
  held[1]?.end();
  await underWay.finish(Promise.resolve(), 60_000);
  expect(held).toHaveLength(2);
  expect(state.publishedVersion).toBe(4);
});

test("another shop does not wait", async () => {
  const { save, begun } = aScene();
  await save(SHOP);
  await save(OTHER);
  expect((await begun(1)).shop).toBe(OTHER);
});

test("what Shopify has already is not published again, unless it may have forgotten it", async () => {
  const { held, save, begun, publisher } = aScene();
  await save();
  const again = publisher.publish(SHOP);
  (await begun(0)).end();
  await again;
  await publisher.publish(SHOP);
  expect(held).toHaveLength(1);
  const anew = publisher.publishAnew(SHOP);
  (await begun(1)).end();
  await anew;
});

test("a failure leaves the way to the next publication, and whoever waits for one learns of it", async () => {
  const { save, begun, publisher } = aScene();
  await save();
  const next = publisher.publish(SHOP);
  (await begun(0)).end(new Error("the database is down"));
  (await begun(1)).end(new Error("still down"));
  await expect(next).rejects.toThrow("still down");
  const third = publisher.publish(SHOP);
  (await begun(2)).end();
  await third;
});

test("a refusal of the settings before is forgotten when the next ones are on their way", async () => {
  const { state, save, begun } = aScene();
  await save();
  await begun(0);
  await save();
  state.problem = "Shopify refused.";
  (await begun(0)).end();
  await begun(1);
  expect(state.problem).toBeNull();
});

test("a stop waits for what is under way, and no longer than it may", async () => {
  const { save, begun, underWay } = aScene();
  await save();
  const first = await begun(0);
  let isOver = false;
  const over = underWay.finish(Promise.resolve(), 60_000).then(() => (isOver = true));
  await save();
  first.end();
  const second = await begun(1);
  expect(isOver).toBe(false);
  second.end();
  await over;

  await save();
  await begun(2);
  await underWay.finish(Promise.resolve(), 1);
  await underWay.finish(never, 1);
});
