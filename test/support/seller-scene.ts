import { createEventStore, type EventStore } from "../../app/outbox/event-store.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import type { PageOfOrders } from "../../app/outbox/order-facts.server.ts";
import { acceptOrder } from "../../app/pipeline/accept-order.ts";
import { decideEvents } from "../../app/pipeline/decide-events.ts";
import type { SettingsStore } from "../../app/settings/settings-store.server.ts";
import type { ShopProfile } from "../../app/settings/types.ts";
import type { SettingsChange } from "../../app/settings/validate-settings.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import type { SettingsScene } from "./settings-scene.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAB-the-token", testEventCode: null };

/** A shop whose orders are accepted and decided as the app does it. */
export type Seller = { readonly shop: ShopDomain; readonly settings: SettingsStore; readonly events: EventStore };

/** Shops that sell, on the database and by the clock of a scene. */
export function sellersOf(scene: SettingsScene) {
  async function aSeller(change: SettingsChange = {}): Promise<Seller> {
    const settings = scene.store();
    const { shop } = await settings.ensureShop(scene.aShop(), "installation");
    await settings.connect(shop, PIXEL);
    await settings.save(shop, { contextWaitSeconds: 0, ...change }, "shopify-user 1");
    return { shop, settings, events: createEventStore(scene.database.prisma, { now: () => scene.clock }) };
  }

  const profileOf = async ({ shop, settings }: Pick<Seller, "shop" | "settings">): Promise<ShopProfile> => {
    const profile = await settings.profile(shop);
    if (profile === null) throw new Error("the shop has no settings");
    return profile;
  };

  /** Accepts an order's webhook and decides what it makes, as the app does. */
  async function sold(seller: Seller, body: string, topic = "orders/paid"): Promise<void> {
    const { shop, settings, events } = seller;
    const webhook = { shop, topic, webhookId: crypto.randomUUID(), apiVersion: "2026-10", triggeredAt: null, body };
    await acceptOrder(webhook, {
      profile: settings.profile,
      quarantine: (_webhook, problem) => Promise.reject(new Error(problem.detail)),
      add: events.add,
      sentData: (of, eventId) => events.sentData(of, "Purchase", eventId),
      knownPurchase: events.knownPurchase,
      lookAgain: events.lookAgain,
      closeLead: async () => undefined,
      wake: () => undefined,
      uninstalledAt: async () => null,
      reopen: async () => undefined,
      now: () => scene.clock,
    });
    await decideEvents(shop, {
      profile: settings.profile,
      takeUndecided: events.takeUndecided,
      decide: events.decide,
      consentPolicy: async () => null,
      optOuts: async () => new Map(),
      unitCosts: async () => new Map(),
      now: () => scene.clock,
    });
  }

  const anOrder = (orderId: string, sale: Parameters<typeof anOrderWebhook>[0] = {}, fields = {}): string =>
    anOrderWebhook({ orderId, placedAt: scene.clock.toISOString(), ...sale }, fields);

  return { aSeller, profileOf, sold, anOrder };
}

/** Every recorded order of a shop. */
export const allOf = (shop: ShopDomain): PageOfOrders => ({ shop, since: new Date(0), after: null, limit: 100 });
