import { request as undiciRequest } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { aPurchase, PIXEL, sha256, TOKEN } from "./meta-events.ts";

let meta: MetaSimulator;
let clock: Date;

beforeAll(async () => {
  meta = await startMetaSimulator({ now: () => clock });
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  meta.addDataset({ metaPixelId: "222", token: "EAAother" });
  clock = new Date();
});
afterEach(() => {
  meta.reset();
  clock = new Date();
});
afterAll(() => meta.close());

type Answer = {
  status: number;
  body: {
    events_received?: number;
    error?: { code: number; error_subcode?: number; message: string; error_data?: unknown };
  };
};

async function graph(
  body: unknown,
  options: { token?: string; path?: string; method?: "GET" | "POST" } = {},
): Promise<Answer> {
  const { token = TOKEN, path = `/v27.0/${PIXEL}/events`, method = "POST" } = options;
  const answer = await undiciRequest(`${meta.httpUrl}${path}`, {
    method,
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    ...(method === "POST" && { body: JSON.stringify(body) }),
  });
  // The shape that the assertions below look at.
  return { status: answer.statusCode, body: (await answer.body.json()) as Answer["body"] };
}

const codesOf = ({ body }: Answer): unknown[] => [body.error?.code, body.error?.error_subcode];

const hit = (parameters: Record<string, string>): string =>
  `${meta.httpUrl}/tr/?${new URLSearchParams(parameters).toString()}`;
const get = async (url: string): Promise<Response> => fetch(url, { redirect: "error" });

describe("Graph", () => {
  const now_s = Math.floor(Date.now() / 1_000);
  const purchase = aPurchase().custom_data;
  const wrong: [string, Record<string, unknown>, number | undefined][] = [
    ["older than 7 days", { event_time: now_s - 7 * 86_400 - 60 }, 2804003],
    ["older than 62 days in a shop", { action_source: "physical_store", event_time: now_s - 63 * 86_400 }, 2804003],
    ["in the future", { event_time: now_s + 3_600 }, 2804004],
    ["an item without id", { custom_data: { ...purchase, contents: [{ quantity: 1 }] } }, 2804008],
    ["a Purchase without value", { custom_data: {} }, 2804009],
    ["a value without currency", { custom_data: { value: 1 } }, 2804023],
    ["nobody in particular", { user_data: { client_user_agent: "Mozilla/5.0", country: [sha256("de")] } }, 2804050],
    ["an address in clear", { user_data: { em: ["jane@example.com"] } }, undefined],
    ["a hash in capitals", { user_data: { ph: [sha256("4915112345678").toUpperCase()] } }, undefined],
    ["the hash of nothing", { user_data: { em: [sha256("")] } }, undefined],
    ["an fbp in seconds", { user_data: { fbp: "fb.1.1700000000.123" } }, undefined],
    ["a field that Meta has not", { eventName: "Purchase" }, undefined],
    ["a field of user_data that Meta has not", { user_data: { em: [sha256("a")], email: "a" } }, undefined],
    ["no address of the page", { event_source_url: undefined }, undefined],
    ["time in milliseconds", { event_time: Date.now() + 0.5 }, undefined],
    ["a country without a state", { data_processing_options: ["LDU"], data_processing_options_country: 1 }, undefined],
  ];
  test.each(wrong)("refuses the whole batch for one event with %s", async (_, change, subcode) => {
    const answer = await graph({ data: [aPurchase(), { ...aPurchase(), ...change }] });
    expect([answer.status, ...codesOf(answer)]).toEqual([400, 100, subcode]);
    expect(meta.received()).toEqual([]);
  });

  test("names an unknown field", async () => {
    const answer = await graph({ data: [{ ...aPurchase(), consent: true }] });
    expect(answer.body.error?.message).toContain("consent");
    expect(answer.body.error?.error_data).toEqual({ blame_field_specs: [["consent"]] });
  });

  test("accepts 1,000 events and refuses 1,001 and none", async () => {
    const many = (count: number) => ({ data: Array.from({ length: count }, () => aPurchase()) });
    expect((await graph(many(1_001))).status).toBe(400);
    expect((await graph(many(0))).status).toBe(400);
    expect((await graph(many(1_000))).body.events_received).toBe(1_000);
  });

  test("accepts a 61-day-old in-store sale, and custom properties", async () => {
    const event = { ...aPurchase(), action_source: "physical_store", event_time: now_s - 61 * 86_400 };
    expect((await graph({ data: [{ ...event, custom_data: { ...purchase, loyalty: "gold" } }] })).status).toBe(200);
  });

  test("requires a token of the dataset", async () => {
    const body = { data: [aPurchase()] };
    expect(codesOf(await graph(body, { token: "EAAunknown" }))).toEqual([190, undefined]);
    expect(codesOf(await graph(body, { token: "" }))).toEqual([190, undefined]);
    expect(codesOf(await graph(body, { token: "EAAother" }))).toEqual([100, 33]);
    expect(codesOf(await graph(body, { path: "/v27.0/999/events" }))).toEqual([100, 33]);
    expect((await graph({ ...body, access_token: TOKEN }, { token: "" })).status).toBe(200);
  });

  test("answers one request with each fault, also where several are the same", async () => {
    const fault = { kind: "http500" } as const;
    meta.faults.next(fault, fault);
    const send = async (): Promise<number> => (await graph({ data: [aPurchase()] })).status;
    expect([await send(), await send(), await send()]).toEqual([500, 500, 200]);
  });

  test("knows its versions and accepts POST only", async () => {
    const body = { data: [aPurchase()] };
    clock = new Date("2026-11-23T00:00:00Z");
    expect(codesOf(await graph(body, { path: `/v20.0/${PIXEL}/events` }))).toEqual([2635, undefined]);
    expect(codesOf(await graph(body, { path: `/v99.0/${PIXEL}/events` }))).toEqual([2500, undefined]);
    expect(codesOf(await graph(null, { method: "GET" }))).toEqual([100, 33]);
  });
});

describe("/tr", () => {
  const browserPurchase = {
    id: PIXEL,
    ev: "Purchase",
    eid: "purchase.example.1001",
    "cd[value]": "24.60",
    "cd[currency]": "EUR",
    "cd[content_ids]": '["41"]',
    "cd[content_type]": "product",
    "cd[contents]": '[{"id":"41","quantity":2,"item_price":12.3}]',
    "cd[num_items]": "2",
    "cd[order_id]": "1001",
    dl: "https://example.myshopify.com/",
    fbp: "fb.1.1700000000000.123",
  };

  test("answers with an image, without CORS headers, and refuses preflights", async () => {
    const answer = await get(hit(browserPurchase));
    expect([
      answer.status,
      answer.headers.get("content-type"),
      answer.headers.get("access-control-allow-origin"),
    ]).toEqual([200, "image/gif", null]);
    const preflight = await fetch(`${meta.httpUrl}/tr/`, { method: "OPTIONS" });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([405, null]);
  });

  test.each(["browser", "server"])("merges both legs of one event when the %s comes first", async (first) => {
    const legs = [() => get(hit(browserPurchase)), () => graph({ data: [aPurchase()] })];
    for (const send of first === "browser" ? legs : legs.toReversed()) await send();
    expect(meta.received()).toMatchObject([
      {
        eventName: "Purchase",
        legs: ["browser", "server"],
        merged: true,
        value: 24.6,
        currency: "EUR",
        differences: [],
        serverCopies: 1,
      },
    ]);
  });

  const multipart = new FormData();
  for (const [name, value] of Object.entries(browserPurchase)) multipart.append(name, value);

  test.each([
    ["a form", new URLSearchParams(browserPurchase)],
    ["a beacon, which is multipart", multipart],
  ])("reads %s as it reads a query", async (_what, body) => {
    await fetch(`${meta.httpUrl}/tr/`, { method: "POST", body });
    expect(meta.received()[0]?.browser).toMatchObject({
      transport: "POST",
      fbp: "fb.1.1700000000000.123",
      customData: { value: 24.6, contents: [{ id: "41", quantity: 2, item_price: 12.3 }] },
    });
  });

  const distinct: [string, Record<string, string>][] = [
    ["name", { ev: "purchase" }],
    ["id", { eid: "purchase.example.1002" }],
    ["pixel", { id: "222" }],
  ];
  test.each(distinct)("does not merge legs whose %s differs", async (_, change) => {
    await get(hit({ ...browserPurchase, ...change }));
    await graph({ data: [aPurchase()] });
    expect(meta.received().map((event) => event.merged)).toEqual([false, false]);
  });

  test("does not merge events without an id, nor legs 48 hours apart", async () => {
    const { eid: _eid, ...nameless } = browserPurchase;
    await get(hit(nameless));
    await get(hit(nameless));
    await get(hit(browserPurchase));
    clock = new Date(clock.getTime() + 48 * 3_600_000 + 1_000);
    await graph({ data: [aPurchase()] });
    expect(meta.received().map((event) => event.legs)).toEqual([["browser"], ["browser"], ["browser"], ["server"]]);
  });

  test("says which values differ between the legs, and counts server copies", async () => {
    await get(hit({ ...browserPurchase, "cd[value]": "20", "cd[currency]": "USD" }));
    await graph({ data: [aPurchase()] });
    await graph({ data: [aPurchase()] });
    expect(meta.received()).toMatchObject([{ merged: true, differences: ["value", "currency"], serverCopies: 2 }]);
  });

  test("separates hits without a pixel or an event", async () => {
    await get(hit({ ev: "PageView" }));
    await get(hit({ id: PIXEL }));
    expect(meta.malformed().map(({ problem }) => problem)).toEqual(["no pixel id", "no event name"]);
    expect(meta.received()).toEqual([]);
  });

  test("an event ID in the wrong place is a property and not an ID", async () => {
    await get(hit({ id: PIXEL, ev: "PageView", "cd[eventID]": "e1" }));
    expect(meta.received()).toMatchObject([{ eventId: null, browser: { customData: { eventID: "e1" } } }]);
  });
});

test("the page shows each event's legs and escapes what was sent", async () => {
  await get(hit({ id: PIXEL, ev: "<script>alert(1)</script>", eid: "e1" }));
  await graph({ data: [aPurchase()] });
  const page = await (await get(`${meta.httpUrl}/`)).text();
  expect(page).toContain("Events Manager");
  expect(page).toContain("purchase.example.1001");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toContain("<script>alert");
});

test("another process can set it up and read what it received", async () => {
  const post = (path: string, body: unknown) =>
    fetch(`${meta.httpUrl}${path}`, { method: "POST", body: JSON.stringify(body) });
  await post("/simulator/datasets", { metaPixelId: "333", token: "EAAthird" });
  await post("/simulator/faults", { next: [{ kind: "token-expired" }] });
  const send = () => graph({ data: [aPurchase()] }, { token: "EAAthird", path: "/v27.0/333/events" });
  expect(codesOf(await send())).toEqual([190, 463]);
  expect((await send()).status).toBe(200);
  expect(await (await get(`${meta.httpUrl}/simulator/events`)).json()).toMatchObject([
    { metaPixelId: "333", legs: ["server"] },
  ]);
  await post("/simulator/reset", {});
  expect(meta.received()).toEqual([]);
});

test("the browser's scripts are served, and report a blocked pixel", async () => {
  const script = await get(`${meta.httpUrl}/en_US/fbevents.js`);
  expect([script.status, script.headers.get("content-type")]).toEqual([200, "application/x-javascript; charset=utf-8"]);
  meta.blockPixel("444");
  expect(await (await get(`${meta.httpUrl}/signals/config/444`)).text()).toContain("prohibitedPixels");
  expect(await (await get(`${meta.httpUrl}/signals/config/${PIXEL}`)).text()).not.toContain("prohibitedPixels");
});
