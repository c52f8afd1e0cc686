import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import type { ShopifySimulator } from "../../simulators/shopify/simulator.ts";
import { systemClock } from "../../../app/env/clock.server.ts";
import { openDatabase } from "../../../app/database/db.server.ts";
import { readEnv } from "../../../app/env/env.server.ts";
import { type ShopDomain, shopDomain } from "../../../app/event-contract/event-id.ts";
import { createLogger } from "../../../app/logging/logger.server.ts";
import { migrate } from "../../../app/database/migrate.server.ts";
import { createSealer } from "../../../app/database/sealing.server.ts";
import { SealedSessionStorage } from "../../../app/shopify/session-storage.server.ts";
import { createSettingsStore } from "../../../app/settings/settings-store.server.ts";
import { type LedgerEnd } from "./compare.ts";
import { SHOPS } from "./shop-floor.ts";

type Place = { readonly dataDir: string; readonly url: string | undefined };

const HOUR_MS = 3_600_000;
// Long enough to configure the refusal of an event before it is sent.
const CONTEXT_WAIT_S = 2;

/**
 * Every merchant has installed the app and connected a pixel: written down before the app starts. Returns the shops'
 * collector keys by domain.
 */
export async function openMerchants(
  given: Place & { readonly shopify: ShopifySimulator; readonly env: NodeJS.ProcessEnv },
): Promise<ReadonlyMap<string, string>> {
  const env = readEnv(given.env);
  const database = await openDatabase({ url: given.url, dataDir: given.dataDir });
  try {
    await migrate(database);
    const sealer = createSealer(env.encryptionKeys);
    const settings = createSettingsStore(database.prisma, { sealer, now: systemClock });
    const log = createLogger({ level: "silent", name: "chaos" });
    const refresh = (): never => {
      throw new Error("a session of this run lasts longer than the run");
    };
    const sessions = new SealedSessionStorage({
      database,
      sealer,
      refresh,
      beginInstallation: (shop, grant) => settings.beginInstallation(domainOf(shop), grant),
      now: systemClock,
      log,
    });
    const keys = new Map<string, string>();
    for (const { domain, metaPixelId, firstToken } of SHOPS) {
      const shop = domainOf(domain);
      const { ingestKey } = await settings.ensureShop(shop, "chaos");
      keys.set(domain, ingestKey);
      await settings.save(shop, { contextWaitSeconds: CONTEXT_WAIT_S }, "chaos");
      await settings.connect(shop, { metaPixelId, token: firstToken, testEventCode: null });
      given.shopify.install(domain);
      const accessToken = `shpat_${randomBytes(16).toString("hex")}`;
      const expiresAt = systemClock().getTime() + 10 * HOUR_MS;
      given.shopify.shop(domain).installation.accessTokens[accessToken] = { expiresAt, online: false };
      const facts = { shop, state: "", isOnline: false, accessToken, scope: env.scopes.join(",") };
      await sessions.storeSession(new Session({ id: `offline_${shop}`, ...facts, expires: new Date(expiresAt) }));
    }
    return keys;
  } finally {
    await database.close();
  }
}

/** What the ledger says of every event, by its ID. Only after the app has stopped, for the embedded database has one process. */
export async function readLedger({ dataDir, url }: Place): Promise<ReadonlyMap<string, LedgerEnd>> {
  const database = await openDatabase({ url, dataDir });
  try {
    const rows = await database.prisma.$queryRaw<(LedgerEnd & { eventId: string })[]>`
      select event_id as "eventId", state, reason from recorded_event`;
    return new Map(rows.map(({ eventId, ...end }) => [eventId, end]));
  } finally {
    await database.close();
  }
}

function domainOf(text: string): ShopDomain {
  const shop = shopDomain(text);
  if (shop === null) throw new Error(`${text} is no shop domain`);
  return shop;
}
