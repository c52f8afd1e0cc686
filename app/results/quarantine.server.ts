import type { PrismaClient } from "@prisma/client";

import type { PayloadProblem, VerifiedWebhook } from "../intake/types.ts";

/** Payloads that no parser could read, sealed and kept for a person: Shopify would only send the same bytes again. */
export type Quarantine = {
  /** Keeps the payload and notes its webhook, both or neither. */
  keep(webhook: VerifiedWebhook, problem: PayloadProblem): Promise<"kept" | "already-kept">;
};

export const createQuarantine = (prisma: PrismaClient, seal: (text: string) => string): Quarantine => ({
  keep: async ({ shop, topic, webhookId, body }, { code, detail }) => {
    const key = { shop, topic, webhookId };
    const [{ count }] = await prisma.$transaction([
      prisma.quarantine.createMany({
        data: { ...key, problem: code, detail, sealedBody: seal(body) },
        skipDuplicates: true,
      }),
      prisma.webhookReceipt.createMany({ data: key, skipDuplicates: true }),
    ]);
    return count === 1 ? "kept" : "already-kept";
  },
});
