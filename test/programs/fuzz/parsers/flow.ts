import type { StageRow } from "../../../../app/leads/types.ts";
import { acceptActionRun } from "../../../../app/pipeline/accept-action-run.ts";
import { parseActionRun } from "../../../../app/shopify/flow/parse-action-run.ts";
import { parseWorkflowChange } from "../../../../app/shopify/flow/parse-workflow-change.ts";
import { aShopDomain } from "../../../fixtures/orders/settings.ts";
import { jsonLike } from "../hostile-json.ts";
import { expectStorable, expectThat } from "../invariants.ts";
import { fuzzed, fuzzedAsync } from "../of-inputs.ts";
import { aShopWithoutLeads } from "../shop-without-leads.ts";

const SHOP = aShopDomain();
const RUN = JSON.stringify({
  shop_id: 1,
  shopify_domain: SHOP,
  action_run_id: "run-1",
  action_definition_id: "Send stage to Meta",
  handle: "tandem-send-stage",
  step_reference: "step-1",
  properties: {
    stage: "won",
    lead_reference: "deal-4711",
    customer_id: 191167,
    email: "ada@example.com",
    value: "10.00",
    currency: "EUR",
    reached_at: "2026-11-20T10:15:00+01:00",
  },
});

/** The body of an action, against a shop without leads. */
export const actionRuns = fuzzedAsync("acceptActionRun", jsonLike(RUN), async (text) => {
  const parsed = parseActionRun(text);
  expectStorable(parsed.ok ? parsed.value : parsed.problem);
  if (!parsed.ok) return;
  const rows: StageRow[] = [];
  const sent = { run: parsed.value, receivedAt: new Date("2026-11-21T12:00:00Z") };
  const accepted = await acceptActionRun(sent, aShopWithoutLeads(SHOP, rows));
  rows.forEach((row) => expectStorable(row));
  if (accepted.kind === "incomplete") expectThat(accepted.problem !== "", "what is missing is named");
  expectThat(accepted.kind !== "reported" || rows.length === 1, "what is reported is listed");
});

const CHANGE = JSON.stringify({
  flow_trigger_definition_id: "tandem-event-refused",
  has_enabled_flow: true,
  shop_id: "1",
  shopify_domain: SHOP,
  timestamp: "2026-11-30T09:00:00.000Z",
});

export const workflowChanges = fuzzed("parseWorkflowChange", jsonLike(CHANGE), (text) => {
  const parsed = parseWorkflowChange(text);
  expectStorable(parsed.ok ? parsed.value : parsed.problem);
  expectThat(!parsed.ok || !Number.isNaN(parsed.value.at.getTime()), "a change has a time");
});
