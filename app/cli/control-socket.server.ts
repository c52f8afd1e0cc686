import { chmod, rm } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { z } from "zod";
import type { ShopCommandResult } from "./shop-command.ts";

const Result = z.object({
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  stdout: z.string(),
  stderr: z.string(),
});
const Argv = z.array(z.string());

// Windows has named pipes instead of unix sockets in folders.
const addressIn = (dataDir: string): string =>
  process.platform === "win32"
    ? `\\\\.\\pipe\\tandem-${Buffer.from(path.resolve(dataDir)).toString("hex").slice(-40)}`
    : path.join(dataDir, "control.sock");

/**
 * PGlite serves one process, so while the app runs no other process can open its folder. The app therefore answers `npm
 * run shop` on a socket in that folder that only its owner can read. Not used with a PostgreSQL server.
 */
export async function answerOnControlSocket(
  dataDir: string,
  run: (argv: readonly string[]) => Promise<ShopCommandResult>,
): Promise<{ close(): Promise<void> }> {
  const address = addressIn(dataDir);
  await rm(address, { force: true });
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => socket.destroy());
    socket.on("end", () => {
      void answer(Buffer.concat(chunks).toString("utf8"), run).then((result) => socket.end(JSON.stringify(result)));
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(address, resolve));
  if (process.platform !== "win32") await chmod(address, 0o600);
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function answer(
  text: string,
  run: (argv: readonly string[]) => Promise<ShopCommandResult>,
): Promise<ShopCommandResult> {
  try {
    return await run(Argv.parse(JSON.parse(text)));
  } catch (error) {
    return { exitCode: 1, stdout: "", stderr: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

/** Sends a command to the running app; null if no app answers in this folder. */
export async function askControlSocket(dataDir: string, argv: readonly string[]): Promise<ShopCommandResult | null> {
  const text = await new Promise<string | null>((resolve) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(addressIn(dataDir), () => socket.end(JSON.stringify(argv)));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => resolve(null));
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });
  return text === null ? null : Result.parse(JSON.parse(text));
}
