import { shopDomain } from "../../../app/event-contract/event-id.ts";
import type { ShopDomain } from "../../../app/event-contract/event-id.ts";
import type { VerifiedWebhook } from "../../../app/shopify/types.ts";
import { acceptOrder } from "../../../app/pipeline/accept-order.ts";
import { DEFAULT_SETTINGS } from "../../../app/settings/default-settings.ts";
import type { NewEvent } from "../../../app/outbox/types.ts";
import type { ShopProfile } from "../../../app/settings/types.ts";
import { type OrderNumber, orderBodies, shopName } from "./orders.ts";

const shop = benchShop();
const profile: ShopProfile = {
  shop,
  ingestKey: "bench-key-0",
  installed: true,
  settings: { shop, version: 1, ...DEFAULT_SETTINGS },
  pixels: [],
};
const bodyOf = orderBodies(new Date());

function benchShop(): ShopDomain {
  const domain = shopDomain(shopName(0));
  if (domain === null) throw new Error(`${shopName(0)} is no shop domain`);
  return domain;
}

export const webhookOf = (number: OrderNumber): VerifiedWebhook => ({
  shop,
  topic: "orders/paid",
  webhookId: `bench-${number}`,
  apiVersion: "2026-10",
  triggeredAt: null,
  body: bodyOf(number),
});

/** From the webhook's text to the event that would be stored: the app's own code, without the ledger. */
export async function eventOf(webhook: VerifiedWebhook): Promise<NewEvent> {
  const made: NewEvent[] = [];
  const accepted = await acceptOrder(webhook, {
    profile: async () => profile,
    quarantine: async (_webhook, problem) => {
      throw new Error(`the bench's own order was not understood: ${problem.detail}`);
    },
    add: async (event) => {
      made.push(event);
      return { outcome: "added", due: false };
    },
    sentData: async () => null,
    lookAgain: () => Promise.resolve(),
    knownPurchase: async () => null,
    closeLead: () => Promise.resolve(),
    wake: () => undefined,
    uninstalledAt: async () => null,
    reopen: async () => undefined,
    now: () => new Date(),
  });
  const [event] = made;
  if (event === undefined) throw new Error(`the bench's own order became no event: ${accepted.kind}`);
  return event;
}

export const mapOrder = (number: OrderNumber): Promise<NewEvent> => eventOf(webhookOf(number));
