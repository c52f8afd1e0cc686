import { readEnv } from "../env/env.server.ts";
import { acceptHook } from "../pipeline/accept-hook.ts";
import { acceptHookDeps } from "../server/leads-port.server.ts";
import { acceptOrder } from "../pipeline/accept-order.ts";
import { reconcileShop } from "../server/schedule.server.ts";
import { acceptOrderDeps, type OpenApp, openApp } from "../server/open-app.server.ts";
import { replayQuarantined } from "../pipeline/replay-quarantined.ts";
import { readConsentLog } from "../ledger/consent-log.server.ts";
import { createLogger, type Log } from "../logging/logger.server.ts";
import { webhookPorts } from "../server/run-app.server.ts";
import { askControlSocket } from "./control-socket.server.ts";
import { type OperatorPorts, runOperatorCommand } from "./operator-command.ts";
import type { ShopCommandResult } from "./shop-command.ts";
import { runCommand } from "./run-command.server.ts";

export const operatorPorts = (app: OpenApp, log: Log): OperatorPorts => ({
  installedShops: async () => (await app.settings.list()).filter(({ installed }) => installed).map(({ shop }) => shop),
  reconcile: (shop) => reconcileShop(app, log, { shop, graceMs: 0 }),
  quarantined: app.quarantine.list,
  open: app.quarantine.open,
  noteSeen: (shop, seen) => app.access.seen.note(shop, "operator", seen),
  replay: async (payload) => {
    const order = acceptOrderDeps(app);
    const outcome = await replayQuarantined(payload, {
      // The webhook ID was stored when its payload was quarantined, so the order is added without it.
      acceptOrder: (webhook) =>
        acceptOrder(webhook, { ...order, add: (event, _webhook, also) => app.events.add(event, null, also) }),
      acceptAppWebhook: webhookPorts(app, log).acceptAppWebhook,
      acceptHook: async (hookId, { body, receivedAt }) => {
        const open = await app.crmHooks.open(hookId);
        return open && acceptHook({ hook: open.hook, body, receivedAt }, acceptHookDeps(app));
      },
      markReplayed: app.quarantine.markReplayed,
      now: app.now,
    });
    log.info("quarantine.replayed", { shop: payload.shop, id: payload.id, outcome });
    return outcome;
  },
  consents: (shop, query) => readConsentLog(app.database.prisma, shop, query),
  now: app.now,
});

const STOP_MS = 2_000;

/** A running app with the embedded database answers; otherwise this process opens the database. */
async function answerTo(argv: readonly string[]): Promise<ShopCommandResult> {
  const env = readEnv();
  const answered = env.databaseUrl === undefined ? await askControlSocket(env.dataDir, argv) : null;
  if (answered !== null) return answered;
  const log = createLogger({ level: "silent", name: "tandem" });
  const app = await openApp(env, log);
  try {
    return await runOperatorCommand(argv, operatorPorts(app, log));
  } finally {
    await app.sending.finish(STOP_MS);
    await app.close();
  }
}

/** The program of `npm run reconcile`, `npm run quarantine` and `npm run consent`: runs, prints, sets the exit code. */
export const runAsProgram = (argv: readonly string[]): Promise<void> =>
  runCommand(() => (argv.includes("--help") ? runOperatorCommand(argv, noPorts) : answerTo(argv)));

const never = (): never => {
  throw new Error("help must not use a port");
};
const noPorts: OperatorPorts = {
  installedShops: never,
  reconcile: never,
  quarantined: never,
  open: never,
  replay: never,
  consents: never,
  noteSeen: never,
  now: never,
};
