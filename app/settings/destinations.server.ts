import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Sealer } from "../sealing.server.ts";
import type { Destination, DestinationId, DestinationState } from "./types.ts";
import type { DestinationInput } from "./validate-settings.ts";

/** The pixels of a shop and their tokens. Every query carries the shop: an id alone opens nothing. */
export type Destinations = {
  connect(shop: ShopDomain, input: DestinationInput): Promise<Destination>;
  setState(shop: ShopDomain, id: DestinationId, next: { state: DestinationState; reason: string | null }): Promise<void>;
  disconnect(shop: ShopDomain, pixelId: string): Promise<boolean>;
  tokenOf(shop: ShopDomain, id: DestinationId): Promise<string | null>;
};

export function createDestinations(prisma: PrismaClient, sealer: Sealer): Destinations {
  const tokenSealer = (shop: ShopDomain, pixelId: string): Sealer => sealer.bound("destination-token", shop, pixelId);

  return {
    connect: async (shop, { pixelId, token, testEventCode }) => {
      const given = {
        testEventCode,
        state: "active",
        stateReason: null,
        // No token given: the stored one stays.
        ...(token !== null && { sealedToken: tokenSealer(shop, pixelId).seal(token) }),
      };
      const row = await prisma.destination.upsert({
        where: { shop_pixelId: { shop, pixelId } },
        create: { shop, pixelId, ...given },
        update: given,
      });
      return {
        id: row.id, shop, pixelId, hasToken: row.sealedToken !== null, testEventCode, state: "active", stateReason: null,
      };
    },

    setState: async (shop, id, { state, reason }) => {
      await prisma.destination.updateMany({ where: { shop, id }, data: { state, stateReason: reason } });
    },

    disconnect: async (shop, pixelId) => {
      const { count } = await prisma.destination.deleteMany({ where: { shop, pixelId } });
      return count > 0;
    },

    tokenOf: async (shop, id) => {
      const row = await prisma.destination.findFirst({ where: { shop, id }, select: { pixelId: true, sealedToken: true } });
      return row?.sealedToken ? tokenSealer(shop, row.pixelId).unseal(row.sealedToken) : null;
    },
  };
}
