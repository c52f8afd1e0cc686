import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { DEFAULT_FUNNEL } from "../../app/settings/funnel.ts";
import type { FunnelStage } from "../../app/settings/types.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aForm, aLeadScene } from "../support/lead-scene.ts";
import { after, NOON } from "../support/store-scenes.ts";

const HOUR = 3_600_000;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("a lead, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.close());

  test("of an Instant Form is made by its first stage, with Meta's ID and the CRM's name", async () => {
    const scene = await aLeadScene(database);
    scene.at(after(2 * HOUR));
    const lead = { by: "lead-id", value: "525645896321548" } as const;
    const answers = await scene.reach(
      { lead, stage: "lead", happenedAt: NOON, consent: "granted", crm: "HubSpot" },
      { lead, stage: "qualified", happenedAt: after(HOUR), crm: "HubSpot" },
      { lead: { ...lead, value: "525645896321549" }, stage: "lead" },
      { lead: { ...lead, value: "525645896321550" }, stage: "lead", consent: "declined" },
      { lead: { ...lead, value: "525645896321550" }, stage: "lead", consent: "granted", happenedAt: after(1) },
    );

    expect(answers.map(({ outcome }) => outcome)).toEqual([
      "accepted",
      "accepted",
      "consent-unknown",
      "declined-consent",
      "declined-consent",
    ]);
    const bodies = (await scene.events()).map(({ body }) => body as { event_name: string });
    expect(bodies.toSorted((one, other) => other.event_name.localeCompare(one.event_name))).toEqual([
      {
        event_name: "LeadReceived",
        event_id: "stage.lead.instant-form.525645896321548",
        event_time: NOON.getTime() / 1000,
        action_source: "system_generated",
        user_data: { lead_id: "525645896321548" },
        custom_data: { event_source: "crm", lead_event_source: "HubSpot" },
      },
      expect.objectContaining({ event_name: "LeadQualified", user_data: { lead_id: "525645896321548" } }),
    ]);
    expect(
      (await scene.reach({ lead: { ...lead, value: "525645896321550" }, stage: "lead", consent: "granted" })).map(
        ({ outcome }) => outcome,
      ),
    ).toEqual(["declined-consent"]);
  });

  test("has the value and the expected value that the merchant gave its stage", async () => {
    const worth = { value: 20, currency: "USD", predictedLtv: 300 } satisfies Partial<FunnelStage>;
    const stages = DEFAULT_FUNNEL.stages.map((stage) => (stage.key === "qualified" ? { ...stage, ...worth } : stage));
    const scene = await aLeadScene(database, { funnel: { ...DEFAULT_FUNNEL, stages } });
    await scene.submit(aForm());
    scene.at(after(2 * HOUR));
    await scene.reach({ happenedAt: after(HOUR) });
    const stage = (await scene.events()).find(({ eventName }) => eventName === "LeadStage");
    expect(stage?.body).toMatchObject({ custom_data: { value: 20, currency: "USD", predicted_ltv: 300 } });
  });
});
