import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { CollectorPost } from "../../../app/event-contract/wire.ts";
import type { Posted } from "./compare-storefront.ts";
import { openCollector, type PostAnswer } from "./post-to-collector.ts";
import { CONSENTING, hitOf, type Moment, momentText, postsAt, VISIT, type Visitor, visitorOf } from "./visitors.ts";

export type Shoppers = {
  readonly posted: readonly Posted[];
  /** Answers of the collector that no post of a shop's own page should get. */
  readonly problems: readonly string[];
  /** The next visitor does all that a visitor does. */
  readonly visit: () => void;
  /** A visit of one moment. Gives the event in the midst of it that Meta is to refuse before it is posted. */
  readonly visitDoomed: (refuse: (eventId: string) => void) => void;
  /** Resolves when every post was answered or given up. */
  readonly settled: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

type Storefront = {
  readonly appUrl: string;
  /** Meta's `/tr`. */
  readonly metaUrl: string;
  /** The shops' collector keys, by domain. */
  readonly keys: ReadonlyMap<string, string>;
};

const BETWEEN_MOMENTS_MS = 120;
// Every so many moments the browser posts everything a second time at once.
const REPEATED = 5;
// A repeated post claims to be of another moment, so that it shows if both are counted.
const REPEATED_LATER_MS = 3_000;
const DOOMED = 3;

/** Visits the shops and records what every browser posted for the final comparison. */
export function openShoppers({ appUrl, metaUrl, keys }: Storefront): Shoppers {
  const collector = openCollector(appUrl);
  const posted: Posted[] = [];
  const problems: string[] = [];
  const visiting: Promise<unknown>[] = [];
  let visits = 0;
  let moments = 0;

  /** `doomed`: the id of the moment's last event, which Meta refuses. */
  const live = async (moment: Moment, visitor: Visitor, doomed?: string): Promise<void> => {
    moments += 1;
    const ids = moment.map((_, index) => (index === moment.length - 1 ? (doomed ?? randomUUID()) : randomUUID()));
    const posts = postsAt(moment, visitor, ids);
    const key = keys.get(visitor.shop.domain) ?? "";
    const texts = [momentText(posts), ...(moments % REPEATED === 0 ? again(posts) : [])];
    const [answers] = await Promise.all([
      Promise.all(texts.map((text) => collector.post(key, text))),
      visitor.hasBrowserLeg ? Promise.all(posts.map((post) => hit(`${metaUrl}/tr/?${hitOf(post, visitor)}`))) : null,
    ]);
    for (const [index, eventId] of ids.entries()) {
      const isOwed = answers[0] === "accepted" || answers[1 + index] === "accepted";
      posted.push({ eventId, isOwed, expected: eventId === doomed ? "refuse" : visitor.expected });
    }
    problems.push(...answers.filter(isRefusal).map((status) => `the collector answered ${ids.join()} with ${status}`));
  };
  const nextVisitor = (): Visitor => visitorOf((visits += 1));

  return {
    posted,
    problems,
    visit: () => {
      const visitor = nextVisitor();
      visiting.push(...VISIT.map((moment, n) => pause(n * BETWEEN_MOMENTS_MS).then(() => live(moment, visitor))));
    },
    visitDoomed: (refuse) => {
      const visitor = { ...nextVisitor(), ...CONSENTING, hasBrowserLeg: false };
      const doomed = randomUUID();
      refuse(doomed);
      visiting.push(...VISIT.map((moment, n) => live(moment, visitor, n === DOOMED ? doomed : undefined)));
    },
    settled: () => Promise.all(visiting),
    close: collector.close,
  };
}

/** Each event in a post of its own. */
const again = (posts: readonly CollectorPost[]): readonly string[] =>
  posts.map((post) => JSON.stringify({ ...post, sentAt: post.sentAt + REPEATED_LATER_MS }));

const isRefusal = (answer: PostAnswer): answer is number => typeof answer === "number";

const hit = async (url: string): Promise<unknown> => (await fetch(url)).arrayBuffer();
