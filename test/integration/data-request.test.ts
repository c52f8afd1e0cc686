import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { assembleDataRequests } from "../../app/jobs/assemble-data-requests.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { deleteExpired } from "../../app/privacy/delete-expired.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { dumpOf } from "../support/database-dump.ts";
import { ADA, ADAS_HASHES, adasBrokenOrder, liveFully } from "../support/full-life.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const DAY_MS = 86_400_000;
const log = createLogger({ level: "silent", name: "test" });

let meta: MetaSimulator;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
});
afterAll(() => meta.close());

type CustomerFile = {
  readonly about: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly events: readonly {
    readonly name: string;
    readonly orderId: string | null;
    readonly consent: object | null;
    readonly deliveries: readonly { readonly pixel: string; readonly state: string }[];
    readonly data: { readonly user_data: Readonly<Record<string, unknown>> };
  }[];
  readonly leads: readonly { readonly identifiers: object; readonly reports: readonly object[] }[];
  readonly receipts: readonly { readonly orderId: string | null; readonly data: Readonly<Record<string, unknown>> }[];
  readonly unreadableMessages: readonly { readonly content?: string; readonly contentWithheld?: string }[];
};

describe.each(["pglite", "postgresql"] as const)("on %s, customers/data_request", (kind) => {
  let app: TestApp;
  // The worker would assemble the files in the midst of a test, as it does every minute.
  beforeAll(async () => void (app = await startAppOn(kind, meta.httpUrl, { role: "deliverer" })));
  afterAll(() => app.close());

  let shop: string;
  let requestId: string;
  let requests = 9_000;
  beforeEach(async () => {
    shop = await app.connectedShop(PIXEL);
    requestId = String((requests += 1));
  });

  const compliance = (topic: string, payload: object): Promise<Response> =>
    postWebhook(app.url, JSON.stringify({ shop_domain: shop, ...payload }), {
      shop,
      topic,
      path: "/webhooks/compliance",
    });
  const customer = { id: Number(ADA.customerId), email: ADA.email, phone: ADA.phone };
  const ask = (changes: object = {}): Promise<Response> =>
    compliance("customers/data_request", {
      customer,
      orders_requested: [Number(ADA.orderId)],
      data_request: { id: Number(requestId) },
      ...changes,
    });

  const alerts: string[] = [];
  const assemble = (changes: Partial<Parameters<typeof assembleDataRequests>[0]> = {}): Promise<void> =>
    assembleDataRequests({
      requests: app.opened.privacy.dataRequests,
      assemble: app.opened.privacy.assembleFile,
      alert: async (domain) => void alerts.push(domain),
      log,
      ...changes,
    });
  const rows = () => app.opened.database.prisma.dataRequest.findMany({ where: { shop } });
  const records = (kind: string) =>
    app.opened.database.prisma.complianceRecord.findMany({
      where: { shopDigest: app.opened.tombstones.digestOfShop(app.domain(shop)), kind },
    });
  const download = (of = shop) => app.opened.privacy.dataRequests.download(app.domain(of), requestId);
  async function downloaded(): Promise<CustomerFile> {
    const text = (await download()) ?? expect.unreachable("a file");
    return JSON.parse(text) as CustomerFile;
  }

  test("gives the merchant everything that is held of the customer, and nothing of anybody else", async () => {
    await liveFully(app, shop);
    const grace = anOrderWebhook({
      ...{ shop, orderId: "770001", checkoutToken: "graces", source: "pos", placedAt: new Date().toISOString() },
      buyer: {
        // Two customers of one household: the phone is the same.
        ...{ customerId: "42", email: "grace@example.com", phone: ADA.phone, firstName: "Grace", lastName: "Hopper" },
        ...{ city: "Austin", province: "Texas", provinceCode: "TX", zip: "73301", countryCode: "US" },
      },
    });
    await postWebhook(app.url, grace, { shop });
    await postWebhook(app.url, JSON.stringify({ to: [ADA.email, "grace@example.com"] }), { shop });
    const held = await app.eventsOf(shop);

    expect((await ask()).status).toBe(200);
    await assemble();

    const file = await downloaded();
    expect(file.events.map(({ name }) => name).toSorted()).toEqual(
      held
        .filter(({ eventId }) => !eventId.endsWith(".770001"))
        .map(({ eventName }) => eventName)
        .toSorted(),
    );
    expect(file.events.map(({ name }) => name)).toEqual(expect.arrayContaining(["Lead", "InitiateCheckout"]));
    const purchase = file.events.find(({ name, orderId }) => name === "Purchase" && orderId === ADA.orderId);
    expect(purchase).toMatchObject({
      consent: { decision: "send" },
      deliveries: [{ pixel: PIXEL.metaPixelId, state: "delivered" }],
      data: { user_data: { em: [{ sha256: ADAS_HASHES.em }], external_id: [{ sha256: ADAS_HASHES.external_id }] } },
    });
    expect(file.receipts).toMatchObject([{ orderId: ADA.orderId, data: { fbp: ADA.fbp, userAgent: ADA.userAgent } }]);
    expect(file.unreadableMessages.map(({ content }) => content ?? null)).toEqual([adasBrokenOrder(), null]);
    expect(file.unreadableMessages[1]?.contentWithheld).toMatch(/another|not known/);
    const text = JSON.stringify(file);
    expect(text).not.toMatch(/grace|hopper|770001|EAAtest|sealed:v1/i);
    const unlabeled = text.replaceAll(/\{"sha256":"[0-9a-f]{64}"\}/g, "");
    expect(unlabeled).not.toMatch(/[0-9a-f]{64}/);
  });

  test("explains every name of its own and of a person's data", async () => {
    await liveFully(app, shop);
    await ask();
    await assemble();
    const file = await downloaded();
    const reports = file.leads.flatMap((lead) => lead.reports);
    expect(reports).not.toEqual([]);
    const lists = [file.events, file.leads, reports, file.receipts, file.unreadableMessages];
    const names = lists.flatMap((list) => list.flatMap((row) => Object.keys(row)));
    const people = [...file.events.map(({ data }) => data.user_data), ...file.leads.map((lead) => lead.identifiers)];
    const personal = people.flatMap((person) => Object.keys(person));
    expect([...new Set([...names, ...personal])].filter((name) => file.fields[name] === undefined)).toEqual([]);
  });

  test("is stored sealed, before and after it is assembled", async () => {
    await ask();
    const lines = async () =>
      (await dumpOf(app.opened.database.prisma)).filter((line) => line.includes(shop) && line.includes(ADA.email));
    expect(await rows()).toMatchObject([{ requestId, orderIds: [ADA.orderId], assembledAt: null }]);
    expect(await lines()).toEqual([]);
    await assemble();
    expect((await rows())[0]?.assembledAt).not.toBeNull();
    expect(await lines()).toEqual([]);
    expect(await download()).toContain(ADA.email);
  });

  test("that Shopify repeats makes no second file, not even after the first is deleted", async () => {
    await ask();
    await assemble();
    const before = await rows();
    expect((await ask()).status).toBe(200);
    expect(await rows()).toEqual(before);
    expect(await records("data-requested")).toMatchObject([{ times: 2, counts: { events: 0 } }]);

    const later = (days: number) => new Date(Date.now() + days * DAY_MS);
    await deleteExpired(app.opened.database.prisma, later(29));
    expect(await rows()).toHaveLength(1);
    await deleteExpired(app.opened.database.prisma, later(30.1));
    expect(await rows()).toEqual([]);
    await ask();
    expect(await rows()).toEqual([]);
  });

  test("that cannot be assembled is tried again, and does not hold up the others", async () => {
    await ask();
    const second = String((requests += 1));
    await ask({ data_request: { id: Number(second) } });
    const failing = (request: { requestId: string }) => {
      if (request.requestId === requestId) throw new Error("the database went away");
      return Promise.resolve({ file: "{}", counts: {} });
    };
    alerts.length = 0;
    await assemble({ assemble: failing });
    expect((await rows()).filter(({ assembledAt }) => assembledAt === null).map((row) => row.requestId)).toEqual([
      requestId,
    ]);
    await assemble();
    expect((await rows()).filter(({ assembledAt }) => assembledAt === null)).toEqual([]);
    expect(alerts).toEqual([shop, shop]);
    await assemble();
    expect(alerts).toEqual([shop, shop]);
  });

  test("is downloaded by its own shop alone, and each download is recorded without a name", async () => {
    await ask();
    expect(await download()).toBeNull();
    await assemble();
    expect(await download(await app.connectedShop(PIXEL))).toBeNull();
    expect(await records("data-downloaded")).toEqual([]);
    await download();
    await download();
    expect(await records("data-downloaded")).toMatchObject([{ times: 2 }]);
    expect(await app.opened.privacy.dataRequests.list(app.domain(shop))).toMatchObject([
      { requestId, orders: [ADA.orderId], downloadedAt: expect.any(Date) as Date },
    ]);
  });

  test.each([
    ["customers/redact of the same customer", () => ({ customer: { email: ` ${ADA.email}` }, orders_to_redact: [] })],
    ["customers/redact of the order", () => ({ customer: {}, orders_to_redact: [Number(ADA.orderId)] })],
  ])("is deleted with %s", async (_what, payload) => {
    await ask();
    await assemble();
    await compliance("customers/redact", { customer: { email: "grace@example.com" }, orders_to_redact: [] });
    expect(await rows()).toHaveLength(1);
    await compliance("customers/redact", payload());
    expect(await rows()).toEqual([]);
  });

  test("is not assembled once its customer was erased meanwhile", async () => {
    await ask();
    const [open] = await app.opened.privacy.dataRequests.takeOpen(10);
    await compliance("customers/redact", { customer, orders_to_redact: [] });
    expect(open && (await app.opened.privacy.dataRequests.keepFile(open, "{}", {}))).toBe(false);
    expect(await rows()).toEqual([]);
  });

  test("about a shop that nobody knows stores nothing", async () => {
    await app.opened.eraseShop(app.domain(shop));
    expect((await ask()).status).toBe(200);
    expect(await rows()).toEqual([]);
    expect(await records("data-requested")).toEqual([]);
  });
});
