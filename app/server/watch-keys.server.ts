import type { Alert } from "../alerts/alerts.server.ts";
import { troubleInWords } from "../database/key-problem.ts";
import { troublesOfKeys } from "../database/key-rotation.server.ts";
import type { Database } from "../database/db.server.ts";
import type { Sealer } from "../database/sealing.server.ts";
import type { Log } from "../logging/logger.server.ts";

const LOOK_EVERY_MS = 60_000;

export type WatchedKeys = {
  /** The problem, or null; looked up at most once a minute. */
  readonly problem: () => Promise<string | null>;
  /** Looks once a minute until the returned function is called. */
  readonly start: () => () => void;
};

type WatchDeps = {
  readonly sealer: Sealer;
  /** Alerts the operator. When it fails, the next look tries again. */
  readonly alert: (alert: Alert) => Promise<void>;
  readonly now: () => Date;
  readonly log: Log;
};

/**
 * Watches whether the keys open what is stored. Startup has checked them already: this detects a restored database, or
 * another process with other keys. Orders are still accepted, and wait for the right key. The operator is alerted once
 * when a problem begins and once when it ends, by each process, because each has its own keys.
 */
export function watchKeys(database: Pick<Database, "prisma">, deps: WatchDeps): WatchedKeys {
  let last: { readonly at: number; readonly problem: string | null } | undefined;
  let isAlerted = false;

  const alert = async (problem: string | null): Promise<void> => {
    const wasAlerted = isAlerted;
    isAlerted = problem !== null;
    if (isAlerted === wasAlerted) return;
    try {
      await deps.alert(alertAbout(problem, deps.now()));
    } catch (error) {
      isAlerted = wasAlerted;
      deps.log.error("background.failed", { task: "keys-alert", error });
    }
  };

  const problem = async (): Promise<string | null> => {
    const at = performance.now();
    if (last !== undefined && at - last.at < LOOK_EVERY_MS) return last.problem;
    const troubles = await troublesOfKeys(database.prisma, deps.sealer);
    const words = troubles.map(troubleInWords).join("; ") || null;
    if (words !== null) deps.log.error("keys.do-not-open", { problem: words });
    last = { at, problem: words };
    // Nobody who asks for the problem waits for the alert.
    void alert(words);
    return words;
  };

  const look = (): void => {
    problem().catch((error: unknown) => deps.log.error("background.failed", { task: "keys", error }));
  };
  return {
    problem,
    start: () => {
      const timer = setInterval(look, LOOK_EVERY_MS).unref();
      return () => clearInterval(timer);
    },
  };
}

const MENDED = "TANDEM_ENCRYPTION_KEYS of this process opens everything that is stored. What waited is being sent.";

const alertAbout = (problem: string | null, now: Date): Alert =>
  problem === null
    ? { kind: "keys-mended", reason: MENDED, at: now.toISOString() }
    : { kind: "keys-do-not-open", reason: `${problem}. ${ADVICE}`, at: now.toISOString() };

const ADVICE =
  "Orders are accepted, and wait; Meta takes them for seven days. Put the right key into TANDEM_ENCRYPTION_KEYS of " +
  "this process and restart it; see Keys in docs/self-hosting.md.";
