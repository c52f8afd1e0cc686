import { describe, expect, test } from "vitest";
import { type PostEvent, postMoments } from "../../app/browser/post-moments.ts";
import type { EventId } from "../../app/event-contract/event-id.ts";
import { parseEventsPost } from "../../app/event-contract/parse-collector-post.ts";
import { MOST_EVENTS } from "../../app/event-contract/wire.ts";
import { aVariant, customerEvent, PAGE, publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aPixelWorker, COLLECTOR, type WorkerOptions } from "../fixtures/browser/pixel-worker.ts";
import { aStorefrontPage } from "../fixtures/browser/storefront-page.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";

const {
  name: _name,
  id: _id,
  at,
  leg,
  data,
  sentAt: _sentAt,
  checkoutToken: _c,
  orderId: _o,
  ...SHARED
} = aCollectorPost();
type Body = { readonly url?: string; readonly events?: readonly { readonly id: string }[]; readonly id?: string };

/** The bodies that leave, in order with what happens afterwards. */
function aSender() {
  const left: (Body | string)[] = [];
  const post = postMoments(
    "https://tandem.example.com/collect/k1",
    async (_url, { body }) => left.push(JSON.parse(body ?? "") as Body),
    () => 1,
  );
  const report = (id: string, shared: Parameters<PostEvent>[0] = SHARED, more: object = {}): void =>
    post(shared, { name: "PageView", id: id as EventId, at, leg, data, ...more, afterwards: () => left.push(id) });
  const idsOf = (one: Body | string | undefined) =>
    typeof one === "object" ? (one.events?.map(({ id }) => id) ?? [one.id]) : one;
  return { left, report, posts: () => left.map(idsOf) };
}

describe("events of one task", () => {
  test("leave in one post with what they share once, before whatever follows them", async () => {
    const { left, report, posts } = aSender();
    report("a");
    report("b");
    expect(left).toEqual([]);
    await Promise.resolve();

    expect(posts()).toEqual([["a", "b"], "a", "b"]);
    expect(JSON.stringify(left[0]).split(String(SHARED.userAgent))).toHaveLength(2);
    expect(parseEventsPost(JSON.stringify(left[0])).map(({ ok }) => ok)).toEqual([true, true]);
  });

  test("leave apart where what they share differs, or where they are too many for one post", async () => {
    const { report, posts } = aSender();
    const many = Array.from({ length: MOST_EVENTS + 1 }, (_, n) => `many-${String(n)}`);
    report("a");
    report("b", { ...SHARED, url: "https://tea.example.com/other" });
    report("c", { ...SHARED, consent: { ...SHARED.consent, saleOfData: false } });
    for (const id of many) report(id);
    await Promise.resolve();

    expect(posts().filter(Array.isArray)).toEqual([["a"], ["b"], ["c"], many.slice(0, -1), many.slice(-1)]);
  });

  test("do not wait for those of the next task, and one alone is posted as before", async () => {
    const { left, report, posts } = aSender();
    report("a");
    await new Promise((resolve) => setImmediate(resolve));
    report("b");
    await new Promise((resolve) => setImmediate(resolve));

    expect(posts()).toEqual([["a"], "a", ["b"], "b"]);
    expect(left[0]).toEqual({ ...SHARED, name: "PageView", id: "a", at, sentAt: 1, leg, data });
  });

  test("too long to leave the page go without their lists of items, and lose nothing else", async () => {
    const content_ids = Array.from({ length: 300 }, (_, n) => `an-item-with-a-long-name-${String(n)}`.padEnd(100, "x"));
    const { left, report } = aSender();
    report("a");
    report("b", SHARED, { data: { value: 12.5, currency: "USD", content_ids, contents: [], num_items: 300 } });
    await Promise.resolve();

    const [, long] = parseEventsPost(JSON.stringify(left[0]));
    expect(long).toMatchObject({ ok: true, post: { data: { value: 12.5, num_items: 300, content_ids: [] } } });
  });

  test("are all tried, whatever becomes of the others", async () => {
    const done: string[] = [];
    const post = postMoments(
      "https://tandem.example.com/collect/k1",
      () => {
        throw new Error("blocked");
      },
      () => 1,
    );
    const event = { name: "PageView", at, leg, data } as const;
    const afterwards = (id: string) => () => {
      done.push(id);
      throw new Error("odd");
    };
    for (const id of ["a", "b"]) post(SHARED, { ...event, id: id as EventId, afterwards: afterwards(id) });
    await new Promise((resolve) => setImmediate(resolve));

    expect(done).toEqual(["a", "b"]);
  });
});

describe("a product page", () => {
  const product = {
    currency: "EUR",
    selected: "44001",
    products: [["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]]],
  };

  test.each(["embed", "lite"] as const)("is one post of the embed in mode %s", async (storefrontMode) => {
    const page = await aStorefrontPage({
      settings: publishedSettings({ storefrontMode }),
      privacy: { marketing: true, saleOfData: true },
      page: product,
    });
    expect(page.requests.filter(({ url }) => url === COLLECTOR)).toHaveLength(1);
    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
    expect(page.requests[0]?.url).toBe(COLLECTOR);
  });

  const aPixel = (options: Partial<WorkerOptions> = {}) => aPixelWorker({ settings: publishedSettings(), ...options });

  test("is one post of the web pixel, whose first events wait for the cookies", async () => {
    const pixel = await aPixel();
    const views = [
      pixel.publish("page_viewed", customerEvent({}, PAGE)),
      pixel.publish("product_viewed", customerEvent({ productVariant: aVariant }, PAGE)),
    ];
    await Promise.all(views);

    expect(pixel.requests.filter(({ url }) => url === COLLECTOR)).toHaveLength(1);
    expect(pixel.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
    expect(pixel.hits()).toHaveLength(2);
    expect(pixel.requests[0]?.url).toBe(COLLECTOR);
  });

  test("and another page's event are two posts of the web pixel", async () => {
    const pixel = await aPixel();
    await Promise.all([
      pixel.publish("page_viewed", customerEvent({}, PAGE)),
      pixel.publish("page_viewed", customerEvent({}, "https://oak-and-ash.com/cart")),
    ]);

    expect(pixel.posts().map(({ url }) => url)).toEqual([
      "https://oak-and-ash.com/products/oak-bowl?utm_source=ig",
      "https://oak-and-ash.com/cart",
    ]);
    expect(pixel.requests.filter(({ url }) => url === COLLECTOR)).toHaveLength(2);
  });
});
