import type { ShopSeed } from "../../simulators/shopify/shop-seeds.ts";
import type { OrderWish } from "../../simulators/shopify/orders.ts";
import type { ShopifySimulator } from "../../simulators/shopify/simulator.ts";
import type { Order } from "../../simulators/shopify/types.ts";
import { CART_ATTRIBUTES } from "../../../app/event-contract/cart-attributes.ts";
import type { Sold } from "./compare.ts";

export type ChaosShop = { readonly domain: string; readonly metaPixelId: string; readonly firstToken: string };

/** Three shops, to show that one pixel's trouble does not affect another. */
export const SHOPS: readonly ChaosShop[] = [1, 2, 3].map((n) => ({
  domain: `chaos-${n}.myshopify.com`,
  metaPixelId: `10000000000000${n}0`,
  firstToken: `EAAchaos${n}token0of0a0simulated0dataset`,
}));

export const SEEDS: readonly ShopSeed[] = SHOPS.map(({ domain }) => ({
  handle: domain.slice(0, domain.indexOf(".")),
  name: "Chaos & Co",
  currency: "USD",
  country: "US",
  timezone: "America/New_York",
  taxesIncluded: false,
  taxRate: 0.08,
  markets: [{ country: "JP", currency: "JPY", rate: 150.21 }],
}));

const VARIANTS = ["4581920037713", "4581920037714", "4581920037721", "4581920037731", "4581920037732"];
// Within this time an order that is paid later is paid.
const PAID_LATER_MS = 1_500;

export type ShopFloor = {
  readonly sold: readonly Sold[];
  /** Sells one thing now; every kind of sale has its turn. */
  readonly sell: () => void;
  /** Sells one item whose event Meta will refuse; returns its event ID. */
  readonly sellDoomed: () => string;
  /** Resolves when everything that is paid later has been paid. */
  readonly settled: () => Promise<unknown>;
};

/** Sells in the simulator's shops and records every sale for the final comparison. */
export function openShopFloor(shopify: ShopifySimulator): ShopFloor {
  const sold: Sold[] = [];
  const paying: Promise<void>[] = [];

  const place = (n: number, expected: Sold["expected"]): Order => {
    const domain = shopOf(n);
    const order = shopify.placeOrder(domain, wish(n, expected));
    const eventId = `purchase.${domain.slice(0, domain.indexOf("."))}.${order.id}`;
    sold.push({ eventId, orderId: order.id, soldAt: order.createdAt, expected });
    return order;
  };

  let n = 0;
  return {
    sold,
    sell: () => {
      n += 1;
      const expected = n % 20 === 13 ? "withhold" : "send";
      const order = place(n, expected);
      if (!isPaidLater(n, expected)) return;
      paying.push(later(PAID_LATER_MS).then(() => shopify.markPaid(order)));
    },
    sellDoomed: () => {
      place(n, "refuse");
      return sold.at(-1)?.eventId ?? raise("nothing was sold");
    },
    settled: () => Promise.all(paying),
  };
}

const shopOf = (n: number): string => SHOPS[n % SHOPS.length]?.domain ?? raise("there is no shop");

/** The n-th sale; withheld ones alternate between a test order and a visitor who declined. */
function wish(n: number, expected: Sold["expected"]): OrderWish {
  const isDeclined = expected === "withhold" && n % 40 === 13;
  return {
    lines: [{ variantId: VARIANTS[n % VARIANTS.length] ?? "", quantity: 1 + (n % 3) }],
    ...placeOfSale(n, expected),
    discountCode: n % 9 === 0 ? "SAVE10" : null,
    test: expected === "withhold" && !isDeclined,
    email: `buyer-${n}@example.com`,
    financialStatus: isPaidLater(n, expected) ? "pending" : "paid",
    attributes: {
      [CART_ATTRIBUTES.consent]: JSON.stringify({ marketing: !isDeclined, saleOfData: true, at: Date.now() }),
    },
  };
}

const placeOfSale = (n: number, expected: Sold["expected"]): Pick<OrderWish, "country" | "source"> => ({
  country: n % 6 === 0 ? "JP" : "US",
  source: expected === "send" && n % 7 === 0 ? "pos" : "web",
});

const isPaidLater = (n: number, expected: Sold["expected"]): boolean => expected === "send" && n % 10 === 4;
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const raise = (problem: string): never => {
  throw new Error(problem);
};
