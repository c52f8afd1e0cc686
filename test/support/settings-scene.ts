import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";

import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { createSettingsStore, type SettingsStore } from "../../app/settings/settings-store.server.ts";
import { pgliteDatabase, type TestDatabase } from "./databases.ts";

export const PIXEL = { metaPixelId: "1234567890123456", token: "EAAB-the-token", testEventCode: null };

export type SettingsScene = {
  readonly database: TestDatabase;
  /** The clock of this scene's stores. */
  clock: Date;
  /** Another store on the same database, as in another process. */
  store(): SettingsStore;
  aShop(): ShopDomain;
};

/** A migrated database with a settings store, for the tests of one file. */
export function settingsScene(): SettingsScene {
  let database: TestDatabase | undefined;
  let shops = 0;
  const sealer = createSealer([{ id: "k1", key: randomBytes(32) }]);
  beforeAll(async () => {
    database = await pgliteDatabase();
  });
  afterAll(() => database?.close());

  const scene: SettingsScene = {
    get database() {
      if (database === undefined) throw new Error("the scene is not set yet");
      return database;
    },
    clock: new Date("2026-11-23T10:00:00Z"),
    store: () => createSettingsStore(scene.database.prisma, { sealer, now: () => scene.clock }),
    aShop: () => {
      const shop = shopDomain(`shop-${++shops}.myshopify.com`);
      if (shop === null) throw new Error("not a shop domain");
      return shop;
    },
  };
  return scene;
}
