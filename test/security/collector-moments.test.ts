import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { anEventsPost } from "../fixtures/orders/events-post.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { recordedEvents } from "../support/recorded.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const LIMITS = {
  TRUST_PROXY: "1",
  TANDEM_COLLECT_PER_ADDRESS: "25",
  TANDEM_COLLECT_KB_PER_ADDRESS: "100",
};

let app: TestApp;
let shop: string;
let key: string;
let next = 1;
let hosts = 0;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", environment: LIMITS });
});
afterAll(() => app.close());
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
  key = (await app.opened.settings.profile(app.domain(shop)))?.ingestKey ?? "";
  await app.opened.settings.recordHosts(app.domain(shop), ["www.tea.example"]);
});

const anAddress = (): string => `198.51.100.${(hosts += 1)}`;
const aView = (changes: object = {}) => ({ name: "ViewContent", id: `view-${(next += 1)}`, ...changes });

async function post(events: readonly object[], changes: object = {}, ip = anAddress()) {
  const answer = await fetch(`${app.url}/collect/${key}`, {
    method: "POST",
    headers: { "content-type": "text/plain", "x-forwarded-for": ip },
    body: anEventsPost(shop, events, changes),
  });
  return { status: answer.status, wait_s: Number(answer.headers.get("retry-after") ?? 0) };
}
const stored = () => recordedEvents(app.opened.database, shop);
const refusals = async () => {
  await app.opened.refusals.flush();
  const rows = await app.opened.database.prisma.collectorRefusal.findMany({ where: { shop } });
  return Object.fromEntries(rows.map(({ reason, posts }) => [reason, Number(posts)]));
};

describe("a post of several events", () => {
  test("is one commit", async () => {
    expect(
      (
        await post([
          { name: "PageView", id: "p1" },
          { name: "ViewContent", id: "v1" },
        ])
      ).status,
    ).toBe(204);

    const rows = await app.opened.database.prisma.$queryRaw<{ commits: bigint; events: bigint }[]>`
      select count(distinct xmin::text) as commits, count(*) as events from storefront_event where shop = ${shop}`;
    expect(rows).toEqual([{ commits: 1n, events: 2n }]);
  });

  test("counts an event once that it holds twice, and one that came before", async () => {
    const view = aView();
    expect((await post([view, view, { ...view, data: { value: 9, currency: "USD" } }])).status).toBe(204);
    expect((await post([view, aView()])).status).toBe(204);

    const rows = await stored();
    expect(rows).toHaveLength(2);
    expect(rows[0]?.body).toMatchObject({ custom_data: { value: 25 } });
    expect(await refusals()).toEqual({});
  });

  test("loses none to one that is refused, and each refused one is counted by its reason", async () => {
    const answer = await post([
      { name: "Refund", id: "r1" },
      { name: "PageView", id: null },
      aView({ url: "https://evil.example/" }),
      aView({ id: "good" }),
    ]);

    expect(answer.status).toBe(204);
    expect((await stored()).map(({ eventId }) => eventId)).toEqual(["good"]);
    expect(await refusals()).toEqual({ "wrong-field": 1, "no-id": 1, "foreign-page": 1 });
  });

  test("of which none is accepted gets the first one's answer", async () => {
    expect((await post([aView({ at: "now" }), aView({ url: "https://evil.example/" })])).status).toBe(400);
    expect((await post([])).status).toBe(400);
    expect((await post(Array.from({ length: 100 }, () => aView()))).status).toBe(413);
    expect(await stored()).toEqual([]);
    expect(await refusals()).toEqual({ "wrong-field": 2, "foreign-page": 1, "too-long": 1 });
  });

  test("keeps each event's own consent: nothing of a refusing visitor's is stored with it", async () => {
    const refused = { marketing: false, saleOfData: false, at: 1 };
    expect((await post([aView({ id: "no", consent: refused }), aView({ id: "yes" })])).status).toBe(204);

    const rows = Object.fromEntries((await stored()).map((row) => [row.eventId, row]));
    expect(rows["no"]).toMatchObject({
      state: "withheld",
      reason: "consent-browser-declined",
      body: { user_data: {} },
    });
    expect(rows["no"]?.body).not.toHaveProperty("event_source_url");
    expect(rows["yes"]).toMatchObject({
      state: "queued",
      body: { user_data: { fbp: "fb.1.1790000000000.123456789" } },
    });
  });

  test("may hold a Purchase, which is a receipt there too and never an event", async () => {
    const answer = await post([aView({ id: "thanks" }), { name: "Purchase", id: null, checkoutToken: "t-77" }]);

    expect(answer.status).toBe(204);
    expect((await stored()).map(({ eventName }) => eventName)).toEqual(["ViewContent"]);
    expect(await app.opened.database.prisma.browserContext.count({ where: { shop, checkoutToken: "t-77" } })).toBe(1);
  });
});

describe("limits count each event of a post", () => {
  // They fill again by the second.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());
  const some = (count: number, changes: object = {}) => Array.from({ length: count }, () => aView(changes));

  test("by number", async () => {
    const ip = anAddress();
    for (const status of [204, 204]) expect((await post(some(10), {}, ip)).status).toBe(status);
    // There is room for five more.
    expect((await post(some(10), {}, ip)).status).toBe(204);
    const answer = await post(some(2), {}, ip);

    expect(answer.status).toBe(429);
    expect(answer.wait_s).toBeGreaterThan(0);
    expect((await stored()).length).toBeLessThan(28);
    expect((await refusals())["too-many"]).toBeGreaterThan(3);
  });

  test("by what is stored of them", async () => {
    const content_ids = Array.from({ length: 30 }, (_, n) => `${n}`.padEnd(200, "x"));
    const large = { data: { content_ids, value: 1, currency: "EUR" } };
    const ip = anAddress();
    for (let turn = 0; turn < 3; turn += 1) await post(some(7, large), {}, ip);

    const rows = await stored();
    expect(rows.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(JSON.stringify(rows.map(({ body }) => body)))).toBeLessThan(101_000);
    expect((await refusals())["too-much"]).toBe(21 - rows.length);
  });
});
