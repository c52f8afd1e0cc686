import { createHash } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import { createSealer } from "../../app/database/sealing.server.ts";
import { purchaseEventId, type ShopDomain } from "../../app/event-contract/event-id.ts";
import { openTombstones } from "../../app/privacy/tombstones.server.ts";
import type { Customer } from "../../app/privacy/types.ts";
import { customerPrivacy } from "../../app/server/customer-privacy.server.ts";
import { recountedFigures, storedFigures } from "../support/recount-figures.ts";
import { settingsScene } from "../support/settings-scene.ts";
import { order } from "../support/store-scenes.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const ORDER = "4242424242";
const ADA: Customer = { customerId: "7700112233", email: "ada@example.com", phone: null, orderIds: [order(ORDER)] };
/** What says who she is, or which browser is hers. */
const PERSON = [sha256("ada@example.com"), sha256("7700112233"), "fb.1.1790000000000.4242", "ada@example.com"];
/** What only leads to her: her order, its checkout, her visit and her lead. */
const REFERENCES = [ORDER, "checkout-of-ada", "visit-of-ada", "lead-of-ada"];
const [EM = "", EXTERNAL_ID = "", FBP = ""] = PERSON;

/**
 * What an erasure leaves of a customer in each table. `deleted`: no row that leads to her. `emptied`: rows that lead to
 * her and do not say who she is. Anything else: why no row of this table leads to a customer, or why it may.
 */
const TABLES: Readonly<Record<string, string>> = {
  event: "emptied",
  delivery: "emptied",
  order_facts: "deleted",
  storefront_event: "emptied",
  storefront_queue: "emptied",
  attempt: "emptied",
  browser_context: "deleted",
  quarantine: "deleted",
  data_request: "deleted",
  lead: "deleted",
  lead_stage: "deleted",
  flow_message: "emptied",
  access_record: "who of the staff saw which event, for a year: it names the event and nobody else",
  tombstone: "a digest, so that nothing of theirs is stored again",
  tombstone_key: "the key of those digests",
  compliance_record: "proof of the answer, by a digest",
  daily_figure: "sums by reason, which must not quote anybody",
  daily_figure_change: "the same",
  figure_backfill: "where counting has come to",
  housekeeping: "where deleting has come to",
  webhook_receipt: "the webhook's own ID",
  reconciliation: "times and counts of a shop",
  consent_policy: "regions of a shop",
  unit_cost: "costs of a variant",
  unit_cost_reading: "times of a shop",
  other_sender: "scripts of a theme",
  collector_refusal: "counts of a day",
  shop: "the merchant's",
  settings: "the merchant's",
  destination: "the merchant's",
  pixel_lease: "the worker that has a pixel",
  session: "the merchant's staff",
  staff: "the merchant's staff",
  change_record: "changes by the merchant's staff",
  api_key: "the merchant's programs",
  crm_hook: "the merchant's programs",
  flow_workflow: "the merchant's workflows",
};

const scene = settingsScene();
const sealer = createSealer([{ id: "k", key: Buffer.alloc(32, 7) }]);
const eventId = (shop: ShopDomain): string => purchaseEventId(shop, order(ORDER));

/** A row of hers in each table that can have one. */
async function fill(shop: ShopDomain, pixel: string): Promise<void> {
  const { prisma } = scene.database;
  const at = scene.clock;
  const userData = { em: [EM], external_id: [EXTERNAL_ID], fbp: FBP, client_ip_address: "203.0.113.7" };
  const quoted = `Meta does not accept "${EM}" as an email address.`;
  const purchase = { shop, eventName: "Purchase", eventId: eventId(shop), eventTime: at };
  const body = { event_name: "Purchase", event_id: purchase.eventId, user_data: userData };
  const ofOrder = { orderId: ORDER, checkoutToken: "checkout-of-ada" };
  const ended = { state: "refused", reason: quoted, settledAt: at };
  await prisma.event.create({
    data: { ...purchase, ...ofOrder, ...ended, origin: "webhook", settingsVersion: 1, body },
  });
  await prisma.delivery.create({ data: { ...purchase, ...ended, pixelId: pixel } });
  await prisma.orderFacts.create({ data: { shop, orderId: ORDER, seenAt: at, advanced: false, format: 1, facts: {} } });
  for (const [id, person, reason] of [
    ["visit-of-ada", userData, null],
    ["visit-of-ada-2", userData, quoted],
    ["visit-of-bob", {}, null],
  ] as const) {
    const visit = JSON.stringify({ event_name: "ViewContent", event_id: id, user_data: person });
    await prisma.$executeRaw`
      insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, pixels, consent,
        body, state, reason)
      values (${at}::timestamptz, ${at}::timestamptz, storefront_key(${shop}, 'ViewContent', ${id}), ${at}::date, 1, ${shop},
        'ViewContent', case when ${reason}::text is null then array[${pixel}::uuid] else '{}' end, '[]', ${visit}::json,
        case when ${reason}::text is not null then 'refused' end, ${reason}::text)`;
  }
  // Both were in a request of which Meta said this.
  await prisma.$executeRaw`
    insert into storefront_queue (pixel, day, position, reason)
    select ${pixel}::uuid, day, position, ${quoted} from storefront_event where shop = ${shop} and state is null`;
  await prisma.attempt.create({
    data: { shop, pixelId: pixel, startedAt: at, durationMs: 1, events: 1, verdict: "refused", message: quoted },
  });
  await prisma.browserContext.create({ data: { shop, ...ofOrder, receipt: { fbp: FBP } } });
  await prisma.quarantine.create({
    data: {
      ...{ shop, topic: "orders/paid", webhookId: "1", problem: "not-json", detail: "", orderId: ORDER },
      sealedBody: sealer.seal(JSON.stringify({ id: 1, email: ADA.email })),
    },
  });
  const lead = { leadId: "lead-of-ada", kind: "form", action: "Lead", sentAs: "Lead", settingsVersion: 1 };
  await prisma.lead.create({ data: { shop, ...lead, happenedAt: at, userData } });
  const report = { stage: "won", happenedAt: at, source: "api", digest: "", outcome: "accepted", receivedAt: at };
  for (const [key, changes] of [
    ["1", { leadId: "lead-of-ada", namedBy: "lead-id", named: "lead-of-ada", orderId: ORDER }],
    ["2", { namedBy: "email", named: EM }],
  ] as const) {
    await prisma.stageReport.create({ data: { shop, ...report, ...changes, idempotencyKey: key } });
  }
  const facts = { eventName: "Purchase", eventId: purchase.eventId, pixelId: pixel, reason: quoted };
  await prisma.flowMessage.create({
    data: { shop, handle: "event-refused", subject: `Purchase/${purchase.eventId}`, facts, dueAt: at, createdAt: at },
  });
  await prisma.accessRecord.create({
    data: { shop, seenAt: at, seenBy: "1", kind: "event", subject: `Purchase/${purchase.eventId}` },
  });
}

/** One of the day's figures. */
async function sumUp(shop: ShopDomain): Promise<void> {
  const { prisma } = scene.database;
  const { id, ...figure } = await prisma.dailyFigureChange.findFirstOrThrow({
    where: { shop, reason: { contains: EM } },
  });
  await prisma.dailyFigure.create({ data: figure });
  await prisma.dailyFigureChange.delete({ where: { id, shop } });
}

async function tables(): Promise<string[]> {
  const rows = await scene.database.prisma.$queryRaw<{ name: string }[]>`
    select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition and relname not like '\\_%'`;
  return rows.map(({ name }) => name);
}

/** How many rows of a table have one of these words in any column. */
async function rowsWith(table: string, words: readonly string[]): Promise<number> {
  const rows = await scene.database.prisma.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from ${table} t`);
  return rows.filter(({ row }) => words.some((word) => row.includes(word))).length;
}

describe("a customer's erasure", () => {
  const before = new Map<string, number>();
  let shop: ShopDomain;
  beforeAll(async () => {
    const store = scene.store();
    ({ shop } = await store.ensureShop(scene.aShop(), "install"));
    const pixel = await store.connect(shop, { metaPixelId: "1234567890123456", token: "EAAB", testEventCode: null });
    const deps = { sealer, now: () => scene.clock };
    const { prisma } = scene.database;
    const privacy = customerPrivacy({ prisma, tombstones: await openTombstones(prisma, deps), ...deps });
    await fill(shop, pixel.id);
    await privacy.openDataRequest(shop, { ...ADA, requestId: "1" });
    await sumUp(shop);
    for (const table of await tables()) {
      before.set(table, await rowsWith(table, [...PERSON, ...REFERENCES, eventId(shop)]));
    }
    await privacy.eraseCustomer(shop, ADA);
  });

  test("says of each table what it leaves there", async () => {
    expect(Object.keys(TABLES).sort()).toEqual((await tables()).sort());
  });

  test.each(Object.entries(TABLES).filter(([, left]) => left === "deleted"))("%s: %s", async (table) => {
    expect(before.get(table)).toBeGreaterThan(0);
    const { prisma } = scene.database;
    expect(await rowsWith(table, [...PERSON, ...REFERENCES, eventId(shop)])).toBe(0);
    expect(await prisma.$queryRawUnsafe<unknown[]>(`select from ${table} limit 1`)).toEqual([]);
  });

  test.each(Object.entries(TABLES).filter(([, left]) => left === "emptied"))("%s: %s", async (table) => {
    expect(before.get(table)).toBeGreaterThan(0);
    expect(await rowsWith(table, PERSON)).toBe(0);
  });

  test("changes no figure but its reason", async () => {
    const { prisma } = scene.database;
    expect(before.get("daily_figure")).toBe(1);
    expect(before.get("daily_figure_change")).toBeGreaterThan(1);
    expect(await storedFigures(prisma, shop)).toEqual(await recountedFigures(prisma, shop));
  });

  test("and no other table says who she is", async () => {
    for (const table of await tables()) expect(await rowsWith(table, PERSON), table).toBe(0);
  });
});
