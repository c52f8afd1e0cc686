import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "../../simulators/meta/faults.ts";
import { SHOPS, type ShopFloor } from "./shop-floor.ts";
import type { World } from "./world.ts";

export type ChaosFault = {
  readonly name: string;
  /** Causes the fault, and repairs what does not recover by itself. */
  readonly strike: (scene: Scene) => Promise<void>;
};

type Scene = { readonly world: World; readonly floor: ShopFloor };

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
    eventRefused,
    metaAnswers("meta-connection-reset", { kind: "connection-reset" }, 2),
    webhooksOutOfOrder,
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

const metaAnswers = (name: string, fault: Fault, requests: number): ChaosFault => ({
  name,
  strike: async ({ world }) => world.meta.faults.next(...Array.from({ length: requests }, () => fault)),
});

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

const eventRefused: ChaosFault = {
  name: "meta-event-refused",
  strike: async ({ world: { meta }, floor }) => {
    const before = meta.requests().length;
    meta.faults.set({ kind: "refuse-event", eventId: floor.sellDoomed() });
    // Until the batches it was in have been halved down to it.
    const isAlone = (): boolean =>
      meta
        .requests()
        .slice(before)
        .some(({ fault, status, events }) => fault === "refuse-event" && status === 400 && events === 1);
    const giveUpAt = Date.now() + PATIENT_MS;
    while (!isAlone() && Date.now() < giveUpAt) await pause(LOOK_EVERY_MS);
    meta.faults.set(null);
  },
};
