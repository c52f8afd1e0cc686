import type { AppQuestions } from "./child-app.ts";
import { type Child, startChild, type Usage } from "./child-process.ts";
import type { LoadPlan, LoadQuestions, LoadResult } from "./child-load.ts";
import type { BenchDatabase } from "./database.ts";

export type Server = Child<AppQuestions>;
/** A source of resource usage. */
export type Costly = { readonly ask: (name: "usage", nothing: undefined) => Promise<Usage> };

/** What one stretch of work cost the processes that did it. */
export type Cost = { readonly appUs: number; readonly databaseUs: number; readonly peakRssBytes: number };

const LOOK_MS = 500;

/** One figure of all the servers together. */
export async function usageSum(servers: readonly Costly[], key: keyof Usage): Promise<number> {
  const usages = await Promise.all(servers.map((server) => server.ask("usage", undefined)));
  return usages.reduce((total, one) => total + one[key], 0);
}

/** Measures what the servers and their database use while `work` runs. */
export async function costing<Result>(
  servers: readonly Costly[],
  database: Pick<BenchDatabase, "cpuUs">,
  work: () => Promise<Result>,
): Promise<{ result: Result; cost: Cost }> {
  const usages = (): Promise<Usage[]> => Promise.all(servers.map((server) => server.ask("usage", undefined)));
  const sum = (all: readonly Usage[], key: keyof Usage): number => all.reduce((total, one) => total + one[key], 0);
  const [before, databaseBefore] = [await usages(), database.cpuUs()];
  // The usage of a connection that ends is lost, except for what was sampled before.
  const looking = setInterval(database.cpuUs, LOOK_MS);
  const result = await work().finally(() => clearInterval(looking));
  const [after, databaseAfter] = [await usages(), database.cpuUs()];
  return {
    result,
    cost: {
      appUs: sum(after, "cpuUs") - sum(before, "cpuUs"),
      databaseUs: databaseAfter - databaseBefore,
      peakRssBytes: sum(after, "peakRssBytes"),
    },
  };
}

export const startApp = (
  database: BenchDatabase,
  options: { readonly graphUrl: string; readonly role: "all" | "web" | "worker" },
): Promise<Server> =>
  startChild<AppQuestions>("app", database.env(options.graphUrl, { TANDEM_ROLE: options.role, ...UNLIMITED }));

// The load comes from one address; a shop's visitors come from thousands.
const UNLIMITED = {
  TANDEM_COLLECT_PER_ADDRESS: "100000000",
  TANDEM_COLLECT_PER_SHOP: "100000000",
  TANDEM_COLLECT_KB_PER_ADDRESS: "100000000",
  TANDEM_COLLECT_KB_PER_SHOP: "100000000",
};

/** Sends new orders from a separate process. */
export async function startLoad(shops: number, path = "/webhooks/orders", together = 1) {
  const child = await startChild<LoadQuestions>("load");
  let first = 0;
  return {
    /** Makes and signs the next orders; gives the number of the first. */
    prepare: async (count: number): Promise<number> => {
      const from = first;
      first += count;
      await child.ask("prepare", { first: from, count, shops, path, together });
      return from;
    },
    post: (plan: LoadPlan): Promise<LoadResult> => child.ask("post", plan),
    sent: () => first,
    end: child.end,
  };
}
