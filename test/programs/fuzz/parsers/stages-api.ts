import { acceptStages } from "../../../../app/pipeline/accept-stages.ts";
import { aShopDomain, settingsWith } from "../../../fixtures/orders/settings.ts";
import { jsonLike } from "../hostile-json.ts";
import { expectStorable, expectThat } from "../invariants.ts";
import { fuzzedAsync } from "../of-inputs.ts";
import type { LeadName, StageRow } from "../../../../app/leads/types.ts";

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
const HASH = /^[0-9a-f]{64}$/;

const expectNamed = ({ by, value }: LeadName): void => {
  expectStorable(value);
  if (by === "email" || by === "phone") {
    expectThat(HASH.test(value), "an address or number goes no further than its hash");
  }
};

/** The API's body against a shop without leads: what is read is listed, and nothing is sent. */
export const stagesOfApi = fuzzedAsync("acceptStages", jsonLike(...BODIES), async (text) => {
  const rows: StageRow[] = [];
  const accepted = await acceptStages(
    { shop: SHOP, text, idempotencyKey: "key" },
    {
      profile: () =>
        Promise.resolve({ shop: SHOP, ingestKey: "key", installed: true, settings: settingsWith({}), pixels: [] }),
      leadsNamed: (_shop, { names }) => {
        names.forEach(expectNamed);
        return Promise.resolve(names.map(() => []));
      },
      keptReports: () => Promise.resolve([]),
      addPosted: ([{ event }, ...others]) => {
        for (const { event: one } of [{ event }, ...others]) expectStorable(one);
        return Promise.resolve({
          due: false,
          added: [event, ...others].map(() => ({ outcome: "added", isDecided: true, queued: [] }) as const),
        });
      },
      keepReports: (_shop, kept) => {
        rows.push(...kept.rows);
        return Promise.resolve(new Set(kept.rows.map(({ idempotencyKey }) => idempotencyKey)));
      },
      keepDeclined: (_shop, { leads }) => {
        expectThat(
          leads.every(({ userData }) => Object.keys(userData).length === 0),
          "a lead that declined keeps nothing",
        );
        return Promise.resolve(0);
      },
      wake: () => undefined,
      now: () => new Date("2026-11-21T12:00:00Z"),
    },
  );
  rows.forEach((row) => expectStorable(row));
  if (accepted.kind !== "read") return;
  const items = (JSON.parse(text) as { stages: readonly unknown[] }).stages;
  expectThat(accepted.results.length === items.length, "each item has a result");
  expectThat(
    accepted.results.every(({ outcome, problem }) => (outcome === "invalid") === (problem !== undefined)),
    "an invalid item says what is wrong with it",
  );
});
