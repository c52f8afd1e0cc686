import { randomBytes, randomUUID } from "node:crypto";

import { afterAll, afterEach, beforeAll } from "vitest";

import { deliverEvents, type DeliverDeps } from "../../app/pipeline/deliver-events.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createGraphClient, type GraphClient } from "../../app/meta/graph-client.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { createSettingsStore, type SettingsStore } from "../../app/settings/settings-store.server.ts";
import type { Pixel } from "../../app/settings/types.ts";
import { anEventId, aPurchase } from "../contract/meta-events.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import type { TestDatabase } from "../support/databases.ts";
import { after, aScene, CONSENT, type Scene } from "../support/store-scenes.ts";

/** A shop with one pixel and the worker's way to Meta, on a clock that only the test moves. */
export type DeliveryScene = {
  readonly shop: ShopDomain;
  readonly scene: Scene;
  readonly settings: SettingsStore;
  readonly pixel: Pixel;
  readonly token: string;
  /** Milliseconds since NOON. */
  readonly clock: { ms: number };
  readonly deps: DeliverDeps;
  /** Makes Purchases numbered from `first`, one a second up to the clock's moment, and decides that they are sent. */
  readonly queue: (first: number, count: number, changes?: (n: number) => Partial<MetaEvent>) => Promise<void>;
  /** One run of the worker. */
  readonly drain: (changes?: Partial<DeliverDeps>) => Promise<void>;
  /** Runs the worker every `everyMs` until nothing is queued; throws where that takes longer than `limitMs`. */
  readonly drainUntilDone: (everyMs: number, limitMs: number) => Promise<void>;
  readonly states: () => Promise<Readonly<Record<string, number>>>;
};

const AT_ONCE = 200;

type World = { readonly database: TestDatabase; readonly meta: MetaSimulator; readonly graph: GraphClient };

export async function aDelivery({ database, meta, graph }: World, clock = { ms: 0 }): Promise<DeliveryScene> {
  const scene = await aScene(database);
  const { shop, store } = scene;
  const now = (): Date => after(clock.ms);
  const sealer = createSealer([{ id: "k1", key: randomBytes(32) }]);
  const settings = createSettingsStore(database.prisma, { sealer, now });
  await settings.ensureShop(shop, "test");
  const token = `EAA${randomBytes(8).toString("hex")}`;
  const metaPixelId = String(Math.trunc(Math.random() * 1e15));
  meta.addDataset({ metaPixelId, token });
  const pixel = await settings.connect(shop, { metaPixelId, token, testEventCode: null });
  const deps: DeliverDeps = {
    profile: (domain) => settings.ensureShop(domain, "test"),
    tokenOf: settings.tokenOf,
    claim: store.claim,
    send: graph.send,
    metaPauseMs: () => 0,
    recordAttempt: store.recordAttempt,
    settle: store.settle,
    release: store.release,
    renew: store.renew,
    backOff: store.backOff,
    pauseUntil: store.pauseUntil,
    block: async ({ id }, refused, reason) => {
      if (await settings.block(shop, id, { token: refused, reason })) await store.hold(id, reason);
    },
    isStopping: () => false,
    newClaimant: randomUUID,
    now,
    jitter: () => 0.5,
    log: createLogger({ level: "silent", name: "test" }),
  };
  const drain = (changes: Partial<DeliverDeps> = {}) => deliverEvents(shop, pixel.id, { ...deps, ...changes });
  const queued = () => database.prisma.delivery.count({ where: { shop, state: "queued" } });
  return {
    shop,
    scene,
    settings,
    pixel,
    token,
    clock,
    deps,
    queue: async (first, count, changes = () => ({})) => {
      const bodies = Array.from({ length: count }, (_, index) => {
        const n = first + index;
        const event_time = Math.floor(after(clock.ms).getTime() / 1_000) - count + index;
        return aPurchase({ event_id: anEventId(`purchase.example.${n}`), event_time, ...changes(n) });
      });
      scene.at(now());
      // A ledger that is asked for more than it can take at once says so.
      for (let from = 0; from < count; from += AT_ONCE) {
        const some = bodies.slice(from, from + AT_ONCE);
        await Promise.all(
          some.map((body, index) => store.add({ ...scene.event(first + from + index), body, joinForMs: 0 }, null)),
        );
      }
      await store.decide(
        bodies.map((body) => ({
          kind: "send",
          key: { shop, eventName: "Purchase", eventId: body.event_id },
          body,
          consent: CONSENT,
          to: [pixel.id],
        })),
        now(),
      );
    },
    drain,
    drainUntilDone: async (everyMs, limitMs) => {
      for (const end = clock.ms + limitMs; (await queued()) > 0; clock.ms += everyMs) {
        if (clock.ms > end) throw new Error(`${await queued()} deliveries are still queued`);
        await drain();
      }
    },
    states: async () => {
      const rows = await database.prisma.delivery.groupBy({ by: ["state"], where: { shop }, _count: true });
      return Object.fromEntries(rows.map((row) => [row.state, row._count]));
    },
  };
}

/** A database and a Meta for the tests of one group. Both live on the group's clock, which every scene sets to NOON. */
export function deliveryWorld(makeDatabase: () => Promise<TestDatabase>) {
  const clock = { ms: 0 };
  let world: World | undefined;
  const there = (): World => {
    if (world === undefined) throw new Error("the world is not made yet");
    return world;
  };
  beforeAll(async () => {
    // It refuses what is too old or of the future by the same clock.
    const meta = await startMetaSimulator({ now: () => after(clock.ms) });
    const graph = createGraphClient({ graphUrl: meta.httpUrl, version: "v27.0" });
    world = { database: await makeDatabase(), meta, graph };
  });
  afterEach(() => there().meta.reset());
  afterAll(async () => {
    const { database, meta, graph } = there();
    await graph.close();
    await meta.close();
    await database.close();
  });
  return {
    clock,
    meta: () => there().meta,
    graph: () => there().graph,
    database: () => there().database,
    scene: (): Promise<DeliveryScene> => {
      clock.ms = 0;
      return aDelivery(there(), clock);
    },
  };
}
