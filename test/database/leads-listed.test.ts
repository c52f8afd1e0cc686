import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { countLeads, listLeads, listRefusedReports } from "../../app/leads/list-leads.server.ts";
import { readLead } from "../../app/leads/read-lead.server.ts";
import type { LeadQuery } from "../../app/leads/lead-list-types.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aForm, aLeadScene, aReport, type LeadScene } from "../support/lead-scene.ts";
import { after, anId, NOON } from "../support/store-scenes.ts";

const HOUR = 3_600_000;
const ENDS = new Set(["disqualified"]);

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("the list of leads, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  let scene: LeadScene;
  const list = (query: Partial<LeadQuery> = {}) =>
    listLeads(database.prisma, scene.shop, { query: { limit: 10, ...query }, ends: ENDS });
  const ids = async (query: Partial<LeadQuery>) => (await list(query)).rows.map(({ leadId }) => leadId);
  const form = (id: string, hours: number, changes: Parameters<typeof aForm>[0] = {}) => {
    const at = after(hours * HOUR);
    scene.at(at);
    return scene.submit(aForm({ id: anId(id), at: at.getTime(), sentAt: at.getTime(), ...changes }));
  };
  const reach = (id: string, stage: string, hours: number) =>
    scene.reach({ lead: { by: "event-id", value: id }, stage, happenedAt: after(hours * HOUR) });

  beforeAll(async () => {
    database = await makeDatabase();
    scene = await aLeadScene(database);
    await form("first", 0, { form: { reference: "deal-7" } });
    await form("second", 1, { name: "Lead" });
    await form("third", 2);
    scene.at(after(30 * HOUR));
    await reach("first", "qualified", 3);
    await reach("second", "qualified", 11);
    await reach("second", "won", 12);
    await reach("third", "disqualified", 4);
    await reach("third", "won", 5);
    await reach("nobody", "qualified", 5);
  });
  afterAll(() => database.close());

  test("has the newest first, each at its stage, with the reason of its last report without effect", async () => {
    expect((await list()).rows).toMatchObject([
      { leadId: "third", action: "Contact", stage: "disqualified", problem: "after-disqualified", agreed: true },
      { leadId: "second", action: "Lead", stage: "won", problem: null },
      { leadId: "first", externalId: "deal-7", stage: "qualified", problem: null },
    ]);
  });

  test("pages by a cursor, which a lead that arrives meanwhile does not shift", async () => {
    const { rows, nextCursor } = await list({ limit: 2 });
    expect(rows.map(({ leadId }) => leadId)).toEqual(["third", "second"]);
    const rest = await list({ limit: 2, cursor: nextCursor ?? "" });
    expect([rest.rows.map(({ leadId }) => leadId), rest.nextCursor]).toEqual([["first"], null]);
    expect(await ids({ cursor: "no cursor" })).toHaveLength(3);
  });

  test.each([
    [{ stage: "qualified" }, ["second", "first"]],
    [{ origin: "Lead" }, ["second"]],
    [{ origin: "instant-form" }, []],
    [{ reason: "after-disqualified" as const }, ["third"]],
    [{ search: "deal-7" }, ["first"]],
    [{ search: "second" }, ["second"]],
    [{ search: "stage.won.second" }, ["second"]],
    [{ search: "sec" }, []],
    [{ from: after(HOUR) }, ["third", "second"]],
  ])("filters by %j", async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  test("counts a lead for every stage that it has reached, with the median time until then", async () => {
    const { leads, stages } = await countLeads(database.prisma, scene.shop, {});
    expect(leads).toBe(3);
    expect(Object.fromEntries(stages.map(({ stage, leads: count }) => [stage, count]))).toEqual({
      ...{ lead: 3, qualified: 2, won: 1, disqualified: 1 },
    });
    // After three hours and after ten.
    expect(stages.find(({ stage }) => stage === "qualified")?.medianSeconds).toBe((6.5 * HOUR) / 1_000);
    expect(await countLeads(database.prisma, scene.shop, { from: after(HOUR), origin: "Lead" })).toMatchObject({
      leads: 1,
    });
  });

  test("lists the reports that changed nothing, newest first, and no hash with them", async () => {
    await scene.reach({ lead: { by: "email", value: "a".repeat(64) }, happenedAt: after(6 * HOUR) });
    const page = await listRefusedReports(database.prisma, scene.shop, { limit: 2 });
    expect(page.rows).toMatchObject([
      { namedBy: "email", named: null, outcome: "unknown-lead" },
      { namedBy: "event-id", named: "nobody", outcome: "unknown-lead", leadId: null },
    ]);
    const older = await listRefusedReports(database.prisma, scene.shop, { limit: 2, cursor: page.nextCursor ?? "" });
    expect(older.rows).toMatchObject([{ leadId: "third", outcome: "after-disqualified" }]);
    const only = { limit: 5, reason: "after-disqualified" } as const;
    expect((await listRefusedReports(database.prisma, scene.shop, only)).rows).toHaveLength(1);
  });

  test("a lead has its reports, and the events of its form and of its stages with Meta's answers", async () => {
    const lead = await readLead(database.prisma, scene.shop, { leadId: "second", ends: ENDS });
    expect(lead).toMatchObject({ stage: "won", isDisqualified: false, identifiers: ["em", "fbp"] });
    expect(lead?.reports.map(({ stage, source }) => [stage, source])).toEqual([
      ["lead", "form"],
      ["qualified", "api"],
      ["won", "api"],
    ]);
    const events = await createEventLog(database.prisma).ofLead(scene.shop, "second");
    expect(events.map(({ eventName, eventId }) => [eventName, eventId])).toEqual([
      ["Lead", "second"],
      ["LeadStage", "stage.qualified.second"],
      ["LeadStage", "stage.won.second"],
    ]);
    expect(events.every(({ deliveries }) => deliveries.length === 1)).toBe(true);
    // What the form's browser said decides on every stage.
    for (const { consent } of events) {
      expect(consent).toMatchObject({ decision: "send", rule: "browser-granted", signal: { marketing: true } });
      expect(consent?.decidedAt).toEqual(expect.any(Number));
    }
  });

  test("another shop has none of them", async () => {
    const other = await aLeadScene(database);
    expect(await readLead(database.prisma, other.shop, { leadId: "second", ends: ENDS })).toBeNull();
    expect(await createEventLog(database.prisma).ofLead(other.shop, "second")).toEqual([]);
    expect((await listLeads(database.prisma, other.shop, { query: { limit: 9 }, ends: ENDS })).rows).toEqual([]);
  });

  test("repetitions do not hide how far a lead has come", async () => {
    const repeated = Array.from({ length: 300 }, () =>
      aReport({ lead: { by: "event-id", value: "first" }, happenedAt: NOON, stage: "lead" }),
    );
    await scene.reach(...repeated);
    const lead = await readLead(database.prisma, scene.shop, { leadId: "first", ends: ENDS });
    expect([lead?.stage, lead?.reports.length]).toEqual(["qualified", 200]);
  });
});
