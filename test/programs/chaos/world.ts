import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  aDataFolder,
  API_KEY,
  API_SECRET,
  appEnvironment,
  type AppProcess,
  startAppProcess,
} from "../../simulators/app-process.ts";
import { freePort } from "../../support/free-port.ts";
import { type FrontDoor, openFrontDoor } from "../../simulators/front-door.ts";
import { type MetaSimulator, startMetaSimulator } from "../../simulators/meta/start-meta-simulator.ts";
import { type RestartablePostgres, startRestartablePostgres } from "../../simulators/restartable-postgres.ts";
import { type ShopifySimulator, startShopifySimulator } from "../../simulators/shopify/simulator.ts";
import { openMerchants } from "./merchants.ts";
import { SEEDS, SHOPS } from "./shop-floor.ts";

export type Role = "all" | "web" | "worker";

export type World = {
  readonly meta: MetaSimulator;
  readonly shopify: ShopifySimulator;
  /** Null on the embedded database. */
  readonly postgres: RestartablePostgres | null;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly appUrl: string;
  /** The shops' collector keys, by domain. */
  readonly collectorKeys: ReadonlyMap<string, string>;
  /** SIGKILL to one process of the role, then a new one in its place. */
  readonly killAndReplace: (role: Role) => Promise<void>;
  /** Runs `app/cli/<command>.ts`; its exit code and standard output. */
  readonly cli: (command: string, ...args: readonly string[]) => Promise<{ exitCode: number | null; stdout: string }>;
  /** Stops the app cleanly; the simulators and the database go on. */
  readonly stopApp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Seat = { readonly role: Role; readonly port: number; process: AppProcess };

const REDIRECT = fileURLToPath(new URL("../../simulators/redirect-shopify.ts", import.meta.url));

// All shoppers have one address, and three shops take what the run sells.
const UNLIMITED = {
  TANDEM_COLLECT_PER_ADDRESS: "100000000",
  TANDEM_COLLECT_PER_SHOP: "100000000",
  TANDEM_COLLECT_KB_PER_ADDRESS: "100000000",
  TANDEM_COLLECT_KB_PER_SHOP: "100000000",
};

/** Two web and two worker processes on a PostgreSQL server of their own, or one process on the embedded database. */
export async function startWorld({ embedded }: { readonly embedded: boolean }): Promise<World> {
  const roles: readonly Role[] = embedded ? ["all"] : ["web", "web", "worker", "worker"];
  const folder = await aDataFolder();
  const postgres = embedded ? null : await startRestartablePostgres();
  const meta = await startMetaSimulator();
  for (const { metaPixelId, firstToken: token } of SHOPS) meta.addDataset({ metaPixelId, token });

  const seats = await Promise.all(roles.map(async (role) => ({ role, port: await freePort() })));
  const door = await openFrontDoor(seats.filter(({ role }) => role !== "worker").map(({ port }) => port));
  const appUrl = `http://localhost:${door.port}`;
  const shopify = await startShopifySimulator({
    appUrl,
    appAddress: `http://127.0.0.1:${door.port}`,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    shops: SEEDS,
  });
  const env = {
    SHOPIFY_APP_URL: appUrl,
    SIMULATOR_SHOPIFY_PORT: String(shopify.port),
    LOG_LEVEL: "error",
    ...UNLIMITED,
    ...(postgres && { DATABASE_URL: postgres.url }),
  };
  const basis = { dataDir: folder.path, graphUrl: meta.httpUrl, imports: [REDIRECT], env };
  const collectorKeys = await openMerchants({
    shopify,
    dataDir: folder.path,
    url: postgres?.url,
    env: appEnvironment({ ...basis, port: 0 }),
  });
  const begin = ({ role, port }: Pick<Seat, "role" | "port">): Promise<AppProcess> =>
    startAppProcess({ ...basis, port, env: { ...env, TANDEM_ROLE: role } });
  const running: Seat[] = [];
  // One after the other: the first one migrates.
  for (const seat of seats) running.push({ ...seat, process: await begin(seat) });

  let kills = 0;
  return {
    meta,
    shopify,
    postgres,
    databaseUrl: postgres?.url,
    dataDir: folder.path,
    appUrl,
    collectorKeys,
    killAndReplace: async (role) => {
      const able = running.filter((seat) => seat.role === role);
      const seat = able[kills++ % able.length];
      if (seat === undefined) throw new Error(`no process has the role ${role}`);
      await seat.process.kill();
      seat.process = await begin(seat);
    },
    cli: (command, ...args) => runCli([command, ...args], appEnvironment({ ...basis, port: 0 })),
    stopApp: async () => void (await Promise.all(running.map(({ process }) => process.stop()))),
    close: () => closeAll({ running, shopify, meta, door, postgres, folder }),
  };
}

type Closing = {
  readonly running: readonly Seat[];
  readonly shopify: ShopifySimulator;
  readonly meta: MetaSimulator;
  readonly door: FrontDoor;
  readonly postgres: RestartablePostgres | null;
  readonly folder: { readonly remove: () => Promise<void> };
};

async function closeAll({ running, shopify, meta, door, postgres, folder }: Closing): Promise<void> {
  for (const { process } of running) if (process.child.exitCode === null) await process.kill();
  await shopify.close();
  await door.close();
  await meta.close();
  await postgres?.close();
  await folder.remove();
}

function runCli(
  [command = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ exitCode: number | null; stdout: string }> {
  const flags = ["--disable-warning=ExperimentalWarning", "--import", REDIRECT];
  const child = spawn(process.execPath, [...flags, `app/cli/${command}.ts`, ...args], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
  return new Promise((resolve) => child.once("close", (exitCode) => resolve({ exitCode, stdout })));
}
