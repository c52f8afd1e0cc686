import type { PrismaClient } from "@prisma/client";
import { countByKey, discardSealedWith, resealAll, troublesOfKeys } from "../database/key-rotation.server.ts";
import type { Sealer } from "../database/sealing.server.ts";
import type { RotateKeysPorts } from "./rotate-keys-command.ts";

export const rotateKeysPorts = (prisma: PrismaClient, sealer: Sealer): RotateKeysPorts => ({
  keyIds: sealer.keyIds,
  count: () => countByKey(prisma),
  reseal: () => resealAll(prisma, sealer),
  troubles: () => troublesOfKeys(prisma, sealer),
  discard: (key) => discardSealedWith(prisma, key),
});
