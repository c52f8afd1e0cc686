import { PRODUCTS } from "../../simulators/shopify/shop-seeds.ts";
import { PATIENCE_MS } from "../../support/patience.ts";
import type { Stack } from "../../simulators/stack.ts";

const ORDERS = 12;

/** Orders as a shop has them: most are sent, one is a test order, and one of a country that requires consent is not. */
export async function fillShop({ shopify, meta }: Stack, store: string): Promise<void> {
  const variants = PRODUCTS.flatMap((product) => product.variants);
  for (let n = 0; n < ORDERS; n += 1) {
    const lines = [{ variantId: variants[n % variants.length]?.id ?? "", quantity: 1 + (n % 3) }];
    shopify.placeOrder(store, { lines, source: "pos", country: n % 4 === 3 ? "DE" : "US" });
  }
  await shopify.settled();
  const until = Date.now() + PATIENCE_MS;
  while (meta.received().length < (ORDERS * 3) / 4 && Date.now() < until) {
    await new Promise((go) => setTimeout(go, 200));
  }
}
