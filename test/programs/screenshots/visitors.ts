import { createHash, randomUUID } from "node:crypto";
import { CART_ATTRIBUTES } from "../../../app/event-contract/cart-attributes.ts";
import { checkoutToken, eventId, orderId } from "../../../app/event-contract/event-id.ts";
import type { EventName } from "../../../app/event-contract/event-name.ts";
import type { CollectorPost } from "../../../app/event-contract/wire.ts";
import { aCollectorPost } from "../../fixtures/orders/collector-post.ts";
import { PRODUCTS } from "../../simulators/shopify/shop-seeds.ts";
import type { Order } from "../../simulators/shopify/types.ts";
import { PIXEL } from "../../simulators/stack.ts";
import type { Life } from "./life.ts";

/** Somebody who looks around in the shop, with a browser of their own. */
export type Visitor = {
  readonly n: number;
  readonly email: string;
  readonly country: string;
  readonly token: string;
  readonly fbp: string;
  readonly fbc: string | null;
};

const COUNTRIES = ["DE", "DE", "AT", "US", "DE", "FR"] as const;
const USER_AGENT =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 Version/26.1 Safari/604.1";

export function aVisitor(n: number, { clock }: Life): Visitor {
  const at = clock.now().getTime();
  return {
    n,
    email: `visitor-${n}@example.com`,
    country: COUNTRIES[n % COUNTRIES.length] ?? "DE",
    token: randomUUID().replaceAll("-", ""),
    fbp: `fb.1.${at}.${1_000_000_000 + n}`,
    // Two of three come from an ad.
    fbc: n % 3 === 0 ? null : `fb.1.${at}.IwAR0visitor_${n}`,
  };
}

const productOf = ({ n }: Visitor) =>
  PRODUCTS[(n + Math.floor(n / PRODUCTS.length)) % PRODUCTS.length] ?? raise("the shop has no product");
export const variantOf = (visitor: Visitor) => productOf(visitor).variants[0] ?? raise("the product has no variant");

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const personOf = ({ email }: Visitor) => ({ em: sha256(email) });

const EVERY_POST = { referrer: null, checkoutToken: null, orderId: null, settingsVersion: 1 } as const;

/** What the browser says of one event, now. */
function postOf(visitor: Visitor, changes: Partial<CollectorPost>, { clock, store }: Life): CollectorPost {
  const now = clock.now().getTime();
  return aCollectorPost({
    ...EVERY_POST,
    ...{ id: eventId(randomUUID()), at: now - 300, sentAt: now, userAgent: USER_AGENT },
    ...{ fbp: visitor.fbp, fbc: visitor.fbc, consent: { marketing: true, saleOfData: true, at: now - 60_000 } },
    url: `https://${store}.myshopify.com/products/${productOf(visitor).handle}`,
    ...changes,
  });
}

/** Both legs of an event: to the app, and by Meta's own script to Meta. */
async function report(post: CollectorPost, life: Life): Promise<void> {
  // As a proxy in front of the app reports it.
  const headers = { "x-forwarded-for": "198.51.100.7" };
  const answer = await fetch(life.collectUrl(), { method: "POST", headers, body: JSON.stringify(post) });
  if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
  if (post.id !== null) life.underWay.toMeta.add(post.id);
  const query = new URLSearchParams({
    ...{ id: PIXEL.metaPixelId, ev: post.name, eid: post.id ?? "", dl: post.url ?? "", fbp: post.fbp ?? "" },
    ...Object.fromEntries(Object.entries(post.data).map(([key, value]) => [`cd[${key}]`, asText(value)])),
  });
  await (await fetch(`${life.stack.meta.httpUrl}/tr/?${query.toString()}`)).arrayBuffer();
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Looks at a product; some put it into the cart, and some of those go to the checkout. */
export async function lookAround(visitor: Visitor, steps: 2 | 3 | 4, life: Life): Promise<void> {
  const { id, price } = variantOf(visitor);
  const value = price / 100;
  const data = { value, currency: "EUR", content_ids: [id], contents: [{ id, quantity: 1, item_price: value }] };
  const names: readonly EventName[] = ["PageView", "ViewContent", "AddToCart", "InitiateCheckout"];
  for (const name of names.slice(0, steps)) {
    await report(postOf(visitor, { name, data: name === "PageView" ? {} : data }, life), life);
  }
}

/** Sends the contact form. The reference is what the shop's CRM knows the person by. */
export async function askSomething(visitor: Visitor, reference: string, life: Life): Promise<void> {
  const url = `https://${life.store}.myshopify.com/pages/contact`;
  const campaign = { utm_source: "facebook", utm_campaign: "autumn tableware", utm_content: "video 2" };
  const form = { reference, ...(visitor.fbc !== null && { campaign }) };
  await report(postOf(visitor, { name: "Lead", url, data: {}, form, person: personOf(visitor) }, life), life);
}

/** Pays. Of somebody who declined, the cart says so. */
export function order(visitor: Visitor, answer: "granted" | "declined", life: Life): Order {
  const { stack, store, clock } = life;
  life.underWay.orders += 1;
  const isGranted = answer === "granted";
  const consent = JSON.stringify({ marketing: isGranted, saleOfData: isGranted, at: clock.now().getTime() });
  return stack.shopify.placeOrder(store, {
    lines: [{ variantId: variantOf(visitor).id, quantity: 1 + (visitor.n % 2) }],
    country: visitor.country,
    email: visitor.email,
    checkoutToken: visitor.token,
    browser: { ip: "203.0.113.24", userAgent: USER_AGENT },
    attributes: {
      [CART_ATTRIBUTES.consent]: consent,
      ...(isGranted && { [CART_ATTRIBUTES.fbp]: visitor.fbp }),
      ...(isGranted && visitor.fbc !== null && { [CART_ATTRIBUTES.fbc]: visitor.fbc }),
    },
  });
}

/** The thank-you page reports the Purchase as well. */
export async function seeThankYouPage(visitor: Visitor, placed: Order, life: Life): Promise<void> {
  const url = `https://${life.store}.myshopify.com/checkouts/cn/${visitor.token}/thank-you`;
  const ids = { id: eventId(purchaseIdOf(placed)), orderId: orderId(placed.id) };
  const token = checkoutToken(visitor.token);
  await report(
    postOf(visitor, { ...ids, checkoutToken: token, name: "Purchase", url, data: saleOf(placed) }, life),
    life,
  );
}

/** With the default settings: lines after discounts, by their variants. */
function saleOf({ id, priced: { currency, subtotal, lines } }: Order): CollectorPost["data"] {
  const contents = lines.map(({ variant, quantity, net }) => ({
    id: variant.id,
    quantity,
    item_price: net / 100 / quantity,
  }));
  return {
    ...{ value: subtotal / 100, currency, content_type: "product", order_id: id, contents },
    content_ids: contents.map((item) => item.id),
    num_items: contents.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

export const purchaseIdOf = ({ shop, id }: Order): string => `purchase.${shop.replace(".myshopify.com", "")}.${id}`;

function raise(problem: string): never {
  throw new Error(problem);
}
