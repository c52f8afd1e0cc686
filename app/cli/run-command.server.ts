import process from "node:process";
import { runOrRefuse } from "./refused-start.server.ts";
import type { ShopCommandResult } from "./shop-command.ts";

/** Runs a command as this process: prints its output, and exits with its code. */
export const runCommand = (command: () => Promise<ShopCommandResult>): Promise<void> =>
  runOrRefuse(async () => {
    const { exitCode, stdout, stderr } = await command();
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = exitCode;
  });
