import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { recordedEvents } from "../support/recorded.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const LIMITS = {
  TRUST_PROXY: "1",
  TANDEM_COLLECT_PER_ADDRESS: "100",
  TANDEM_COLLECT_KB_PER_ADDRESS: "100",
  TANDEM_COLLECT_KB_PER_SHOP: "250",
};
const ORDERS_AT_ONCE = 10;

let app: TestApp;
let shop: string;
let key: string;
let next = 1;
let hosts = 0;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", environment: LIMITS });
  // A limit fills again by the second, and a test may take some.
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  await app.close();
});
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
  key = (await app.opened.settings.profile(app.domain(shop)))?.ingestKey ?? "";
});

const anAddress = (): string => `198.51.100.${(hosts += 1)}`;

type Changes = Omit<Parameters<typeof aCheckoutReceipt>[0], "shop">;

async function post(ip: string, changes: Changes = {}) {
  const body = aCheckoutReceipt({ shop, ...changes });
  const answer = await fetch(`${app.url}/collect/${key}`, {
    method: "POST",
    headers: { "content-type": "text/plain", "x-forwarded-for": ip },
    body,
  });
  return { status: answer.status, wait_s: Number(answer.headers.get("retry-after") ?? 0), error: await answer.text() };
}

const view = (ip: string, changes: Changes = {}) =>
  post(ip, { name: "ViewContent", id: `viewcontent.${(next += 1)}`, ...changes });
const receipt = (ip: string, changes: Changes = {}) => post(ip, { checkoutToken: `t-${(next += 1)}`, ...changes });

async function inTurn<Answer>(times: number, step: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let time = 0; time < times; time += 1) answers.push(await step());
  return answers;
}
const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);

const refusals = async () => {
  await app.opened.refusals.flush();
  const rows = await app.opened.database.prisma.collectorRefusal.findMany({ where: { shop } });
  return Object.fromEntries(rows.map(({ reason, posts }) => [reason, Number(posts)]));
};

/** What the shop's rows weigh as text, without names of columns. */
async function storedBytes(): Promise<number> {
  const { prisma } = app.opened.database;
  const events = await recordedEvents(app.opened.database, shop);
  const receipts = await prisma.browserContext.findMany({ where: { shop } });
  const parts = [
    ...events.flatMap(({ body, browserLeg, signal }) => [body, browserLeg, signal]),
    ...receipts.flatMap(({ receipt, others }) => [receipt, others]),
  ];
  return parts.reduce((sum: number, part) => sum + Buffer.byteLength(JSON.stringify(part)), 0);
}

// An ordinary report weighs about a kilobyte; this one is as large as the collector takes.
const LARGE = {
  data: { content_ids: Array.from({ length: 70 }, (_, n) => `${n}`.padEnd(200, "x")), value: 1, currency: "EUR" },
};

describe("what is stored is limited in bytes", () => {
  test("for one address, with the time after which there is room again", async () => {
    const ip = anAddress();
    const answers = await inTurn(12, () => view(ip, LARGE));

    expect(statuses(answers)).toEqual([...Array<number>(6).fill(204), ...Array<number>(6).fill(429)]);
    const { error, wait_s = 0 } = answers.at(-1) ?? {};
    expect(error).toBe('{"error":"too much to store"}');
    expect(wait_s).toBeGreaterThan(0);
    expect(wait_s).toBeLessThanOrEqual(60);
    expect(await storedBytes()).toBeLessThan(101_000);
    expect(await refusals()).toEqual({ "too-much": 6 });
    expect((await view(anAddress())).status).toBe(204);
    vi.setSystemTime(Date.now() + wait_s * 1_000);
    expect((await view(ip, LARGE)).status).toBe(204);
  });

  test("for one shop, from however many addresses, while another shop's visitors report", async () => {
    const answers = await inTurn(24, () => view(anAddress(), LARGE));
    expect(answers.filter(({ status }) => status === 204).length).toBeLessThan(19);
    expect(await storedBytes()).toBeLessThan(252_000);

    shop = await app.connectedShop(PIXEL);
    key = (await app.opened.settings.profile(app.domain(shop)))?.ingestKey ?? "";
    expect((await view(anAddress(), LARGE)).status).toBe(204);
  });
});

describe("one visitor counts once, however the address is written", () => {
  test.each([
    ["with a port", ["203.0.113.7:1001", "203.0.113.7:1002", "203.0.113.7"]],
    ["mapped into IPv6", ["::ffff:203.0.113.8", "::ffff:cb00:7108", "203.0.113.8", "[::ffff:cb00:7108]:4711"]],
    ["within an IPv6 /64", ["2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "[2001:db8:1:2::9]:443", "2001:DB8:1:2::A"]],
  ])("%s", async (_, written) => {
    const turns = Array.from({ length: 12 }, (_unused, turn) => written[turn % written.length] ?? "");
    const answers: number[] = [];
    for (const ip of turns) answers.push((await view(ip, LARGE)).status);
    expect(answers.filter((status) => status === 204)).toHaveLength(6);
  });
});

describe("receipts that name many orders are guesses", () => {
  test("and are refused for their address, and counted", async () => {
    const ip = anAddress();
    const answers = await inTurn(ORDERS_AT_ONCE + 3, () => receipt(ip));

    expect(statuses(answers)).toEqual([...Array<number>(ORDERS_AT_ONCE).fill(204), 429, 429, 429]);
    expect(answers.at(-1)?.wait_s).toBeGreaterThan(30);
    expect(await refusals()).toEqual({ guessing: 3 });
    expect((await receipt(anAddress())).status).toBe(204);
    expect((await view(ip)).status).toBe(204);
  });

  test("by order ID, and by order IDs under one token", async () => {
    const [one, other] = [anAddress(), anAddress()];
    const byOrder = () => receipt(one, { checkoutToken: null, orderId: String((next += 1)) });
    const underToken = () => receipt(other, { checkoutToken: "the-same", orderId: String((next += 1)) });
    expect((await inTurn(ORDERS_AT_ONCE + 1, byOrder)).at(-1)?.status).toBe(429);
    expect((await inTurn(ORDERS_AT_ONCE + 1, underToken)).at(-1)?.status).toBe(429);
  });

  test("while a receipt that is posted again counts once", async () => {
    const ip = anAddress();
    const answers = await inTurn(ORDERS_AT_ONCE * 2, () => receipt(ip, { checkoutToken: "mine", orderId: "77" }));
    expect(new Set(statuses(answers))).toEqual(new Set([204]));
  });
});
