import { troubleInWords } from "../database/key-problem.ts";
import { troublesOfKeys } from "../database/key-rotation.server.ts";
import type { Database } from "../database/db.server.ts";
import type { Sealer } from "../database/sealing.server.ts";
import type { Log } from "../logging/logger.server.ts";

const LOOK_EVERY_MS = 60_000;

/**
 * Checks the keys once a minute; returns the problem, or null. Startup has checked them already: this detects a
 * restored database, or another process with other keys. Orders are still accepted, and wait for the right key.
 */
export function watchKeys(database: Pick<Database, "prisma">, sealer: Sealer, log: Log): () => Promise<string | null> {
  let last: { readonly at: number; readonly words: string | null } | undefined;
  return async () => {
    const at = performance.now();
    if (last !== undefined && at - last.at < LOOK_EVERY_MS) return last.words;
    const troubles = await troublesOfKeys(database.prisma, sealer);
    const words = troubles.map(troubleInWords).join("; ") || null;
    if (words !== null) log.error("keys.do-not-open", { problem: words });
    last = { at, words };
    return words;
  };
}
