// Starts PostgreSQL for everyone who connects to its socket, and stops it soon after the last one has gone.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, openSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";

import { DataFolderInUse, lockDataFolder } from "../../app/database/data-folder-lock.server.ts";
import { endOrphan, prepareCluster, type Cluster } from "./postgres-cluster.ts";
import { freePort } from "./free-port.ts";
import { KEEPER_SOCKET, type KeeperWord, SERVER_FOLDER } from "./postgres-server.ts";

const GRACE_MS = 3_000;

const visitors = new Set<Socket>();
let server: ChildProcess | undefined;
let leaving: NodeJS.Timeout | undefined;

function main(): void {
  try {
    // A folder of its own, because locking one takes it from all other users, and PostgreSQL runs as another one.
    lockDataFolder(join(SERVER_FOLDER, "lock"));
  } catch (error) {
    if (error instanceof DataFolderInUse) return;
    throw error;
  }
  // Locking also keeps later files of this process private.
  process.umask(0o022);
  chmodSync(SERVER_FOLDER, 0o711);
  rmSync(KEEPER_SOCKET, { force: true });
  const word = start().catch((error: unknown): KeeperWord => ({ problem: String(error) }));
  const door = createServer((visitor) => {
    clearTimeout(leaving);
    visitors.add(visitor);
    visitor.on("error", () => undefined);
    visitor.on("close", () => {
      visitors.delete(visitor);
      if (visitors.size === 0) leaving = setTimeout(leave, GRACE_MS);
    });
    void word.then((said) => visitor.write(`${JSON.stringify(said)}\n`));
  });
  door.listen(KEEPER_SOCKET);
  leaving = setTimeout(leave, GRACE_MS * 5);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, leave);

  function leave(): void {
    door.close();
    rmSync(KEEPER_SOCKET, { force: true });
    if (server === undefined || server.exitCode !== null) process.exit(0);
    server.once("exit", () => process.exit(0));
    // "Fast" shutdown: ends sessions and flushes everything.
    server.kill("SIGINT");
  }
}

async function start(): Promise<KeeperWord> {
  const cluster = await prepareCluster(SERVER_FOLDER);
  await endOrphan(cluster);
  const port = await freePort();
  await runServer(cluster, port);
  const url = `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
  await dropLeftovers(url);
  return { url };
}

/** Databases of runs that were killed. Nobody can be using one: this server has only just started. */
async function dropLeftovers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where datname like 'tandem\\_test\\_%'",
  );
  for (const { name } of rows) await client.query(`drop database ${client.escapeIdentifier(name)}`);
  await client.end();
}

async function runServer(cluster: Cluster, port: number): Promise<void> {
  const log = openSync(join(SERVER_FOLDER, "server.log"), "w");
  const options = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "max_connections=200"];
  const flags = options.flatMap((option) => ["-c", option]);
  server = spawn(cluster.postgres, ["-D", cluster.folder, ...flags], { stdio: ["ignore", log, log], ...cluster.runAs });
  server.once("exit", () => process.exit(1));
  while (!cluster.isReady()) await pause(50);
}

main();
