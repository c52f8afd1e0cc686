import { randomBytes } from "node:crypto";
import { readEnv } from "../../app/env/env.server.ts";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { drainDeps, dueWakeUps, type OpenApp } from "../../app/server/open-app.server.ts";
import { createLogger, type Log } from "../../app/logging/logger.server.ts";
import { drainOutbox } from "../../app/pipeline/drain-outbox.ts";
import { pixelPorts } from "../../app/server/pixel-ports.server.ts";
import { runApp } from "../../app/server/run-app.server.ts";
import { appEnvironment } from "../simulators/app-process.ts";

export type TestApp = {
  readonly url: string;
  readonly opened: OpenApp;
  readonly domain: (shop: string) => ShopDomain;
  /** A shop of its own, known and with a connected pixel; orders wait at most a second for their receipt. */
  readonly connectedShop: (pixel: { metaPixelId: string; token: string }) => Promise<string>;
  readonly connectPixel: (shop: string, pixel: { metaPixelId: string; token: string }) => Promise<unknown>;
  readonly collect: (shop: string, body: string) => Promise<Response>;
  readonly eventsOf: (
    shop: string,
  ) => Promise<{ eventName: string; eventId: string; state: string; reason: string | null }[]>;
  readonly close: () => Promise<void>;
};

export type TestAppOptions = {
  readonly dataDir: string;
  readonly graphUrl: string;
  readonly databaseUrl?: string;
  /** `deliverer`: takes in and delivers, and leaves what a worker does every minute to the test. */
  readonly role?: "all" | "web" | "worker" | "deliverer";
  readonly environment?: Readonly<Record<string, string>>;
};

/** The whole app in the test's own process, so that a test can look into its database. Pages are left out. */
export async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  const { dataDir, graphUrl, databaseUrl, role = "all", environment } = options;
  const given = { ...environment, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  const env = readEnv(appEnvironment({ dataDir, graphUrl, port: 0, env: given }));
  const log = createLogger({ level: "silent", name: "test" });
  const noPages = async () => ({
    respond: async () => new Response("no pages here", { status: 404 }),
    clientFolder: null,
  });
  const app = await runApp({ ...env, role: role === "deliverer" ? "web" : role }, log, { remix: noPages });
  const url = `http://127.0.0.1:${app.port}`;
  const { opened } = app;
  if (role === "deliverer") await deliver(opened, log);
  return {
    url,
    opened,
    domain,
    connectedShop: async (pixel) => {
      const shop = domain(`shop-${randomBytes(4).toString("hex")}.myshopify.com`);
      await opened.settings.ensureShop(shop, "test");
      await opened.settings.save(shop, { contextWaitSeconds: 1 }, "test");
      await opened.settings.connect(shop, { ...pixel, testEventCode: null });
      return shop;
    },
    connectPixel: (shop, { metaPixelId, token }) =>
      adminPorts(opened, { by: "shopify-user 1", role: "owner" }).connectPixel(domain(shop), {
        pixelId: metaPixelId,
        token,
        testEventCode: "",
      }),
    collect: async (shop, body) => {
      const key = (await opened.settings.profile(domain(shop)))?.ingestKey ?? "unknown";
      return fetch(`${url}/collect/${key}`, { method: "POST", headers: { "content-type": "text/plain" }, body });
    },
    eventsOf: (shop) =>
      opened.database.prisma.$queryRaw`
        select event_name as "eventName", event_id as "eventId", state, reason from recorded_event where shop = ${shop}`,
    close: app.close,
  };
}

async function deliver(app: OpenApp, log: Log): Promise<void> {
  const deps = drainDeps(
    app,
    pixelPorts(app, async () => undefined, log),
    log,
  );
  await app.queue.work(
    (wakeUp) => drainOutbox(wakeUp, deps),
    () => dueWakeUps(app),
  );
}

function domain(text: string): ShopDomain {
  const shop = shopDomain(text);
  if (shop === null) throw new Error(`${text} is no shop domain`);
  return shop;
}
