import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { NewEvent, OrderFacts } from "../outbox/types.ts";
import type { Settings } from "../settings/types.ts";
import type { Order, Person } from "../shopify/types.ts";
import { hashedIdentity, isMatchable, sha256 } from "./identity.ts";
import type { Occasion } from "./paid-later.ts";

const NOBODY: Person = {
  emails: [],
  phones: [],
  firstName: null,
  lastName: null,
  city: null,
  province: null,
  zip: null,
  country: null,
  customerId: null,
};

// An order of a thousand lines has some 300 kB of facts, and is rare; an ordinary one has 1 or 2 kB.
const LONGEST = 64_000;

/**
 * What can be kept of an order for a rehearsal: its lines, amounts, times and country, and nothing that says who bought.
 * Tags become digests, because a merchant's tag may name a customer. Nothing of an order with endless lines.
 */
export function factsOfOrder(
  order: Order,
  purchase: NewEvent,
  occasion: Occasion,
): { readonly orderFacts?: OrderFacts } {
  const orderFacts: OrderFacts = {
    order: withoutBuyer(order, purchase.shop),
    occasion,
    isIdentifiable: isMatchable(purchase.state === "withheld" ? hashedIdentity(order.person) : purchase.body.user_data),
  };
  return JSON.stringify(orderFacts).length > LONGEST ? {} : { orderFacts };
}

const withoutBuyer = (order: Order, shop: ShopDomain): Order => ({
  ...order,
  person: NOBODY,
  checkoutToken: null,
  browserIp: null,
  userAgent: null,
  referringSite: null,
  // Whether there was a visit says what kind of order it is; its page does not.
  landingSite: order.landingSite === null ? null : "/",
  attributes: Object.fromEntries(
    Object.values(CART_ATTRIBUTES).flatMap((name) => (Object.hasOwn(order.attributes, name) ? [[name, ""]] : [])),
  ),
  tags: order.tags.map((tag) => tagDigest(tag, shop)),
});

/** The settings with the tags that they name as facts have them, so that the same rules apply to facts. */
export const settingsForFacts = (settings: Settings): Settings =>
  settings.orders === undefined
    ? settings
    : {
        ...settings,
        orders: {
          ...settings.orders,
          triggerTag: settings.orders.triggerTag && tagDigest(settings.orders.triggerTag, settings.shop),
          rules: settings.orders.rules.map((rule) =>
            rule.match === "tag" ? { ...rule, value: tagDigest(rule.value, settings.shop) } : rule,
          ),
        },
      };

const DIGITS = 20;

/** Capital and small letters are the same tag. */
const tagDigest = (tag: string, shop: ShopDomain): string =>
  sha256(`${shop}\n${tag.trim().toLowerCase()}`).slice(0, DIGITS);
