import { fileURLToPath, pathToFileURL } from "node:url";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import { type Env, readEnv } from "../env/env.server.ts";
import type { RemixApp } from "../server/http/remix.server.ts";
import { logOutput } from "../logging/log-output.server.ts";
import { createLogger, type Log } from "../logging/logger.server.ts";
import type { OpenApp } from "../server/open-app.server.ts";
import { type RunningApp, runApp } from "../server/run-app.server.ts";
import { answerOnControlSocket } from "./control-socket.server.ts";
import { isOperatorCommand, runOperatorCommand } from "./operator-command.ts";
import { operatorPorts } from "./operator-ports.server.ts";
import { runShopCommand } from "./shop-command.ts";
import { shopCommandPorts } from "./shop-command-ports.server.ts";
import { isRotateKeysCommand, runRotateKeys } from "./rotate-keys-command.ts";
import { rotateKeysPorts } from "./rotate-keys-ports.server.ts";
import { runOrRefuse } from "./refused-start.server.ts";

const BUILD = new URL("../../build/", import.meta.url);

const HELP = `Usage: npm start

Serves the built app, configured by the environment (see .env.example). TANDEM_ROLE=web or worker splits it.
SIGTERM and SIGINT stop it cleanly. Exit codes: 0 stopped, 1 the start was refused (the reason is printed).
`;

/** The built pages from `remix vite:build`. */
async function builtRemix(context: AppLoadContext): Promise<RemixApp> {
  // Imported only here, so that a worker does not load it.
  const { createRequestHandler } = await import("@remix-run/node");
  // The build's own shape is Remix's contract with itself: same version, same lockfile.
  const build = (await import(pathToFileURL(fileURLToPath(new URL("server/index.js", BUILD))).href)) as ServerBuild;
  const respond = createRequestHandler(build, "production");
  return { respond: (request) => respond(request, context), clientFolder: fileURLToPath(new URL("client", BUILD)) };
}

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    process.stdout.write(HELP);
    return;
  }
  const env = readEnv();
  const log = createLogger({ level: env.logLevel, name: "tandem", to: logOutput() });
  const beforeListening = (opened: OpenApp): Promise<void> => answerCommands(opened, env, log);
  // Without another wait, because the process may be stopped as soon as it is ready.
  stopOnSignals(await runApp(env, log, { remix: builtRemix, beforeListening }));
}

/** Answers the command line, which cannot open the embedded database while this process has it. */
async function answerCommands(opened: OpenApp, { dataDir }: Env, log: Log): Promise<void> {
  const { database, sealer } = opened;
  if (database.kind !== "pglite") return;
  process.stderr.write(EMBEDDED);
  await answerOnControlSocket(dataDir, (argv) => {
    if (isRotateKeysCommand(argv)) return runRotateKeys(argv, rotateKeysPorts(database.prisma, sealer));
    if (isOperatorCommand(argv)) return runOperatorCommand(argv, operatorPorts(opened, log));
    return runShopCommand(argv, shopCommandPorts(opened));
  });
}

const EMBEDDED = `Tandem: the embedded database is in use (DATABASE_URL is not set). It serves this one process, and survives
its crash, but not a power cut: the last seconds may then be missing. For more, set DATABASE_URL to a PostgreSQL server.
`;

function stopOnSignals(app: RunningApp): void {
  const stop = (): void => {
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

await runOrRefuse(main);
