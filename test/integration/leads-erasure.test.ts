import { hash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Customer } from "../../app/privacy/types.ts";
import { reachStage } from "../../app/pipeline/reach-stages.ts";
import { reachStagesDeps } from "../../app/server/leads-port.server.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const sha256 = (text: string): string => hash("sha256", text, "hex");
const ADA: Customer = { customerId: "7700112233", email: "ada@example.com", phone: null, orderIds: [] };
const ADAS_FBP = "fb.1.1790000000000.4242424242";

let app: TestApp;
let shop: string;
beforeAll(async () => void (app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" })));
afterAll(() => app.close());
beforeEach(async () => {
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
});

async function aLead(id: string, changes: Parameters<typeof aForm>[0]): Promise<void> {
  const at = Date.now() - 1_000;
  const url = `https://${shop}/pages/contact`;
  await app.collect(shop, aForm({ id: anId(id), at, sentAt: at, url, fbp: null, ...changes }));
}
const withEmail = (email: string) => ({ person: { em: sha256(email) } });
const erase = () => app.opened.privacy.eraseCustomer(app.domain(shop), ADA);
const leads = () =>
  app.opened.database.prisma.lead.findMany({
    where: { shop },
    select: { leadId: true, userData: true },
    orderBy: { leadId: "asc" },
  });

/** A program's report about somebody whom no form names. */
const aReportOf = (email: string, key: string) =>
  app.opened.database.prisma.stageReport.create({
    data: {
      ...{ shop, namedBy: "email", named: sha256(email), stage: "won", happenedAt: new Date(), source: "api" },
      ...{ idempotencyKey: key, digest: "", outcome: "unknown-lead", receivedAt: new Date() },
    },
  });

test("a customer's erasure takes their leads and all reports about them, and nobody else's", async () => {
  const { prisma } = app.opened.database;
  await aLead("ada", withEmail("ada@example.com"));
  await aLead("bob", withEmail("bob@example.com"));
  await aReportOf("ada@example.com", "1");
  await aReportOf("bob@example.com", "2");

  await erase();

  expect((await leads()).map(({ leadId }) => leadId)).toEqual(["bob"]);
  const reports = await prisma.stageReport.findMany({
    where: { shop },
    select: { leadId: true, named: true },
    orderBy: { leadId: "asc" },
  });
  expect(reports).toEqual([
    { leadId: "bob", named: "bob" },
    { leadId: null, named: sha256("bob@example.com") },
  ]);
  await aLead("ada-again", withEmail("ada@example.com"));
  expect((await leads()).map(({ leadId }) => leadId)).toEqual(["bob"]);
});

test("an erasure takes leads without a name from the customer's browser, also when their events are empty by now", async () => {
  await aLead("ada", { ...withEmail("ada@example.com"), fbp: ADAS_FBP });
  await aLead("nameless", { person: null, fbp: ADAS_FBP });
  await aLead("of-the-household", { ...withEmail("bob@example.com"), fbp: ADAS_FBP });
  await aLead("another-browser", { person: null, fbp: "fb.1.1790000000000.1111111111" });
  // What retention leaves of an event after 30 days.
  await app.opened.database.prisma.event.updateMany({ where: { shop }, data: { body: { user_data: {} } } });

  await erase();

  expect(await leads()).toEqual([
    { leadId: "another-browser", userData: { fbp: "fb.1.1790000000000.1111111111" } },
    { leadId: "of-the-household", userData: { em: [sha256("bob@example.com")] } },
  ]);
});

test("the file for a customer has their leads with what was reported, hashes labeled, and nobody else's", async () => {
  const reference = "deal-7";
  await aLead("ada", { ...withEmail("ada@example.com"), form: { reference, campaign: { utm_source: "meta" } } });
  await aLead("bob", withEmail("bob@example.com"));
  await aLead("another-customer", { person: { em: sha256("ada@example.com"), external_id: sha256("42") } });
  await aReportOf("ada@example.com", "1");
  await aReportOf("bob@example.com", "2");

  const { file } = await app.opened.privacy.assembleFile({
    shop: app.domain(shop),
    requestId: "1",
    requestedAt: new Date(),
    customer: ADA,
  });
  const content = JSON.parse(file) as { fields: Record<string, string>; leads: object[]; reportsWithoutLead: object[] };

  expect(content.leads).toMatchObject([
    {
      ...{ id: "ada", kind: "form", name: "Contact", reference, campaign: { utm_source: "meta" } },
      identifiers: { em: [{ sha256: sha256("ada@example.com") }] },
      reports: [{ stage: "lead", source: "form", outcome: "accepted" }],
    },
  ]);
  expect(content.reportsWithoutLead).toMatchObject([{ stage: "won", outcome: "unknown-lead", namedBy: "email" }]);
  expect(Object.keys(content.fields)).toEqual(
    expect.arrayContaining(["leads", "reportsWithoutLead", "reports", "stage", "outcome", "namedBy", "reference"]),
  );
  expect(file).not.toContain(sha256("bob@example.com"));
});

test.each([
  ["with an address", withEmail("ada@example.com")],
  ["of a browser alone", { person: null, fbp: ADAS_FBP }],
  ["that declined", { person: null, consent: { marketing: false, saleOfData: false, at: Date.now() } }],
])(
  "a lead %s is deleted by its ID with its reports and the person in its events, and does not come back",
  async (_, changes) => {
    const { prisma } = app.opened.database;
    await aLead("ada", changes);
    await aLead("bob", withEmail("bob@example.com"));

    expect(await app.opened.privacy.eraseLead(app.domain(shop), "ada")).toBe(true);

    expect((await leads()).map(({ leadId }) => leadId)).toEqual(["bob"]);
    expect(await prisma.stageReport.count({ where: { shop, leadId: "ada" } })).toBe(0);
    const event = await prisma.event.findFirst({ where: { shop, eventId: "ada" }, select: { body: true } });
    expect(event).toMatchObject({ body: { user_data: {} } });
    expect(await app.opened.privacy.eraseLead(app.domain(shop), "ada")).toBe(false);
    // Another form under the same ID, as a browser that repeats itself sends it.
    await aLead("ada", withEmail("someone-else@example.com"));
    expect((await leads()).map(({ leadId }) => leadId)).toEqual(["bob"]);
  },
);

test("a lead of an Instant Form that was deleted is not made again by the next report", async () => {
  const report = { leadId: "123456789012345", stage: "lead", at: new Date() };
  const reached = () =>
    reachStage(
      {
        ...{ lead: { by: "lead-id", value: report.leadId }, stage: report.stage, happenedAt: report.at },
        ...{ consent: "granted", source: "api", idempotencyKey: randomUUID(), digest: "" },
      },
      profile,
      reachStagesDeps(app.opened),
    );
  const profile = (await app.opened.settings.profile(app.domain(shop))) ?? expect.unreachable();
  expect(await reached()).toMatchObject({ outcome: "accepted" });
  const [lead] = await leads();
  expect(await app.opened.privacy.eraseLead(app.domain(shop), lead?.leadId ?? "")).toBe(true);
  expect(await leads()).toEqual([]);
  await reached();
  expect(await leads()).toEqual([]);
  const [event] = await app.opened.database.prisma.event.findMany({ where: { shop }, select: { body: true } });
  expect(event).toMatchObject({ body: { user_data: {} } });
});
