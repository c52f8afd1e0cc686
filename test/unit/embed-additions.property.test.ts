import fc from "fast-check";
import { expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aShopCart } from "../fixtures/browser/shop-cart.ts";
import { aStorefrontPage } from "../fixtures/browser/storefront-page.ts";

const OAK = "44001";
const settings = publishedSettings({ storefrontMode: "lite" });
const page = { currency: "EUR", selected: OAK, products: [["8801", "Oak bowl", "Bowls", [[OAK, "OAK-1", 2550]]]] };

/** One addition of a variant: how it shows, and when, among the others, each of its steps happens. */
type Plan = {
  readonly shows: "event" | "request" | "both";
  readonly quantity: number;
  readonly isRefused: boolean;
  readonly eventFirst: boolean;
  readonly startsAt: number;
  readonly eventSettlesAt: number;
  readonly requestSettlesAt: number;
};
const moment = fc.nat(1000);
const aPlan: fc.Arbitrary<Plan> = fc.record({
  shows: fc.constantFrom("event", "request", "both"),
  quantity: fc.integer({ min: 1, max: 2 }),
  isRefused: fc.boolean(),
  eventFirst: fc.boolean(),
  startsAt: moment,
  eventSettlesAt: moment,
  requestSettlesAt: moment,
});

async function additionsReported(plans: readonly Plan[]): Promise<readonly number[]> {
  const shop = aShopCart();
  const answers: ((answer: object) => void)[] = [];
  const visit = await aStorefrontPage({
    settings,
    page,
    cart: [],
    privacy: { marketing: true, saleOfData: true },
    answer: (url) => (url.includes("/cart/add") ? new Promise((answer) => answers.push(answer)) : undefined),
  });
  const steps = plans.flatMap((plan) => {
    const { shows, quantity, isRefused, eventFirst, startsAt } = plan;
    const body = JSON.stringify({ id: OAK, quantity });
    let settleEvent: (result: object) => void = () => undefined;
    let settleRequest: (answer: object) => void = () => undefined;
    const sendEvent = (): void => {
      // Only Shopify's own handler of `updateCart` adds without a request that a page can see.
      const context = shows === "event" ? "standard-action" : "product";
      const promise = new Promise((done) => (settleEvent = done));
      const lines = [{ merchandiseId: `gid://shopify/ProductVariant/${OAK}`, quantity }];
      void visit.happens("shopify:cart:lines-update", { action: "add", context, lines, promise });
    };
    const request = (): void => {
      void visit.themeFetches("/cart/add.js", body);
      settleRequest = answers.at(-1) ?? settleRequest;
    };
    const ways = [...(shows === "request" ? [] : [sendEvent]), ...(shows === "event" ? [] : [request])];
    const start = (): void => (eventFirst ? ways : ways.reverse()).forEach((way) => way());
    const result = { cart: {}, detail: { didError: isRefused } };
    const answer = (): object =>
      isRefused ? { ok: false, url: "/cart/add.js" } : (shop.answer("/cart/add.js", body) ?? {});
    return [
      { at: startsAt, step: start },
      { at: Math.max(startsAt, plan.eventSettlesAt) + 0.5, step: () => settleEvent(result) },
      { at: Math.max(startsAt, plan.requestSettlesAt) + 0.5, step: () => settleRequest(answer()) },
    ];
  });
  for (const { step } of steps.sort((a, b) => a.at - b.at)) {
    step();
    await visit.settles();
  }
  return visit.posts().flatMap(({ name, data }) => (name === "AddToCart" ? [data.num_items ?? 0] : []));
}

test("each addition of a variant is one AddToCart, however it is observed and in whatever order its sightings settle", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aPlan, { maxLength: 5 }), async (plans) => {
      const reported = await additionsReported(plans);

      const wanted = plans.filter(({ isRefused }) => !isRefused).map(({ quantity }) => quantity);
      expect([...reported].sort()).toEqual(wanted.sort());
    }),
    { numRuns: 200 },
  );
}, 60_000);
