import { eventId } from "../../../app/event-contract/event-id.ts";
import type { EventName } from "../../../app/event-contract/event-name.ts";
import type { CollectorPost, MomentPost } from "../../../app/event-contract/wire.ts";
import { aCollectorPost } from "../../fixtures/orders/collector-post.ts";
import type { Posted } from "./compare-storefront.ts";
import { type ChaosShop, SHOPS } from "./shop-floor.ts";

export type Visitor = {
  readonly n: number;
  readonly shop: ChaosShop;
  readonly consent: Pick<CollectorPost["consent"], "marketing" | "saleOfData">;
  readonly expected: Posted["expected"];
  /** Meta's own script reports what this visitor does, too; in others' browsers something blocks it. */
  readonly hasBrowserLeg: boolean;
};

/** What happens at one moment of a visit. */
export type Moment = readonly EventName[];

const PAGE: Moment = ["PageView", "ViewContent"];
const CART: Moment = ["AddToCart"];
const CHECKOUT: Moment = ["PageView", "InitiateCheckout"];

/** Twenty events. */
export const VISIT: readonly Moment[] = [PAGE, PAGE, PAGE, PAGE, CART, PAGE, PAGE, CART, PAGE, PAGE, CHECKOUT];

type Answer = Pick<Visitor, "consent" | "expected">;

export const CONSENTING: Answer = { consent: { marketing: true, saleOfData: true }, expected: "send" };

export function visitorOf(n: number): Visitor {
  const shop = SHOPS[n % SHOPS.length];
  if (shop === undefined) throw new Error("there is no shop");
  const answer = answerOf(n);
  return { n, shop, ...answer, hasBrowserLeg: answer.expected !== "withhold" && n % 2 === 0 };
}

/** Of five visitors one declines, and one opts out of the sale of their data. */
function answerOf(n: number): Answer {
  if (n % 5 === 3) return { consent: { marketing: false, saleOfData: false }, expected: "withhold" };
  if (n % 5 === 1) return { consent: { marketing: true, saleOfData: false }, expected: "limit" };
  return CONSENTING;
}

/** What the browser of this visitor has to say now, under these ids. */
export function postsAt(moment: Moment, { n, shop, consent }: Visitor, ids: readonly string[]): CollectorPost[] {
  const now = Date.now();
  return moment.map((name, index) => {
    const post = aCollectorPost({
      ...{ name, id: eventId(ids[index]), at: now, sentAt: now, checkoutToken: null, orderId: null, referrer: null },
      consent: { ...consent, at: now },
      url: `https://${shop.domain}/products/${n}`,
      fbp: `fb.1.${now}.${1_000_000_000 + n}`,
      fbc: null,
    });
    return name === "PageView" ? { ...post, data: {} } : post;
  });
}

/** The events of one moment as one post. */
export function momentText(posts: readonly CollectorPost[]): string {
  const [first] = posts;
  if (first === undefined) throw new Error("nothing happened");
  const { name: _name, id: _id, at: _at, leg: _leg, data: _data, ...shared } = first;
  const post: MomentPost = {
    ...shared,
    events: posts.map(({ name, id, at, leg, data }) => ({ name, id, at, leg, data })),
  };
  return JSON.stringify(post);
}

/** The query with which Meta's script reports it to `/tr`. */
export function hitOf({ name, id, fbp, url, data }: CollectorPost, { shop, consent }: Visitor): string {
  const fields = Object.entries(data).map(([key, value]) => [`cd[${key}]`, textOf(value)] as const);
  return new URLSearchParams({
    ...{ id: shop.metaPixelId, ev: name, eid: id ?? "", dl: url ?? "", fbp: fbp ?? "" },
    ...(!consent.saleOfData && { dpo: "LDU", dpoco: "0", dpost: "0" }),
    ...Object.fromEntries(fields),
  }).toString();
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
