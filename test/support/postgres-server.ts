import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Where the shared server of this user keeps its files. Under the temporary folder, which every user can enter. */
export const SERVER_FOLDER = join(tmpdir(), `tandem-postgres-${userInfo().uid}`);
export const KEEPER_SOCKET = join(SERVER_FOLDER, "keeper.sock");

/** What the keeper says to each visitor, as one line of JSON. */
export type KeeperWord = { readonly url: string } | { readonly problem: string };

const KEEPER = fileURLToPath(new URL("./postgres-keeper.ts", import.meta.url));
const RETRY_MS = 250;
const PATIENCE_MS = 90_000;

let address: Promise<string> | undefined;

/**
 * The address of a PostgreSQL server that runs as long as any process that asked for it, started when there is none.
 * The open socket to its keeper is the claim: it ends with this process, however that dies, and with the last one the
 * server stops. Throws where PostgreSQL cannot run, naming TEST_DATABASE_URL as the way out.
 */
export const serverAddress = (): Promise<string> => (address ??= askKeeper());

async function askKeeper(): Promise<string> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (Date.now() < giveUpAt) {
    const word = await visit();
    if (word !== null && "url" in word) return word.url;
    if (word !== null) throw new Error(`${word.problem} Set TEST_DATABASE_URL to the address of a PostgreSQL server.`);
    startKeeper();
    await pause(RETRY_MS);
  }
  throw new Error("PostgreSQL did not start. Set TEST_DATABASE_URL to the address of a PostgreSQL server.");
}

/** Null when there is no keeper, or it was about to stop. */
const visit = (): Promise<KeeperWord | null> =>
  new Promise((resolve) => {
    const socket: Socket = connect(KEEPER_SOCKET);
    socket.on("error", () => resolve(null));
    socket.once("close", () => resolve(null));
    socket.setEncoding("utf8").once("data", (line: string) => {
      // Stays open without keeping the process alive.
      socket.unref();
      // The keeper writes this one line and nothing else; it is far shorter than a packet.
      resolve(JSON.parse(line) as KeeperWord);
    });
  });

/** A second keeper sees the locked folder and exits, so starting one too many does no harm. */
function startKeeper(): void {
  mkdirSync(SERVER_FOLDER, { recursive: true, mode: 0o711 });
  spawn(process.execPath, [KEEPER], { detached: true, stdio: "ignore", cwd: SERVER_FOLDER }).unref();
}
