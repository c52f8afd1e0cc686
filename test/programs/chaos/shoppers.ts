import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { eventId } from "../../../app/event-contract/event-id.ts";
import type { EventName } from "../../../app/event-contract/event-name.ts";
import { type CollectorPost, collectorPostText } from "../../../app/event-contract/wire.ts";
import { aCollectorPost } from "../../fixtures/orders/collector-post.ts";
import type { Posted } from "./compare-storefront.ts";
import { openCollector, type PostAnswer } from "./post-to-collector.ts";
import { type ChaosShop, SHOPS } from "./shop-floor.ts";

/** What one visitor does: pages of two events, something put into the cart twice, and the start of a checkout. */
const VISIT: readonly EventName[] = [
  ...pages(4),
  ...["AddToCart" as const, ...pages(2), "AddToCart" as const],
  ...pages(2),
  ...["PageView" as const, "InitiateCheckout" as const],
];

const BETWEEN_EVENTS_MS = 60;
// Every so many events the browser posts one twice at once.
const REPEATED = 7;
// A repeated post claims to be of another moment, so that it shows if both are counted.
const REPEATED_LATER_MS = 3_000;
const DOOMED = 7;

type Visitor = {
  readonly n: number;
  readonly shop: ChaosShop;
  readonly key: string;
  readonly consent: Pick<CollectorPost["consent"], "marketing" | "saleOfData">;
  readonly expected: Posted["expected"];
  /** Meta's own script reports what this visitor does, too; in others' browsers something blocks it. */
  readonly hasBrowserLeg: boolean;
};

export type Shoppers = {
  readonly posted: readonly Posted[];
  /** Answers of the collector that no post of a shop's own page should get, by post. */
  readonly problems: readonly string[];
  /** The next visitor does all that a visitor does. */
  readonly visit: () => void;
  /** A visit of one moment. Gives the event in the midst of it that Meta is to refuse before it is posted. */
  readonly visitDoomed: (refuse: (eventId: string) => void) => void;
  /** Resolves when every post was answered or given up. */
  readonly settled: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

export type StorefrontDoors = {
  readonly appUrl: string;
  /** Meta's `/tr`. */
  readonly metaUrl: string;
  /** The shops' collector keys, by domain. */
  readonly keys: ReadonlyMap<string, string>;
};

/** Visits the shops and records what every browser posted for the final comparison. */
export function openShoppers({ appUrl, metaUrl, keys }: StorefrontDoors): Shoppers {
  const collector = openCollector(appUrl);
  const posted: Posted[] = [];
  const problems: string[] = [];
  const visiting: Promise<unknown>[] = [];
  let visits = 0;
  let events = 0;

  const act = async (visitor: Visitor, step: number, id: string, expected = visitor.expected): Promise<void> => {
    events += 1;
    const post = postOf(visitor, step, id);
    const posts = events % REPEATED === 0 ? [post, { ...post, sentAt: post.sentAt + REPEATED_LATER_MS }] : [post];
    const [answers] = await Promise.all([
      Promise.all(posts.map((one) => collector.post(visitor.key, collectorPostText(one)))),
      visitor.hasBrowserLeg ? hit(metaUrl, visitor, post) : null,
    ]);
    posted.push({ eventId: id, isOwed: answers.includes("accepted"), expected });
    problems.push(...answers.filter(isRefusal).map((status) => `the collector answered ${id} with ${status}`));
  };
  const nextVisitor = (): Visitor => visitorOf((visits += 1), keys);

  return {
    posted,
    problems,
    visit: () => {
      const visitor = nextVisitor();
      const paced = VISIT.map((_, step) =>
        pause(step * BETWEEN_EVENTS_MS).then(() => act(visitor, step, randomUUID())),
      );
      visiting.push(...paced);
    },
    visitDoomed: (refuse) => {
      const visitor = { ...nextVisitor(), ...CONSENTING, hasBrowserLeg: false };
      const doomed = randomUUID();
      refuse(doomed);
      const atOnce = VISIT.map((_, step) =>
        step === DOOMED ? act(visitor, step, doomed, "refuse") : act(visitor, step, randomUUID()),
      );
      visiting.push(...atOnce);
    },
    settled: () => Promise.all(visiting),
    close: collector.close,
  };
}

function pages(count: number): EventName[] {
  return Array.from({ length: count }, () => ["PageView" as const, "ViewContent" as const]).flat();
}

const isRefusal = (answer: PostAnswer): answer is number => typeof answer === "number";

const CONSENTING = { consent: { marketing: true, saleOfData: true }, expected: "send" } as const;

function visitorOf(n: number, keys: StorefrontDoors["keys"]): Visitor {
  const shop = SHOPS[n % SHOPS.length];
  const key = keys.get(shop?.domain ?? "");
  if (shop === undefined || key === undefined) throw new Error("a visitor has no shop");
  const answer = consentOf(n);
  return { n, shop, key, ...answer, hasBrowserLeg: answer.expected !== "withhold" && n % 2 === 0 };
}

/** Of five visitors one declines, and one opts out of the sale of their data. */
function consentOf(n: number): Pick<Visitor, "consent" | "expected"> {
  if (n % 5 === 3) return { consent: { marketing: false, saleOfData: false }, expected: "withhold" };
  if (n % 5 === 1) return { consent: { marketing: true, saleOfData: false }, expected: "limit" };
  return CONSENTING;
}

function postOf({ n, shop, consent }: Visitor, step: number, id: string): CollectorPost {
  const name = VISIT[step] ?? "PageView";
  const now = Date.now();
  const post = aCollectorPost({
    ...{ name, id: eventId(id), at: now, sentAt: now, checkoutToken: null, orderId: null, referrer: null },
    consent: { ...consent, at: now },
    url: `https://${shop.domain}/products/${step}`,
    fbp: `fb.1.${now}.${1_000_000_000 + n}`,
    fbc: null,
  });
  return name === "PageView" ? { ...post, data: {} } : post;
}

/** What Meta's script sends to `/tr`. */
async function hit(metaUrl: string, { shop, consent }: Visitor, { name, id, fbp, url, data }: CollectorPost) {
  const query = new URLSearchParams({
    ...{ id: shop.metaPixelId, ev: name, eid: id ?? "", dl: url ?? "", fbp: fbp ?? "" },
    ...(!consent.saleOfData && { dpo: "LDU", dpoco: "0", dpost: "0" }),
    ...Object.fromEntries(Object.entries(data).map(([key, value]) => [`cd[${key}]`, textOf(value)])),
  });
  await (await fetch(`${metaUrl}/tr/?${query.toString()}`)).arrayBuffer();
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
