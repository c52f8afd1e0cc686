import type { LeadName, StageRow } from "../../../app/leads/types.ts";
import type { ReachStagesDeps } from "../../../app/pipeline/reach-stages.ts";
import type { ShopProfile } from "../../../app/settings/types.ts";
import { settingsWith } from "../../fixtures/orders/settings.ts";
import type { ShopDomain } from "../../../app/event-contract/event-id.ts";
import { expectStorable, expectThat } from "./invariants.ts";

const HASH = /^[0-9a-f]{64}$/;

const expectNamed = ({ by, value }: LeadName): void => {
  expectStorable(value);
  if (by === "email" || by === "phone" || by === "customer") {
    expectThat(HASH.test(value), "an address, a number or a customer's ID goes no further than its hash");
  }
};

/** A shop that knows no lead: what is read is listed in `rows`, and nothing is sent. */
export function aShopWithoutLeads(
  shop: ShopDomain,
  rows: StageRow[],
): ReachStagesDeps & { readonly profile: () => Promise<ShopProfile> } {
  return {
    profile: () => Promise.resolve({ shop, ingestKey: "key", installed: true, settings: settingsWith({}), pixels: [] }),
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
  };
}
