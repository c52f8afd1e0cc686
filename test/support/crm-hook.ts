import { createHookStore } from "../../app/leads/hooks/hook-store.server.ts";
import { PRESETS } from "../../app/leads/hooks/presets.ts";
import type { Sealer } from "../../app/database/sealing.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import type { TestDatabase } from "./databases.ts";

const DAY_MS = 86_400_000;
const now = (): Date => new Date();

/** An address whose secret was rotated, so that both are sealed. */
export async function aRotatedHook({ prisma }: TestDatabase, sealer: Sealer, shop: ShopDomain): Promise<string> {
  const hooks = createHookStore(prisma, { sealer, now });
  const hook = { name: "CRM", preset: "generic", mapping: PRESETS.generic.mapping, account: null } as const;
  const { id } = await hooks.make(shop, { ...hook, secret: "the former secret", by: "test" });
  await hooks.rotate(shop, id, { secret: "the secret", overlapMs: DAY_MS });
  return id;
}

/** Both secrets, today's first. */
export const secretsOf = async ({ prisma }: TestDatabase, sealer: Sealer, id: string): Promise<readonly string[]> =>
  (await createHookStore(prisma, { sealer, now }).open(id))?.secrets ?? [];
