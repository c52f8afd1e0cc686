import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { FileOf } from "../privacy/assemble-customer-file.server.ts";
import type { DataRequests } from "../privacy/data-requests.server.ts";
import type { Counts } from "../privacy/types.ts";

export type AssembleDeps = {
  readonly requests: Pick<DataRequests, "takeOpen" | "customerOf" | "keepFile">;
  readonly assemble: (request: FileOf) => Promise<{ readonly file: string; readonly counts: Counts }>;
  /** Says that a file can be downloaded. May be repeated. */
  readonly alert: (shop: ShopDomain) => Promise<void>;
  readonly log: Log;
};

const REQUESTS_PER_ROUND = 20;

/** Assembles the files of customers who asked for their data. One that fails is tried again in the next round. */
export async function assembleDataRequests(deps: AssembleDeps): Promise<void> {
  const { requests, log } = deps;
  for (const request of await requests.takeOpen(REQUESTS_PER_ROUND)) {
    const { shop, requestId } = request;
    try {
      const { file, counts } = await deps.assemble({ ...request, customer: requests.customerOf(request) });
      // Before the file is stored, so that no file is ready without an alert; a crash in between repeats the alert.
      await deps.alert(shop);
      if (await requests.keepFile(request, file, counts)) {
        log.info("privacy.data-assembled", { shop, requestId, ...counts });
      }
    } catch (error) {
      log.error("privacy.data-not-assembled", { shop, requestId, error });
    }
  }
}
