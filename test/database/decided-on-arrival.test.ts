import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { instrumentedEvents } from "../../app/server/instrumented-ports.server.ts";
import { createEventStore, type EventStore } from "../../app/outbox/event-store.server.ts";
import { acceptBrowserEvents, type AcceptBrowserEventDeps } from "../../app/pipeline/accept-browser-event.ts";
import type { Decision } from "../../app/outbox/types.ts";
import { decideEvents } from "../../app/pipeline/decide-events.ts";
import type { WakeUp } from "../../app/pipeline/wake-ups.ts";
import type { ShopProfile } from "../../app/settings/types.ts";
import { combine } from "../../app/telemetry/combine.ts";
import { metricsWatcher } from "../../app/telemetry/metrics-watcher.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { anId, aScene, GRANTED, NOON, type Scene } from "../support/store-scenes.ts";
import { recordedDeliveries, recordedEvents } from "../support/recorded.ts";
import { ERASED, type StorefrontCase, storefrontCases } from "./storefront-cases.ts";

/** One shop of its own with the case's pixels as they are by now, and its profile as the cache still has it. */
async function aShop(database: TestDatabase, { pixels, settings, uninstalled }: StorefrontCase) {
  const scene = await aScene(database);
  const { shop } = scene;
  const ids = await Promise.all(
    pixels.map(async ({ known, state }) => {
      const { metaPixelId } = known;
      const { id } = await database.prisma.pixel.create({ data: { shop, metaPixelId, ...state } });
      return id;
    }),
  );
  const gone = ids.filter((_, n) => pixels[n]?.isGone);
  await database.prisma.pixel.deleteMany({ where: { shop, id: { in: gone } } });
  if (uninstalled) await database.prisma.shop.update({ where: { domain: shop }, data: { uninstalledAt: NOON } });
  const profile: ShopProfile = {
    shop,
    ingestKey: "key",
    installed: true,
    settings: settingsWith({ ...settings, shop }),
    pixels: pixels.map(({ known }, n) => ({ ...known, shop, id: ids[n] ?? "" })),
  };
  return { scene, profile, ids };
}

/** A decision as metrics and traces record it. */
const asFact = (decision: Decision): string =>
  JSON.stringify([
    decision.kind,
    decision.key.eventName,
    decision.key.eventId,
    { ...decision, key: 0, body: 0, consent: 0 },
  ]);

type Way = (store: EventStore) => Pick<AcceptBrowserEventDeps, "addPosted">;
const ON_ARRIVAL: Way = ({ addPosted }) => ({ addPosted });
/** As the app did before it decided on arrival, and still does for whatever has to wait. */
const LATER: Way = ({ add }) => {
  // What comes again is in one table only.
  const seen = new Set<string>();
  return {
    addPosted: async (posted) => {
      for (const { event } of posted) {
        const key = `${event.body.event_name} ${event.body.event_id}`;
        if (!seen.has(key)) await add(event, null);
        seen.add(key);
      }
      return { due: false, added: [] };
    },
  };
};

async function outcomeOf(database: TestDatabase, given: StorefrontCase, way: Way) {
  const { scene, profile, ids } = await aShop(database, given);
  const counted: string[] = [];
  const count = (name: string, values: readonly string[]): void => void counted.push([name, ...values].join(" "));
  const watcher = combine([
    metricsWatcher({ count, record: () => undefined }),
    { decided: (decisions) => void counted.push(...decisions.map(asFact)) },
  ]);
  const digestsOf = { event: () => (given.erased ? [ERASED] : ["nobody"]), receipt: () => [] };
  const store = instrumentedEvents(createEventStore(database.prisma, { now: () => NOON, digestsOf }), watcher);
  await post(given, profile, way(store));
  // The worker reads the profile anew, so it knows of an end that the cache does not.
  await decide(store, given.uninstalled ? { ...profile, installed: false } : profile);

  const rows = {
    events: await recordedEvents(database, scene.shop),
    deliveries: await recordedDeliveries(database, scene.shop),
    // The statement withholds it without a decision.
    counted: given.uninstalled ? [] : counted,
  };
  const anonymous = ids.reduce(
    (text, id, n) => text.replaceAll(id, `pixel-${n}`),
    JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  );
  const comparable = JSON.parse(anonymous.replaceAll(scene.shop, "shop")) as typeof rows;
  const deliveries = comparable.deliveries.map((row) => JSON.stringify(row)).sort();
  return { ...comparable, deliveries, counted: comparable.counted.toSorted() };
}

const post = (given: StorefrontCase, profile: ShopProfile, adding: ReturnType<Way>, woken: WakeUp[] = []) =>
  Promise.all(
    given.posts.map(async (one) => {
      const request = { ip: "203.0.113.7", userAgent: "Mozilla/5.0", receivedAt: NOON };
      const accepted = await acceptBrowserEvents(
        { ingestKey: "key", text: JSON.stringify(one), request, takeAnother: () => expect.unreachable() },
        {
          ...adding,
          profileByIngestKey: async () => profile,
          addReceipt: () => expect.unreachable(),
          noteOtherSenders: () => expect.unreachable(),
          noteUnknownHost: () => expect.unreachable(),
          noteEmbedSeen: () => undefined,
          limits: { store: () => 0, name: () => 0 },
          wake: (targets) => void woken.push(...targets),
        },
      );
      expect(accepted).toEqual([{ kind: "accepted" }]);
    }),
  );

const decide = (store: EventStore, profile: ShopProfile) =>
  decideEvents(profile.shop, {
    profile: async () => profile,
    takeUndecided: store.takeUndecided,
    decide: store.decide,
    consentPolicy: async () => null,
    optOuts: () => expect.unreachable(),
    unitCosts: () => expect.unreachable(),
    now: () => NOON,
  });

const plain: StorefrontCase = {
  posts: [aCollectorPost({ at: NOON.getTime(), sentAt: NOON.getTime(), consent: GRANTED, leg: { sent: true } })],
  pixels: [],
  settings: {},
  uninstalled: false,
  erased: false,
};
const aPixel = (n: number, state: "active" | "blocked" = "active"): StorefrontCase["pixels"][number] => ({
  known: {
    ...{ metaPixelId: `10000000000000${n}`, hasToken: true, testEventCode: null },
    ...{ state: "active", stateReason: null, countries: null, channels: null, eventsOff: [] },
  },
  state: { state, stateReason: null },
  isGone: false,
});

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
    await database.prisma.tombstone.create({
      data: { digest: ERASED, erasedAt: NOON, expiresAt: new Date("2027-01-01T00:00:00Z") },
    });
  });
  afterAll(() => database.close());

  test("a storefront event decided on arrival is stored as one that is decided later", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(storefrontCases, async (given) => {
        const later = await outcomeOf(database, given, LATER);
        expect(await outcomeOf(database, given, ON_ARRIVAL)).toEqual(later);
        for (const { state, reason } of later.events) seen.add(reason ?? state);
        if (later.deliveries.some((row) => row.includes('"held"'))) seen.add("held");
      }),
      { numRuns: 60 },
    );
    const cases = ["queued", "held", "bot", "consent-browser-declined", "no-pixel", "not-routed", "server-leg-off"];
    expect([...seen]).toEqual(
      expect.arrayContaining([...cases, "no-currency", "too-old", "customer-redacted", "app-uninstalled"]),
    );
  });

  const accept = async (
    given: StorefrontCase,
  ): Promise<Scene & { woken: readonly WakeUp[]; ids: readonly string[] }> => {
    const { scene, profile, ids } = await aShop(database, given);
    const woken: WakeUp[] = [];
    await post(given, profile, ON_ARRIVAL(scene.store), woken);
    return { ...scene, woken, ids };
  };

  test("it is one commit with its deliveries, after which nothing is left to decide, and the pixels that can send it are woken", async () => {
    const scene = await accept({ ...plain, pixels: [aPixel(1), aPixel(2, "blocked")] });

    const rows = await database.prisma.$queryRaw<object[]>`
      select pixel::text, event.xmin = waiting.xmin as "together"
      from storefront_event event join storefront_queue waiting using (day, position)
      where shop = ${scene.shop} order by state`;
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining(scene.ids.map((pixel) => ({ pixel, together: true }))));
    expect((await recordedDeliveries(database, scene.shop)).map(({ state }) => state).sort()).toEqual([
      "held",
      "queued",
    ]);
    expect(await scene.store.takeUndecided(scene.shop, 10, NOON)).toEqual([]);
    expect(scene.woken).toEqual([{ shop: scene.shop, pixelId: scene.ids[0], isDecided: true }]);
  });

  test("an event that is there already stays as it is, in whatever state, and gets no delivery and no wake-up", async () => {
    const { scene, profile, ids } = await aShop(database, { ...plain, pixels: [aPixel(1)] });
    const [given] = plain.posts;
    const eventId = given?.id ?? anId("none");
    const states = ["joining", "queued", "delivered", "withheld", "refused", "expired"];
    const at = { shop: scene.shop, eventName: "ViewContent", eventId };
    for (const state of states) {
      await database.prisma.event.deleteMany({ where: at });
      await scene.store.add(
        scene.event(1, { name: "ViewContent", id: eventId, origin: "collector", signal: GRANTED }),
        null,
      );
      await database.prisma.event.update({
        where: { shop_eventName_eventId: at },
        data: { state, ...(["withheld", "refused", "expired"].includes(state) && { reason: "bot" }) },
      });
      const before = await database.prisma.event.findMany({ where: at });

      const woken: WakeUp[] = [];
      await post(plain, profile, ON_ARRIVAL(scene.store), woken);

      expect(await database.prisma.event.findMany({ where: at })).toEqual(before);
      expect(await database.prisma.delivery.count({ where: { shop: scene.shop, pixelId: { in: ids } } })).toBe(0);
      expect(woken).toEqual([]);
    }
  });
});
