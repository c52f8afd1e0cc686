import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deleteOldFlowMessages } from "../../app/jobs/flow-outbox.server.ts";
import { sendFlowTriggers } from "../../app/jobs/send-flow-triggers.ts";
import { settleAndNote } from "../../app/server/flow-port.server.ts";
import type { Claim, Settled } from "../../app/outbox/types.ts";
import type { AdminAnswer, AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import { aDeployedApp, API_KEY, API_SECRET, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import { aForm } from "../support/lead-scene.ts";
import { logInto } from "../support/log-lines.ts";
import { adminOf } from "../support/simulated-admin.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const SHOP = "tandem-demo.myshopify.com";
const REACHED = "tandem-lead-reached-stage";
const REFUSED = "tandem-event-refused";
const MINUTE = 60_000;

let app: TestApp;
let shopify: ShopifySimulator;
let admin: AdminGraphql;
let nth = 0;

beforeAll(async () => {
  app = await startTestApp({
    dataDir: "memory://",
    graphUrl: "http://127.0.0.1:9",
    role: "web",
    environment: { SHOPIFY_API_KEY: API_KEY, SHOPIFY_API_SECRET: API_SECRET },
  });
  await app.opened.settings.ensureShop(app.domain(SHOP), "test");
  await app.opened.settings.connect(app.domain(SHOP), {
    metaPixelId: "1234567890123456",
    token: "EAAtest-token-of-the-simulator",
    testEventCode: null,
  });
  const appUrl = app.url.replace("127.0.0.1", "localhost");
  const deployed = { ...aDeployedApp(), flowFolder: "extensions" };
  shopify = await startSampleShopify({ appUrl, deployed });
  shopify.install(SHOP);
  admin = await adminOf(shopify, SHOP);
});
afterAll(async () => {
  await shopify.close();
  await app.close();
});
beforeEach(async () => {
  const { flowMessage, flowWorkflow } = app.opened.database.prisma;
  await flowMessage.deleteMany({ where: { shop: SHOP } });
  await flowWorkflow.deleteMany({ where: { shop: SHOP } });
});

const send = (ask: AdminGraphql | null = admin, afterMs = 0): Promise<void> =>
  sendFlowTriggers({
    outbox: app.opened.flowOutbox,
    admin: async () => ask,
    now: () => new Date(Date.now() + afterMs),
    log: logInto().log,
  });

const messages = () =>
  app.opened.database.prisma.flowMessage.findMany({
    where: { shop: SHOP },
    orderBy: { id: "asc" },
    select: { handle: true, state: true, attempts: true, problem: true },
  });

/** A lead that came before anything is switched on; its ID. */
async function aLead(): Promise<string> {
  nth += 1;
  const id = `trigger-${nth}`;
  const at = Date.now() - 1_000;
  const form = { id: anId(id), at, sentAt: at, url: `https://${SHOP}/`, form: { reference: `ref-${id}` } };
  expect((await app.collect(SHOP, aForm(form))).status).toBe(204);
  return id;
}

async function qualify(id: string): Promise<void> {
  const fields = { stage: "qualified", lead_reference: `ref-${id}` };
  expect((await shopify.flow.runAction(shopify.shop(SHOP), "tandem-send-stage", fields)).state).toBe("done");
}

/** A lead that reaches a stage while a workflow begins with that. */
async function aNewStage(): Promise<string> {
  const id = await aLead();
  await switchOn(REACHED);
  await qualify(id);
  return id;
}

const switchOn = (handle: string, isOn = true) => shopify.flow.switchWorkflow(shopify.shop(SHOP), handle, isOn);
const started = (handle: string) => shopify.flow.triggered.filter((one) => one.handle === handle);

describe("a lead that reached a stage", () => {
  test("starts the workflows of a shop that has some, once, with no more than the trigger names", async () => {
    const id = await aNewStage();
    await send();
    await send();
    expect(started(REACHED).map(({ payload }) => payload)).toEqual([
      {
        Stage: "qualified",
        "Lead reference": `ref-${id}`,
        "Lead ID": id,
        "Event ID": `stage.qualified.${id}`,
        "Reached at": expect.stringMatching(/^2\d{3}-.*Z$/) as unknown,
        "Reported by": "flow",
      },
    ]);
    expect(await messages()).toEqual([{ handle: REACHED, state: "sent", attempts: 1, problem: null }]);
  });

  test("starts nothing in a shop without a workflow, before it was switched on, or after it was switched off", async () => {
    await qualify(await aLead());
    await send();
    await switchOn(REACHED);
    await send();
    await switchOn(REACHED, false);
    await qualify(await aLead());
    await send();
    expect(await messages()).toEqual([]);
  });

  test("starts with the form, which is its first stage", async () => {
    await switchOn(REACHED);
    const before = started(REACHED).length;
    const id = await aLead();
    await send();
    const [first, ...others] = started(REACHED).slice(before);
    expect([first?.payload, others]).toEqual([
      expect.objectContaining({ Stage: "lead", "Lead ID": id, "Reported by": "form" }),
      [],
    ]);
  });

  test("starts nothing if the lead was deleted meanwhile", async () => {
    const leadId = await aNewStage();
    await app.opened.flowOutbox.noteStages(new Date());
    await app.opened.database.prisma.stageReport.deleteMany({ where: { shop: SHOP, leadId } });
    await send();
    expect(await messages()).toEqual([expect.objectContaining({ state: "given-up", attempts: 1 })]);
  });
});

describe("what Shopify does not take", () => {
  const answers: [string, AdminAnswer, string][] = [
    ["Shopify throttles", { kind: "unavailable", message: "throttled" }, "waiting"],
    ["the token is refused", { kind: "refused", status: 401, message: "no" }, "waiting"],
    ["the answer got lost", { kind: "unavailable", message: "reset", mayHaveArrived: true }, "unknown"],
    [
      "the trigger is unknown",
      { kind: "answered", data: { flowTriggerReceive: { userErrors: [{ field: null, message: "no type" }] } } },
      "refused",
    ],
  ];
  test.each(answers)("if %s", async (_, answer, state) => {
    await aNewStage();
    await send(async () => answer);
    expect(await messages()).toEqual([expect.objectContaining({ state, attempts: 1 })]);
    const before = started(REACHED).length;
    await send(admin, 3 * MINUTE);
    expect(started(REACHED)).toHaveLength(before + (state === "waiting" ? 1 : 0));
  });

  test("is tried six times, ever more rarely", async () => {
    await aNewStage();
    for (let n = 0; n < 8; n += 1) await send(async () => ({ kind: "unavailable", message: "down" }), n * 60 * MINUTE);
    expect(await messages()).toEqual([{ handle: REACHED, state: "given-up", attempts: 6, problem: "down" }]);
  });

  test("waits for a shop whose access is missing, and is deleted after a week", async () => {
    await aNewStage();
    await send(null);
    expect(await messages()).toEqual([expect.objectContaining({ state: "waiting", attempts: 0 })]);
    const { prisma } = app.opened.database;
    expect(await deleteOldFlowMessages(prisma, new Date(Date.now() + 6 * 86_400_000))).toBe(0);
    expect(await deleteOldFlowMessages(prisma, new Date(Date.now() + 8 * 86_400_000))).toBe(1);
  });

  test("a process that dies while it sends does not send again", async () => {
    await aNewStage();
    await app.opened.flowOutbox.noteStages(new Date());
    expect(await app.opened.flowOutbox.take(app.domain(SHOP), new Date())).toMatchObject({ handle: REACHED });
    const before = started(REACHED).length;
    await send(admin, 60 * MINUTE);
    expect(started(REACHED)).toHaveLength(before);
  });
});

describe("an event that Meta refused", () => {
  async function refuse(eventId: string, settle = async () => ({ settled: 1, lost: 0 })): Promise<void> {
    const [pixel] = (await app.opened.settings.profile(app.domain(SHOP)))?.pixels ?? [];
    const claim = { shop: app.domain(SHOP), eventName: "Purchase", eventId: anId(eventId), pixelId: pixel?.id };
    // What else a claim has is of no interest here.
    const settled = { claim: claim as Claim, traceId: null, attemptIds: [] };
    const all: Settled[] = [
      { ...settled, settlement: { kind: "refused", reason: "Older than Meta accepts." } },
      { ...settled, claim: { ...(claim as Claim), eventId: anId("good") }, settlement: { kind: "delivered" } },
    ];
    await settleAndNote(settle, { outbox: app.opened.flowOutbox, log: logInto().log })(all, new Date());
  }

  test("starts the workflows of a shop that has some, once for all its pixels", async () => {
    await switchOn(REFUSED);
    await refuse("purchase.x.1");
    await refuse("purchase.x.1");
    await send();
    expect(started(REFUSED).map(({ payload }) => payload)).toEqual([
      {
        "Event name": "Purchase",
        "Event ID": "purchase.x.1",
        "Order name": "",
        "Pixel ID": "1234567890123456",
        Reason: "Older than Meta accepts.",
        "Refused at": expect.stringMatching(/Z$/) as unknown,
      },
    ]);
  });

  test("is not noted where only the other trigger is used", async () => {
    await switchOn(REACHED);
    await refuse("purchase.x.2");
    expect(await messages()).toEqual([]);
  });
});
