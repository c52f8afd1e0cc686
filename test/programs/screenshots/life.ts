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
};

export function aLifeIn(
  store: string,
  { stack, clock, dataDir }: Pick<Life, "stack" | "clock"> & { readonly dataDir: string },
): Life {
  return {
    store,
    stack,
    clock,
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

const AGAIN_MS = 50;

/** The first event at Meta that is as wanted, once it is there. */
export async function arrived(isWanted: (event: ReceivedEvent) => boolean, { stack }: Life): Promise<ReceivedEvent> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const event = stack.meta.received().find(isWanted);
    if (event !== undefined) return event;
    await new Promise((go) => setTimeout(go, AGAIN_MS));
  }
  throw new Error("an event did not reach Meta");
}
