import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtoken-of-the-leads-test";
const NOW_S = Math.floor(Date.now() / 1_000);

let meta: MetaSimulator;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
});
afterEach(() => meta.reset());
afterAll(() => meta.close());

const SENT = {
  event_name: "LeadQualified",
  event_time: NOW_S - 60,
  event_id: "stage.qualified.1",
  action_source: "system_generated",
};
const OF_INSTANT_FORM = {
  ...SENT,
  user_data: { lead_id: "525645896321548" },
  custom_data: { event_source: "crm", lead_event_source: "HubSpot" },
};
const ORIGINAL = { event_name: "Lead", event_time: NOW_S - 3_600, event_id: "lead-1" };
const OF_FORM = { ...SENT, user_data: { em: ["e".repeat(64)] }, original_event_data: ORIGINAL };

async function graph(event: object) {
  const answer = await fetch(`${meta.httpUrl}/v27.0/${PIXEL}/events`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ data: [event] }),
  });
  // The shape that the assertions below look at.
  const body = (await answer.json()) as { error?: { message: string; error_subcode?: number } };
  return { status: answer.status, message: body.error?.message ?? "", subcode: body.error?.error_subcode };
}

test.each([
  ["an Instant Form", OF_INSTANT_FORM],
  ["a form", OF_FORM],
  [
    "a form, known by its order",
    { ...OF_FORM, original_event_data: { ...ORIGINAL, event_id: undefined, order_id: "1" } },
  ],
])("Meta takes a stage of a lead from %s", async (_, event) => {
  expect(await graph(event)).toMatchObject({ status: 200 });
  expect(meta.received()).toHaveLength(1);
});

test.each<[string, object, RegExp]>([
  [
    "an Instant Form's lead on a website",
    { ...OF_INSTANT_FORM, action_source: "website", event_source_url: "https://a.example/" },
    /system_generated/,
  ],
  [
    "no event_source",
    { ...OF_INSTANT_FORM, custom_data: { lead_event_source: "HubSpot" } },
    /event_source must be crm/,
  ],
  [
    "another event_source",
    { ...OF_INSTANT_FORM, custom_data: { event_source: "web", lead_event_source: "x" } },
    /event_source must be crm/,
  ],
  ["no name of the CRM", { ...OF_INSTANT_FORM, custom_data: { event_source: "crm" } }, /must name the CRM/],
  [
    "an empty name of the CRM",
    { ...OF_INSTANT_FORM, custom_data: { event_source: "crm", lead_event_source: "" } },
    /must name the CRM/,
  ],
  [
    "an original event without a name",
    { ...OF_FORM, original_event_data: { ...ORIGINAL, event_name: "" } },
    /no earlier event/,
  ],
  [
    "an original event to come",
    { ...OF_FORM, original_event_data: { ...ORIGINAL, event_time: NOW_S + 600 } },
    /no earlier event/,
  ],
  [
    "an original event without an ID",
    { ...OF_FORM, original_event_data: { ...ORIGINAL, event_id: undefined } },
    /no earlier event/,
  ],
  ["an original event that is none", { ...OF_FORM, original_event_data: "lead-1" }, /must be an object/],
])("Meta refuses a stage with %s", async (_, event, message) => {
  const answer = await graph(event);
  expect(answer.status).toBe(400);
  expect(answer.message).toMatch(message);
  expect(meta.received()).toEqual([]);
});

test.each(["52564589632154", "525645896321548999", "lead-1", 525645896321548])(
  "Meta refuses the lead's ID %s",
  async (lead_id) => {
    expect(await graph({ ...OF_INSTANT_FORM, user_data: { lead_id } })).toMatchObject({
      status: 400,
      subcode: 2804036,
    });
  },
);
