import { acceptStages } from "../../../../app/pipeline/accept-stages.ts";
import { aShopDomain } from "../../../fixtures/orders/settings.ts";
import { jsonLike } from "../hostile-json.ts";
import { expectStorable, expectThat } from "../invariants.ts";
import { fuzzedAsync } from "../of-inputs.ts";
import { aShopWithoutLeads } from "../shop-without-leads.ts";
import type { StageRow } from "../../../../app/leads/types.ts";

const SHOP = aShopDomain();
const AT = "2026-11-20T10:15:00+01:00";
const BODIES: readonly [string, ...string[]] = [
  JSON.stringify({
    crm: "HubSpot",
    stages: [
      { lead: { externalId: "deal-4711" }, stage: "qualified", at: AT, consent: "declined" },
      { lead: { email: "ada@example.com" }, stage: "won", at: 1_795_000_000, value: 900, currency: "EUR" },
      { lead: { phone: "+4930901820" }, stage: "reopen", at: AT },
      { lead: { leadId: "525645896321548" }, stage: "lead", at: AT, leadAt: AT, consent: "granted" },
      { lead: { eventId: "lead-1" }, stage: "qualified", at: AT },
    ],
  }),
];
/** The API's body against a shop without leads: what is read is listed, and nothing is sent. */
export const stagesOfApi = fuzzedAsync("acceptStages", jsonLike(...BODIES), async (text) => {
  const rows: StageRow[] = [];
  const accepted = await acceptStages({ shop: SHOP, text, idempotencyKey: "key" }, aShopWithoutLeads(SHOP, rows));
  rows.forEach((row) => expectStorable(row));
  if (accepted.kind !== "read") return;
  const items = (JSON.parse(text) as { stages: readonly unknown[] }).stages;
  expectThat(accepted.results.length === items.length, "each item has a result");
  expectThat(
    accepted.results.every(({ outcome, problem }) => (outcome === "invalid") === (problem !== undefined)),
    "an invalid item says what is wrong with it",
  );
});
