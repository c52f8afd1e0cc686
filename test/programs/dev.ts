import path from "node:path";
import middie from "@fastify/middie";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { createServer as createVite } from "vite";
import { API_KEY, appEnvironment, API_SECRET } from "../simulators/app-process.ts";
import { hostResolverRules } from "../simulators/browser.ts";
import { startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startShopifySimulator } from "../simulators/shopify/simulator.ts";
import { PIXEL, simulatedHosts } from "../simulators/stack.ts";
import { type Env, readEnv } from "../../app/env/env.server.ts";
import type { RemixApp } from "../../app/server/http/remix.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { runApp } from "../../app/server/run-app.server.ts";
import { keptKey } from "./kept-key.ts";

const HELP = `Usage: npm run dev

Runs the app in this process with pages that reload as you save. With SHOPIFY_API_KEY in the environment or in .env it
works against the real Shopify (behind the tunnel of your choice); without, against simulated ones of Shopify and Meta.
Changes to server code need a restart.
`;

const DATA = ".data/dev";
const APP_PORT = 4310;

/** Vite tells the page of changes over a socket of its own, on another port than the page's. */
function withReloads(answer: Response): Response {
  const policy = answer.headers.get("content-security-policy");
  if (policy !== null) answer.headers.set("content-security-policy", policy.replace("connect-src", "connect-src ws:"));
  return answer;
}

async function viteRemix(context: AppLoadContext): Promise<RemixApp> {
  const vite = await createVite({ server: { middlewareMode: true }, appType: "custom" });
  // The virtual module is the Remix plugin's own, with the shape that Remix expects of a build.
  const build = async (): Promise<ServerBuild> =>
    (await vite.ssrLoadModule("virtual:remix/server-build")) as unknown as ServerBuild;
  const respond = createRequestHandler(build, "development");
  return {
    respond: async (request) => withReloads(await respond(request, context)),
    clientFolder: null,
    prepare: async (server) => {
      await server.register(middie);
      server.use(vite.middlewares);
    },
  };
}

/** Both simulators, and the environment that makes the app meet them. */
async function simulated(): Promise<Env> {
  const env = { TANDEM_ENCRYPTION_KEYS: await keptKey(DATA) };
  const meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  const shopify = await startShopifySimulator({
    appUrl: `http://localhost:${APP_PORT}`,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    stateFile: path.join(DATA, "shopify-simulator.json"),
  });
  process.env["SIMULATOR_SHOPIFY_PORT"] = String(shopify.port);
  await import("../simulators/redirect-shopify.ts");
  const admin = `https://admin.shopify.com/store/tandem-demo/apps/${API_KEY}`;
  const rules = hostResolverRules(simulatedHosts({ meta, shopify }));
  process.stderr.write(`
Meta's Events Manager (simulated)  ${meta.httpUrl}   pixel ${PIXEL.metaPixelId}, token ${PIXEL.token}
The admin (simulated)              ${admin}
  google-chrome --user-data-dir=/tmp/tandem-dev --ignore-certificate-errors --host-resolver-rules="${rules}" ${admin}

`);
  return readEnv(appEnvironment({ dataDir: DATA, graphUrl: meta.httpUrl, port: APP_PORT, env }));
}

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    process.stdout.write(HELP);
    return;
  }
  const env = process.env["SHOPIFY_API_KEY"] === undefined ? await simulated() : readEnv();
  const app = await runApp(env, createLogger({ level: env.logLevel, name: "tandem" }), { remix: viteRemix });
  process.once("SIGINT", () => void app.close().then(() => process.exit(0)));
}

await main();
