import { setTimeout as pause } from "node:timers/promises";

import type { AdminGraphql, Unanswered } from "../shopify/admin/admin-graphql.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Money } from "../event-contract/money.ts";
import type { Log } from "../logging/logger.server.ts";
import { UNIT_COSTS, unitCosts, VARIANTS_PER_REQUEST } from "../costs/cost-operations.server.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { UnitCosts } from "../costs/unit-costs.server.ts";
import { inTime } from "../shopify/admin/answer-in-time.server.ts";
import { whyUnanswered } from "../shopify/admin/why-unanswered.ts";
import type { CostProblem } from "../costs/cost-problem.ts";
import { storedProblem } from "../wording/coded-problem.ts";
import { throttledAdmin } from "../shopify/admin/throttled-admin.ts";
import type { AskUnitCosts } from "../pipeline/add-net-revenue.ts";

export type AskCostsDeps = {
  /** Null if the shop has not granted access. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
  readonly unitCosts: UnitCosts;
  readonly log: Log;
};

/**
 * The costs of variants that were just sold. New ones are requested at once if there is time, else within minutes on
 * schedule. Never throws for Shopify's errors: an event without costs is sent without net revenue.
 */
export const costsOfSoldVariants =
  (deps: AskCostsDeps): AskUnitCosts =>
  async (shop, variantIds, withinMs) => {
    const { costs, unread, mayAsk } = await deps.unitCosts.ofSold(shop, variantIds);
    if (unread.length === 0 || withinMs === 0 || !mayAsk) return costs;
    const admin = await deps.admin(shop);
    if (admin === null) return costs;
    const ids = unread.slice(0, VARIANTS_PER_REQUEST);
    const read = await readSome(shop, ids, { ...deps, ask: (...request) => inTime(admin(...request), withinMs) });
    if (!read.ok) {
      // A slow answer may be faster next time; a refusal will be repeated.
      if (read.answer.kind === "refused") await deps.unitCosts.noteProblem(shop, problemOf(read.answer));
      return costs;
    }
    return new Map([
      ...costs,
      ...[...read.costs].flatMap(([id, cost]) => (cost === null ? [] : [[id, cost] as const])),
    ]);
  };

const SHOPS_PER_ROUND = 200;

/**
 * Reads costs that are a day old or were never read, one shop after another. Never throws: the next round continues.
 */
export async function readDueCosts(deps: AskCostsDeps): Promise<void> {
  for (const shop of await deps.unitCosts.due(SHOPS_PER_ROUND)) {
    try {
      await readShopsCosts(shop, deps);
    } catch (error) {
      deps.log.error("costs.unavailable", { shop, error });
    }
  }
}

/** Updates the costs of everything that the shop sells; deletes them if the merchant switched net revenue off. */
export async function readShopsCosts(shop: ShopDomain, deps: AskCostsDeps): Promise<void> {
  const isWanted = await wantsCosts(shop, deps);
  await deps.unitCosts.forget(shop, isWanted ? "unsold" : "everything");
  if (!isWanted) return;
  const admin = await deps.admin(shop);
  const problem =
    admin === null
      ? storedProblem({ code: "no-access", said: null } satisfies CostProblem)
      : await readAll(shop, { ...deps, ask: throttledAdmin(admin, async (ms) => void (await pause(ms))) });
  await (problem === null ? deps.unitCosts.noteRead(shop) : deps.unitCosts.noteProblem(shop, problem));
}

async function wantsCosts(shop: ShopDomain, { profile }: AskCostsDeps): Promise<boolean> {
  const { orders } = (await profile(shop))?.settings ?? {};
  return orders?.netRevenue === true;
}

/** Null when everything is up to date, else why not, as costs/cost-problem.ts reads it. */
async function readAll(shop: ShopDomain, reading: Reading): Promise<string | null> {
  for (let variants = 0; ;) {
    const ids = await reading.unitCosts.toRead(shop, VARIANTS_PER_REQUEST);
    if (ids.length === 0) {
      reading.log.info("costs.read", { shop, variants });
      return null;
    }
    const read = await readSome(shop, ids, reading);
    if (!read.ok) return problemOf(read.answer);
    variants += ids.length;
  }
}

type Read =
  | { readonly ok: true; readonly costs: ReadonlyMap<string, Money | null> }
  | { readonly ok: false; readonly answer: Unanswered };
type Reading = Pick<AskCostsDeps, "unitCosts" | "log"> & { readonly ask: AdminGraphql };

/** One request's variants. A variant that Shopify no longer has gets no cost. */
async function readSome(
  shop: ShopDomain,
  ids: readonly string[],
  { unitCosts: store, log, ask }: Reading,
): Promise<Read> {
  const answer = await ask(UNIT_COSTS, { ids: ids.map((id) => `gid://shopify/ProductVariant/${id}`) });
  if (answer.kind !== "answered") {
    log.warn("costs.unavailable", { shop, problem: answer.message });
    return { ok: false, answer };
  }
  const costByVariant = unitCosts(answer.data);
  const costs = new Map(ids.map((id) => [id, costByVariant.get(id) ?? null]));
  await store.save(shop, costs);
  return { ok: true, costs };
}

function problemOf(answer: Unanswered): string {
  const problem: CostProblem = answer.message.includes("read_products")
    ? { code: "no-scope", said: null }
    : whyUnanswered(answer);
  return storedProblem(problem);
}
