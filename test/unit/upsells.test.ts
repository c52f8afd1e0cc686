import { describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from "../../app/event-contract/order-settings.ts";
import type { CustomData } from "../../app/event-contract/purchase.ts";
import { acceptOrder } from "../../app/pipeline/accept-order.ts";
import type { NewEvent } from "../../app/outbox/types.ts";
import type { Settings } from "../../app/settings/types.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { aLine, type SaleLine } from "../fixtures/orders/true-sale.ts";

const PLACED = Date.parse("2026-11-20T10:15:30-05:00");
const MINUTE = 60_000;

type Given = {
  readonly lines: readonly SaleLine[];
  /** The lines that the Purchase told of; null where the ledger has none. */
  readonly sent?: readonly SaleLine[] | null;
  readonly afterMs?: number;
  readonly orders?: Partial<OrderSettings>;
  readonly settings?: Partial<Settings>;
};

/** What an order's webhook adds to the ledger besides its Purchase, and whether the ledger was asked. */
async function addedBy({ lines, sent = [aLine()], afterMs = 5 * MINUTE, orders = {}, settings = {} }: Given) {
  const shop = aShopDomain();
  const chosen = settingsWith({ ...settings, orders: { ...DEFAULT_ORDER_SETTINGS, upsellEvent: true, ...orders } });
  const profile = { shop, ingestKey: "key", installed: true, settings: chosen, pixels: [] };
  const webhook = { shop, topic: "orders/updated", webhookId: "1", apiVersion: "2026-10", triggeredAt: null };
  const added: NewEvent[] = [];
  let lookUps = 0;
  const deps = {
    profile: () => Promise.resolve(profile),
    quarantine: () => Promise.reject(new Error("the order was not read")),
    sentData: () => {
      lookUps += 1;
      return Promise.resolve(sent && dataOf(sent));
    },
    lookAgain: () => Promise.resolve(),
    knownPurchase: () => Promise.resolve(null),
    add: (event: NewEvent, _key: unknown, also: readonly NewEvent[]) => {
      added.push(event, ...also);
      return Promise.resolve({ outcome: "already-there", due: false } as const);
    },
    closeLead: () => Promise.resolve(),
    wake: () => undefined,
    uninstalledAt: async () => null,
    reopen: async () => undefined,
    now: () => new Date(PLACED + afterMs),
  };
  await acceptOrder({ ...webhook, body: anOrderWebhook({ lines }) }, deps);
  const [purchase, ...others] = added;
  return { purchase, others, lookUps };
}

const dataOf = (lines: readonly SaleLine[]): CustomData => ({
  contents: lines.map(({ variantId, quantity }) => ({ id: variantId ?? "", quantity, item_price: 1 })),
});

const OFFER = aLine({ productId: "8", variantId: "88", unit: 900, quantity: 1 });

describe("an offer taken after the checkout", () => {
  test("is a custom event, once per line, and the Purchase stays unchanged", async () => {
    const { purchase, others } = await addedBy({ lines: [aLine(), OFFER] });
    expect(others).toHaveLength(1);
    expect(others[0]?.body).toMatchObject({
      event_name: "UpsellPurchase",
      event_id: "upsellpurchase.tea.9001",
      event_time: (PLACED + 5 * MINUTE) / 1000,
      custom_data: { value: 9, currency: "USD", content_ids: ["88"], num_items: 1, order_id: "6198424240428" },
      original_event_data: { event_name: "Purchase", event_id: purchase?.body.event_id },
    });
  });

  test("for more of the same item has the added value", async () => {
    const { others } = await addedBy({ lines: [aLine({ quantity: 3 })], sent: [aLine({ quantity: 2 })] });
    expect(others[0]?.body.custom_data).toMatchObject({ value: 12.5, num_items: 1 });
  });

  test.each<[string, Given]>([
    ["the order is as it was told", { lines: [aLine()] }],
    ["nothing was told yet", { lines: [aLine(), OFFER], sent: null }],
    ["an item was exchanged for another", { lines: [OFFER] }],
    ["the added item is free", { lines: [aLine(), { ...OFFER, unit: 0 }] }],
    [
      "it is a gift card and these are left out",
      {
        lines: [aLine(), { ...OFFER, isGiftCard: true }],
        settings: { giftCards: "leave-out" },
      },
    ],
    ["the ids are made of something else now", { lines: [aLine(), OFFER], settings: { contentId: "product_id" } }],
  ])("is none where %s", async (_why, given) => {
    expect((await addedBy(given)).others).toEqual([]);
  });

  test.each<[string, Given]>([
    ["the merchant did not ask for it", { lines: [aLine(), OFFER], orders: { upsellEvent: false } }],
    ["staff adds to it more than an hour later", { lines: [aLine(), OFFER], afterMs: 61 * MINUTE }],
  ])("is none, and the ledger is not even asked, where %s", async (_why, given) => {
    expect(await addedBy(given)).toMatchObject({ others: [], lookUps: 0 });
  });
});
