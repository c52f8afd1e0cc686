import path from "node:path";
import process from "node:process";
import { createAccess } from "../access/access.server.ts";
import { openDatabase } from "../database/db.server.ts";
import { readStoreEnv } from "../env/env.server.ts";
import { migrate } from "../database/migrate.server.ts";
import { createEventStore } from "../outbox/event-store.server.ts";
import { createSealer } from "../database/sealing.server.ts";
import { createHookStore } from "../leads/hooks/hook-store.server.ts";
import { createApiKeys } from "../leads/api-keys.server.ts";
import { createUnitCosts } from "../costs/unit-costs.server.ts";
import { createSettingsStore } from "../settings/settings-store.server.ts";
import { systemClock } from "../env/clock.server.ts";
import { createLogger } from "../logging/logger.server.ts";
import { reachStagesDeps } from "../server/leads-port.server.ts";
import { operatorEdits } from "./shop-command-ports.server.ts";
import { askControlSocket } from "./control-socket.server.ts";
import { runShopCommand, type ShopCommandResult } from "./shop-command.ts";
import { SHOP_HELP } from "./shop-options.ts";
import { runCommand } from "./run-command.server.ts";

/** A running app with the embedded database answers; otherwise the command opens the database. */
async function main(argv: readonly string[]): Promise<ShopCommandResult> {
  if (argv.includes("--help")) return { exitCode: 0, stdout: `${SHOP_HELP}\n`, stderr: "" };
  const env = readStoreEnv();
  const given = withWholePaths(argv);
  const answered = env.databaseUrl === undefined ? await askControlSocket(env.dataDir, given) : null;
  return answered ?? runHere(given, env);
}

/** The running app may have been started in another folder. */
const withWholePaths = (argv: readonly string[]): readonly string[] =>
  argv.map((word, n) => {
    const isPath = argv[0] === "import-stages" && (n === 1 || ["--file", "--errors"].includes(argv[n - 1] ?? ""));
    return isPath && !word.startsWith("--") ? path.resolve(word) : word;
  });

async function runHere(argv: readonly string[], env: ReturnType<typeof readStoreEnv>): Promise<ShopCommandResult> {
  const database = await openDatabase({ url: env.databaseUrl, dataDir: env.dataDir, maxConnections: 2 });
  try {
    await migrate(database);
    const sealer = createSealer(env.encryptionKeys);
    const settings = createSettingsStore(database.prisma, { sealer, now: systemClock });
    const log = createLogger({ level: "error", name: "tandem" });
    const events = createEventStore(database.prisma, { now: systemClock });
    return await runShopCommand(argv, {
      ...operatorEdits({
        settings,
        events,
        access: createAccess(database.prisma, { now: systemClock, log }),
        now: systemClock,
      }),
      apiKeys: createApiKeys(database.prisma, systemClock),
      crmHooks: createHookStore(database.prisma, { sealer, now: systemClock }),
      // The running app's sweep finds what this process does not wake it for.
      reachStages: reachStagesDeps({ database, events, queue: { wake: () => undefined }, now: systemClock }),
      unitCosts: createUnitCosts(database.prisma, systemClock),
      releaseHeld: async ({ id }) => void (await events.releaseHeld(id, systemClock())),
      // The running app publishes outdated settings within a minute; this process does not call Shopify.
      changed: () => Promise.resolve(),
    });
  } finally {
    await database.close();
  }
}

await runCommand(() => main(process.argv.slice(2)));
