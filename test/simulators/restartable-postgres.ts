import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { prepareCluster } from "../support/postgres-cluster.ts";
import { freePort } from "../support/free-port.ts";

export type RestartablePostgres = {
  readonly url: string;
  /** An immediate shutdown, as after a crash: sessions are cut, and the next start recovers from the log. */
  readonly crash: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A private PostgreSQL server, from npm. Throws if it cannot run. */
export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-chaos-"));
  await chmod(folder, 0o711); // the server's own user must get through
  const cluster = await prepareCluster(folder);
  const port = await freePort();
  const options = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "max_connections=100"];
  const flags = options.flatMap((option) => ["-c", option]);
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    server = spawn(cluster.postgres, ["-D", cluster.folder, ...flags], { stdio: "ignore", ...cluster.runAs });
    while (!cluster.isReady()) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL ended with exit code ${server.exitCode}`);
      await pause(50);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  await start();
  return {
    url: `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
    crash: () => end("SIGQUIT"),
    start,
    close: async () => {
      await end("SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
