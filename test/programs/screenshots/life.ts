import { askControlSocket } from "../../../app/cli/control-socket.server.ts";
import type { ReceivedEvent } from "../../simulators/meta/event-ledger.ts";
import type { SimulatedClock } from "../../simulators/simulated-clock.ts";
import type { Stack } from "../../simulators/stack.ts";
import { PATIENCE_MS } from "../../support/patience.ts";

/** A shop while things happen in it. */
export type Life = {
  readonly store: string;
  readonly stack: Stack;
  readonly clock: SimulatedClock;
  /** `npm run shop` for this shop, as the operator types it. Returns what `--json` prints. */
  readonly runShop: (command: string, ...options: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;
  /** Where the shop's pages post to. */
  readonly collectUrl: () => string;
  readonly underWay: UnderWay;
};

/** What happened in the shop, and has not ended yet as far as is known. */
export type UnderWay = {
  /** The IDs of the events that the app is to send to Meta. */
  readonly toMeta: Set<string>;
  /** How many orders this process of the app has to decide about, sent or not. */
  orders: number;
};

export function aLifeIn(
  store: string,
  { stack, clock, dataDir }: Pick<Life, "stack" | "clock"> & { readonly dataDir: string },
): Life {
  return {
    ...{ store, stack, clock },
    underWay: { toMeta: new Set(), orders: 0 },
    runShop: async (command, ...options) => {
      const argv = [command, "--shop", `${store}.myshopify.com`, "--json", ...options];
      const answer = await askControlSocket(dataDir, argv);
      if (answer?.exitCode !== 0) throw new Error(`${command}: ${answer?.stderr ?? "the app does not answer"}`);
      return JSON.parse(answer.stdout) as Readonly<Record<string, unknown>>;
    },
    collectUrl: () => {
      const config = stack.shopify.shop(store).installation.webPixel?.settings["config"] ?? "{}";
      // Published by the app.
      return (JSON.parse(config) as { collectUrl: string }).collectUrl;
    },
  };
}

/** Puts the clock that far behind the true time, once everything that happened before has ended. */
export async function putClock(behind_ms: number, life: Life): Promise<void> {
  await atRest(life);
  life.clock.putBehind(behind_ms);
}

/** As nobody's timers jump with the clock, the app begins anew. */
export async function restartApp(life: Life): Promise<void> {
  await atRest(life);
  await life.stack.restartApp();
  life.underWay.orders = 0;
}

/**
 * An event that is under way while the clock is moved would have reached the app hours after it happened, or before: Meta
 * has every event that is sent, and every order is decided.
 */
export async function atRest({ stack, underWay }: Life): Promise<void> {
  await stack.shopify.settled();
  await become("an order is not decided", async () => (await ordersDecided(stack)) >= underWay.orders);
  await become("an event did not reach Meta", () => {
    for (const { eventId, server } of stack.meta.received()) {
      if (eventId !== null && server !== null) underWay.toMeta.delete(eventId);
    }
    return Promise.resolve(underWay.toMeta.size === 0);
  });
}

/** For the app's own figures, which say what it decided since it started. */
export const METRICS_TOKEN = "metrics-of-the-pictures";

async function ordersDecided({ app }: Stack): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const figures = await (await fetch(`${app.url}/metrics`, { headers })).text();
  const counts = [...figures.matchAll(/^tandem_contexts_total\{[^}]*\} (\d+)/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** The first event at Meta that is as wanted, once it is there. */
export async function arrived(isWanted: (event: ReceivedEvent) => boolean, { stack }: Life): Promise<ReceivedEvent> {
  const find = () => stack.meta.received().find(isWanted);
  await become("an event did not reach Meta", () => Promise.resolve(find() !== undefined));
  return find() ?? Promise.reject(new Error("an event is at Meta no longer"));
}

const AGAIN_MS = 50;

async function become(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    if (await isSo()) return;
    await new Promise((go) => setTimeout(go, AGAIN_MS));
  }
  throw new Error(otherwise);
}
