import { isStorable } from "../../event-contract/storable-text.ts";
import { STAGE_OUTCOMES, type StageOutcome } from "../../leads/types.ts";
import { LEAD_PERIODS, type LeadsQuery } from "../../server/lead-port-types.ts";
import type { LeadFilter } from "./lead-links.ts";

const LONGEST = 200;

/** What a URL asks for. Values that no field offers count as absent. */
export function readLeadQuery(parameters: URLSearchParams): { filter: LeadFilter; query: LeadsQuery } {
  const text = (name: string): string => {
    const value = (parameters.get(name) ?? "").trim();
    return value.length <= LONGEST && isStorable(value) ? value : "";
  };
  const period = LEAD_PERIODS.find((known) => known === text("period"));
  const reason = STAGE_OUTCOMES.find((known): known is StageOutcome => known === text("reason"));
  const given = { search: text("search"), stage: text("stage"), origin: text("origin") };
  return {
    filter: { ...given, period: period ?? "", reason: reason ?? "" },
    query: {
      search: given.search || undefined,
      stage: given.stage || undefined,
      origin: given.origin || undefined,
      period,
      reason,
      cursor: text("cursor") || undefined,
      refusedCursor: text("refused") || undefined,
    },
  };
}
