import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "../../simulators/meta/faults.ts";
import { SHOPS, type ShopFloor } from "./shop-floor.ts";
import type { Shoppers } from "./shoppers.ts";
import type { World } from "./world.ts";

export type ChaosFault = {
  readonly name: string;
  /** Causes the fault, and repairs what does not recover by itself. */
  readonly strike: (scene: Scene) => Promise<void>;
};

type Scene = { readonly world: World; readonly floor: ShopFloor; readonly shoppers: Shoppers };

type Choice = {
  readonly embedded: boolean;
  /** Skips faults that outlast a short run: Meta's ten seconds of silence, and its minute of regain time. */
  readonly short: boolean;
};

const DOWN_MS = 1_500;
const PATIENT_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** The kinds of fault of a run, in the order in which they come round. */
export function faultsOf({ embedded, short }: Choice): readonly ChaosFault[] {
  return [
    ...(embedded ? [kill("app-killed", "all")] : [kill("web-killed", "web"), kill("worker-killed", "worker")]),
    metaAnswers("meta-http-500", { kind: "http500" }, 4),
    webhookTwice,
    metaAnswers("meta-lost-answer", { kind: "lost-answer" }, 2),
    ...(embedded ? [] : [databaseRestarted]),
    webhookLost,
    tokenExpired,
    metaAnswers("meta-html", { kind: "html" }, 2),
    refused("meta-event-refused", ({ floor }, refuse) => refuse(floor.sellDoomed())),
    metaAnswers("meta-connection-reset", { kind: "connection-reset" }, 2),
    webhooksOutOfOrder,
    refused("meta-storefront-event-refused", ({ shoppers }, refuse) => shoppers.visitDoomed(refuse)),
    ...(short
      ? [metaAnswers("meta-throttled", { kind: "error", status: 400, code: 17, isTransient: true }, 1)]
      : [
          metaAnswers("meta-throttled", { kind: "throttled", regainMinutes: 1 }, 1),
          metaAnswers("meta-timeout", { kind: "timeout" }, 1),
        ]),
  ];
}

const kill = (name: string, role: "all" | "web" | "worker"): ChaosFault => ({
  name,
  strike: ({ world }) => world.killAndReplace(role),
});

const metaAnswers = (name: string, fault: Fault, times: number): ChaosFault => ({
  name,
  strike: async ({ world: { meta } }) => {
    const before = meta.requests().length;
    meta.faults.next(...Array.from({ length: times }, () => fault));
    // A pixel that backs off after the fault before sends nothing for a while.
    await waitUntil(
      () =>
        meta
          .requests()
          .slice(before)
          .filter((request) => request.fault === fault.kind).length >= times,
    );
  },
});

async function waitUntil(isSo: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + PATIENT_MS;
  while (!isSo() && Date.now() < giveUpAt) await pause(LOOK_EVERY_MS);
}

const databaseRestarted: ChaosFault = {
  name: "database-restarted",
  strike: async ({ world: { postgres } }) => {
    await postgres?.crash();
    await pause(DOWN_MS);
    await postgres?.start();
  },
};

const webhookTwice: ChaosFault = {
  name: "webhook-twice",
  strike: async ({ world }) => void (world.shopify.faults.duplicate += 10),
};

const webhookLost: ChaosFault = {
  name: "webhook-lost",
  // Loses both webhooks of a few orders: only the comparison with the shop can add those.
  strike: async ({ world }) => void (world.shopify.faults.drop += 8),
};

const webhooksOutOfOrder: ChaosFault = {
  name: "webhooks-out-of-order",
  strike: async ({ world }) => {
    for (let n = 0; n < 5; n += 1) {
      world.shopify.faults.reorder = true;
      await pause(200);
    }
  },
};

let replaced = 0;
const tokenExpired: ChaosFault = {
  name: "meta-token-expired",
  strike: async ({ world }) => {
    replaced += 1;
    const { domain, metaPixelId } = SHOPS[replaced % SHOPS.length] ?? SHOPS[0] ?? { domain: "", metaPixelId: "" };
    // Meta now accepts another token than the app's: the pixel is blocked until the merchant saves the new one.
    const token = `EAAchaos0replacement${replaced}0of0a0token`;
    world.meta.addDataset({ metaPixelId, token });
    await pause(DOWN_MS);
    await connected(world, ["--shop", domain, "--pixel", metaPixelId, "--token", token]);
  },
};

/** The merchant retries while the app or its database is down. */
async function connected(world: World, options: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if ((await world.cli("shop", "connect", ...options)).exitCode === 0) return;
    await pause(DOWN_MS);
  }
  throw new Error("the command line could not replace a token");
}

/** Meta refuses one event for good, and with it every batch that it is in. */
const refused = (name: string, doom: (scene: Scene, refuse: (eventId: string) => void) => void): ChaosFault => ({
  name,
  strike: async (scene) => {
    const { meta } = scene.world;
    const before = meta.requests().length;
    doom(scene, (eventId) => meta.faults.set({ kind: "refuse-event", eventId }));
    // Until the batches it was in have been halved down to it.
    await waitUntil(() =>
      meta
        .requests()
        .slice(before)
        .some(({ fault, status, events }) => fault === "refuse-event" && status === 400 && events === 1),
    );
    meta.faults.set(null);
  },
});
