import { eventId, type ShopDomain } from "../event-contract/event-id.ts";
import type { CurrencyCode } from "../event-contract/money.ts";
import type { NewEvent } from "../outbox/types.ts";
import { browserUserData } from "./browser-context.ts";
import { sha256 } from "./identity.ts";

export type TestPurchase = {
  readonly shop: ShopDomain;
  readonly settingsVersion: number;
  /** Makes the event's ID, so that a form that is sent twice makes one event. */
  readonly key: string;
  readonly currency: CurrencyCode;
  /** The browser of whoever sends it: there is no shopper. An address that is not public is left out. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly now: Date;
};

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What Meta shows of the item, and what no catalog has. */
const ITEM = "tandem-test";

/**
 * A Purchase that nobody made: one item for 1.00 in the shop's currency. It has the customer data of the sender's own
 * browser and a made-up customer, who is the same for the whole shop. Null if the key is not a UUID.
 */
export function testPurchase(given: TestPurchase): NewEvent | null {
  const { shop, settingsVersion, key, currency, ip, userAgent, now } = given;
  const id = KEY.test(key) ? eventId(`test.${key}`) : null;
  if (id === null) return null;
  const at_s = Math.floor(now.getTime() / 1000);
  const browser = browserUserData({ ips: [ip], userAgent, fbp: null, fbc: null, at_s });
  return {
    shop,
    origin: "test",
    body: {
      event_name: "Purchase",
      event_id: id,
      event_time: at_s,
      action_source: "website",
      event_source_url: `https://${shop}/`,
      user_data: { ...browser, external_id: [sha256(`${ITEM}.${shop}`)] },
      custom_data: {
        ...{ value: 1, currency, content_type: "product", content_ids: [ITEM] },
        ...{ contents: [{ id: ITEM, quantity: 1, item_price: 1 }], num_items: 1 },
      },
    },
    settingsVersion,
    orderId: null,
    checkoutToken: null,
    region: null,
    state: "joining",
    reason: null,
    joinForMs: 0,
    signal: null,
    browserLeg: null,
    isTest: true,
  };
}
