import { expect, vi } from "vitest";
import { askControlSocket } from "../../app/cli/control-socket.server.ts";
import { PATIENCE_MS } from "./patience.ts";
import type { Stack } from "../simulators/stack.ts";

/** Waits until a shop's first visit has done at Shopify what no page waits for; reading the consent policy is the last. */
export const firstVisitEnded = ({ app }: Pick<Stack, "app">, shop: string): Promise<void> =>
  vi.waitFor(() => {
    const lines = app.output().split("\n");
    expect(lines.some((line) => line.includes("consent.policy-read") && line.includes(shop))).toBe(true);
  }, PATIENCE_MS);

/**
 * Waits until Shopify has everything that was saved, and is asked no more about it: an operator's command is answered
 * only then, and its turn comes after those before it.
 */
export async function everythingPublished(dataDir: string, shop: string, contextWaitSeconds: number): Promise<void> {
  const argv = ["set", "--shop", shop, "--context-wait", String(contextWaitSeconds)];
  expect(await askControlSocket(dataDir, argv)).toMatchObject({ exitCode: 0 });
}
