import type { StageReport } from "../leads/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { reachStage, reachStages, type ReachStagesDeps, type StageResult } from "./reach-stages.ts";

/**
 * As `reachStages`, for lists whose reports have IDs of their own: where one ID was used for something else, that report
 * alone is `key-reused`.
 */
export async function reachOneByOne(
  reports: readonly StageReport[],
  profile: ShopProfile,
  deps: ReachStagesDeps,
): Promise<readonly StageResult[]> {
  const distinct = new Map(reports.map((report) => [report.idempotencyKey, report]));
  const together = distinct.size < reports.length ? null : await reachStages(reports, profile, deps);
  if (together?.every(({ outcome }) => outcome !== "key-reused")) return together;
  const results: StageResult[] = [];
  for (const report of reports) results.push(await reachStage(report, profile, deps));
  return results;
}
