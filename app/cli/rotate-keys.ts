import process from "node:process";
import { openDatabase } from "../database/db.server.ts";
import { migrate } from "../database/migrate.server.ts";
import { createSealer } from "../database/sealing.server.ts";
import { readStoreEnv } from "../env/env.server.ts";
import { askControlSocket } from "./control-socket.server.ts";
import { runCommand } from "./run-command.server.ts";
import { ROTATE_KEYS_HELP, runRotateKeys } from "./rotate-keys-command.ts";
import { rotateKeysPorts } from "./rotate-keys-ports.server.ts";
import type { ShopCommandResult } from "./shop-command.ts";

/** A running app with the embedded database answers; otherwise this process opens the database. */
async function main(args: readonly string[]): Promise<ShopCommandResult> {
  if (args.includes("--help")) return { exitCode: 0, stdout: ROTATE_KEYS_HELP, stderr: "" };
  const env = readStoreEnv();
  const sealer = createSealer(env.encryptionKeys);
  const argv = ["rotate-keys", ...args];
  const command = [...argv, "--current", sealer.keyIds[0]];
  const answered = env.databaseUrl === undefined ? await askControlSocket(env.dataDir, command) : null;
  if (answered !== null) return answered;
  const database = await openDatabase({ url: env.databaseUrl, dataDir: env.dataDir });
  try {
    await migrate(database);
    return await runRotateKeys(argv, rotateKeysPorts(database.prisma, sealer));
  } finally {
    await database.close();
  }
}

await runCommand(() => main(process.argv.slice(2)));
