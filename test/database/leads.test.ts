import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { StageReport } from "../../app/leads/types.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aForm, aLeadScene, EMAIL, type LeadScene } from "../support/lead-scene.ts";
import { after, anId, GRANTED, NOON } from "../support/store-scenes.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("a lead, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.close());

  /** A lead at noon; it is two hours later. */
  async function aLead(changes: Parameters<typeof aForm>[0] = {}, settings: Parameters<typeof aLeadScene>[1] = {}) {
    const scene = await aLeadScene(database, settings);
    await scene.submit(aForm(changes));
    scene.at(after(2 * HOUR));
    return scene;
  }
  const outcomes = async (scene: LeadScene, ...reports: readonly Partial<StageReport>[]) =>
    (await scene.reach(...reports)).map(({ outcome }) => outcome);

  test("is stored with its form's event, once, with hashes and without the browser's address", async () => {
    const form = { reference: "crm-7", campaign: { utm_source: "meta", fbclid: "<b>x</b>" } };
    const scene = await aLead({ form });
    await scene.submit(aForm({ form }));

    expect(await scene.leads()).toMatchObject([
      {
        leadId: "lead-1",
        kind: "form",
        action: "Contact",
        sentAs: "Contact",
        happenedAt: NOON,
        externalId: "crm-7",
        userData: { em: [EMAIL], fbp: "fb.1.1763000000000.1234567890" },
        campaign: form.campaign,
        pixelIds: [scene.pixelId],
        page: "https://tea.example.com/products/green?utm_source=mail",
      },
    ]);
    expect(JSON.stringify(await scene.leads())).not.toContain("203.0.113.7");
    expect(await scene.stages()).toMatchObject([
      { stage: "lead", outcome: "accepted", source: "form", eventId: "lead-1" },
    ]);
  });

  test("reaches a stage once, as an event with its own identifiers and the event that it belongs to", async () => {
    const scene = await aLead();
    const reports = [{ happenedAt: after(HOUR), worth: { value: 50, currency: "EUR" } }];

    expect(await scene.reach(...reports)).toEqual([
      { outcome: "accepted", leadId: "lead-1", eventId: "stage.qualified.lead-1" },
    ]);
    expect(await outcomes(scene, ...reports)).toEqual(["duplicate"]);

    const stages = (await scene.events()).filter(({ eventName }) => eventName === "LeadStage");
    expect(stages).toMatchObject([{ state: "queued", origin: "lead", eventId: "stage.qualified.lead-1" }]);
    expect(stages[0]?.body).toEqual({
      event_name: "LeadQualified",
      event_id: "stage.qualified.lead-1",
      event_time: after(HOUR).getTime() / 1000,
      action_source: "system_generated",
      user_data: { em: [EMAIL], fbp: "fb.1.1763000000000.1234567890" },
      custom_data: { value: 50, currency: "EUR" },
      original_event_data: { event_name: "Contact", event_time: NOON.getTime() / 1000, event_id: "lead-1" },
    });
    expect(await database.prisma.delivery.count({ where: { shop: scene.shop, eventName: "LeadStage" } })).toBe(1);
    expect(scene.woken).toEqual([{ shop: scene.shop, pixelId: scene.pixelId, isDecided: true }]);
  });

  const report = (stage: string, hours: number): Partial<StageReport> => ({ stage, happenedAt: after(hours * HOUR) });
  const CASES: readonly (readonly [string, readonly Partial<StageReport>[], readonly string[]])[] = [
    ["the whole way, in any order of the list", [report("Won", 2), report("QUALIFIED", 1)], ["accepted", "accepted"]],
    ["a stage that is left out", [report("won", 1)], ["out-of-order"]],
    [
      "an earlier stage after a later one in time",
      [report("qualified", 2), report("won", 1)],
      ["accepted", "out-of-order"],
    ],
    ["the lead's own stage", [report("lead", 1)], ["duplicate"]],
    ["a stage nobody defined", [report("sold", 1)], ["unknown-stage"]],
    ["a time before the lead", [report("qualified", -1)], ["before-lead"]],
    ["a time in the future", [report("qualified", 3)], ["in-future"]],
    ["a lead nobody knows", [{ ...report("qualified", 1), lead: { by: "external-id", value: "?" } }], ["unknown-lead"]],
    ["a stage after the end", [report("disqualified", 1), report("qualified", 2)], ["accepted", "after-disqualified"]],
    [
      "a lead that is opened again",
      [report("disqualified", 1), report("reopen", 1.5), report("qualified", 2)],
      ["accepted", "reopened", "accepted"],
    ],
    [
      "a lead that ends twice",
      [report("disqualified", 1), report("reopen", 1.2), report("disqualified", 1.4), report("qualified", 2)],
      ["accepted", "reopened", "disqualified-again", "after-disqualified"],
    ],
    ["opening what is open", [report("reopen", 1)], ["duplicate"]],
    [
      "a lead that is won",
      [report("qualified", 1), report("won", 1.1), report("disqualified", 2)],
      ["accepted", "accepted", "out-of-order"],
    ],
    [
      "a person who declined since",
      [
        { ...report("qualified", 1), consent: "declined" },
        { ...report("qualified", 2), consent: "granted" },
      ],
      ["declined-consent", "declined-consent"],
    ],
  ];

  test.each(CASES)("%s has its exact answer, in one list and one by one", async (_title, reports, answers) => {
    const together = await aLead();
    expect(await outcomes(together, ...reports)).toEqual(answers);
    const rows = await together.stages();
    expect(
      rows
        .slice(1)
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual([...answers].toSorted());

    const scene = await aLead();
    const inTime = reports.toSorted((one, other) => Number(one.happenedAt) - Number(other.happenedAt));
    const single: (string | undefined)[] = [];
    for (const one of inTime) single.push((await outcomes(scene, one))[0]);
    expect(single.toSorted()).toEqual([...answers].toSorted());
  });

  test("is never sent at any stage where it declined, and keeps nothing of the person", async () => {
    const scene = await aLead({ consent: { ...GRANTED, marketing: false } });

    expect(await outcomes(scene, report("qualified", 1))).toEqual(["declined-consent"]);
    expect(await scene.leads()).toMatchObject([{ userData: {}, page: null, campaign: null }]);
    expect((await scene.events()).map(({ eventName }) => eventName)).toEqual(["Contact"]);
  });

  test("loses its identifiers when a report says that its person declined", async () => {
    const scene = await aLead();
    await scene.reach({ ...report("qualified", 1), consent: "declined" });
    expect(await scene.leads()).toMatchObject([{ userData: {}, page: null, signal: { marketing: false } }]);
  });

  test("has seven days for a stage", async () => {
    const scene = await aLead();
    scene.at(after(8 * DAY));
    expect(
      await outcomes(scene, report("qualified", 0.5), { ...report("qualified", 25), idempotencyKey: "in-time" }),
    ).toEqual(["too-old", "accepted"]);
  });

  test("is found by each of its names, and two leads of one name are ambiguous", async () => {
    const scene = await aLead({ form: { reference: "crm-7" } });
    const byEmail = { by: "email", value: EMAIL } as const;
    expect(
      await outcomes(scene, { lead: { by: "external-id", value: "crm-7" } }, { lead: byEmail, stage: "won" }),
    ).toEqual(["accepted", "accepted"]);
    await scene.submit(aForm({ id: anId("lead-2") }));
    expect(await outcomes(scene, { lead: byEmail })).toEqual(["ambiguous"]);
    expect(await outcomes(scene, { lead: { by: "event-id", value: "lead-2" }, happenedAt: after(2 * HOUR) })).toEqual([
      "accepted",
    ]);
  });

  test("gets the same answer for the same key, and none for a key that is used for something else", async () => {
    const scene = await aLead();
    const one = { ...report("won", 1), idempotencyKey: "k", digest: "1" };
    expect(await outcomes(scene, one)).toEqual(["out-of-order"]);
    await scene.reach(report("qualified", 0.5));

    expect(await outcomes(scene, one)).toEqual(["out-of-order"]);
    expect(await outcomes(scene, report("won", 2), { ...one, digest: "2" })).toEqual(["key-reused", "key-reused"]);
    expect((await scene.stages()).filter(({ stage }) => stage === "won")).toHaveLength(1);
  });

  test("reaches a stage once where two requests say so at the same time", async () => {
    const scene = await aLead();
    const same = { ...report("qualified", 1), idempotencyKey: "same" };
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => outcomes(scene, report("qualified", 1))),
      ...Array.from({ length: 5 }, () => outcomes(scene, same)),
    ]);

    const accepted = (await scene.stages()).filter(
      ({ stage, outcome }) => stage === "qualified" && outcome === "accepted",
    );
    expect(accepted).toHaveLength(1);
    expect(new Set(answers.flat())).toEqual(new Set(["accepted", "duplicate"]));
    expect(new Set(answers.slice(5).flat()).size).toBe(1);
  });
});
