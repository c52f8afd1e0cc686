import { parseEventsPost, type ParsedPost, type UnreadableBecause } from "../event-contract/parse-collector-post.ts";
import { parseSendersPost } from "../event-contract/parse-senders-post.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import type { FoundSender } from "../event-contract/other-senders.ts";
import type { CollectorPost } from "../event-contract/wire.ts";
import {
  eventFromCollectorPost,
  receiptFromCollectorPost,
  type BrowserRequest,
} from "../normalize/event-from-collector.ts";
import type { LimitExceeded } from "../ledger/collector-refusal-types.ts";
import { withLead } from "../leads/new-lead.ts";
import { funnelOf } from "../settings/funnel.ts";
import { pageOwner } from "../normalize/page-of-shop.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { BrowserReceipt, NewEvent } from "../outbox/types.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";
import type { PostedEvent } from "../outbox/rows-to-add.server.ts";
import { isOfEmbed } from "../normalize/is-of-embed.ts";
import { decideOnArrival } from "./decide-on-arrival.ts";
import { type WakeUp, wakeUpsOf } from "./wake-ups.ts";

export type AcceptBrowserEventDeps = {
  readonly profileByIngestKey: (ingestKey: string) => Promise<ShopProfile | null>;
  /** One commit. `due`: one of the events can be decided now; `queued`: the pixels that can send an event now. */
  readonly addPosted: (
    events: readonly [PostedEvent, ...PostedEvent[]],
  ) => Promise<{ due: boolean; added: readonly { queued: readonly PixelId[] }[] }>;
  readonly addReceipt: (receipt: BrowserReceipt) => Promise<{ due: boolean; erased?: true }>;
  readonly noteOtherSenders: (report: {
    shop: ShopDomain;
    senders: readonly FoundSender[];
    now: Date;
  }) => Promise<void>;
  /** Called where a page's host is not known, which the shop may have got since its hosts were read. */
  readonly noteUnknownHost: (shop: ShopDomain) => void;
  /** Called for each post that only the theme embed can have sent. */
  readonly noteEmbedSeen: (shop: ShopDomain) => void;
  readonly limits: StoringLimits;
  readonly wake: (targets: readonly WakeUp[]) => void;
};

export type Poster = { readonly ip: string | null; readonly shop: ShopDomain };

/** Each answers 0, or the seconds after which the sender may try again. */
export type StoringLimits = {
  /** Takes what the row will weigh, in bytes. */
  readonly store: (poster: Poster, bytes: number) => number;
  /** Takes one more order or checkout that the poster names; the same one again takes nothing. */
  readonly name: (poster: Poster, order: string) => number;
};

export type AcceptedBrowserEvent =
  | { readonly kind: "accepted" }
  | { readonly kind: "unknown-key" }
  | { readonly kind: "foreign-page" }
  /** The receipt belongs to an erased customer and is not stored. */
  | { readonly kind: "erased" }
  | { readonly kind: "beyond-limit"; readonly because: LimitExceeded; readonly wait_s: number }
  | { readonly kind: "bad-post"; readonly because: UnreadableBecause; readonly problem: string };

type Refused = Exclude<AcceptedBrowserEvent, { readonly kind: "accepted" }>;
const ACCEPTED: AcceptedBrowserEvent = { kind: "accepted" };

export type BrowserPost = {
  readonly ingestKey: string;
  readonly text: string;
  readonly request: BrowserRequest;
  /** Takes one more event than the post's first; answers as StoringLimits do. */
  readonly takeAnother: () => number;
};

/**
 * Commits the browser events of a post as server legs, all in one commit and each decided already unless it has to wait
 * or ask. A Purchase is stored as a receipt that waits for its order's webhook, so that nobody can inject sales through
 * the public collector. Gives one answer an event, or a single one for the whole post; a refused event takes none of
 * the others with it. Makes no call outside the database.
 */
export async function acceptBrowserEvents(
  posted: BrowserPost,
  deps: AcceptBrowserEventDeps,
): Promise<readonly AcceptedBrowserEvent[]> {
  const profile = isStorable(posted.ingestKey) ? await deps.profileByIngestKey(posted.ingestKey) : null;
  if (!profile?.installed) return [{ kind: "unknown-key" }];

  const senders = parseSendersPost(posted.text);
  if (senders !== null) {
    deps.noteEmbedSeen(profile.shop);
    if (senders.length > 0) {
      await deps.noteOtherSenders({ shop: profile.shop, senders, now: posted.request.receivedAt });
    }
    return [ACCEPTED];
  }

  const posts = parseEventsPost(posted.text);
  const examined = posts.map((parsed, n) => {
    const wait_s = n === 0 ? 0 : posted.takeAnother();
    return wait_s > 0
      ? ({ kind: "beyond-limit", because: "too-many", wait_s } as const)
      : examine(parsed, { request: posted.request, profile }, deps);
  });
  const isStored = (n: number): boolean => examined[n]?.kind === "event";
  if (posts.some((parsed, n) => parsed.ok && isStored(n) && isOfEmbed(parsed.post, profile))) {
    deps.noteEmbedSeen(profile.shop);
  }
  return store(examined, profile, deps);
}

type Posted = { readonly request: BrowserRequest; readonly profile: ShopProfile };
type Entry =
  | { readonly kind: "event"; readonly entry: PostedEvent }
  | { readonly kind: "receipt"; readonly entry: BrowserReceipt };

/** The entry to be stored, or why none is. */
function examine(parsed: ParsedPost, { request, profile }: Posted, deps: AcceptBrowserEventDeps): Entry | Refused {
  if (!parsed.ok) return { kind: "bad-post", because: parsed.because, problem: parsed.problem };
  const { post } = parsed;
  const owner = pageOwner(post.url, profile, request.receivedAt);
  if (owner === "unsure") deps.noteUnknownHost(profile.shop);
  // An order counts whatever is said of it, and keeps the page that Shopify names.
  if (owner === "foreign" && post.name !== "Purchase") return { kind: "foreign-page" };
  const known = owner === "own" ? post : { ...post, url: null, referrer: null };
  return withinLimits(known, { request, profile }, deps.limits);
}

function withinLimits(post: CollectorPost, { request, profile }: Posted, limits: StoringLimits): Entry | Refused {
  const poster = { ip: request.ip, shop: profile.shop };
  if (post.name === "Purchase") {
    const receipt = receiptFromCollectorPost(post, request, profile.shop);
    return beyondLimit(receipt, poster, limits) ?? { kind: "receipt", entry: receipt };
  }
  const event = eventFromCollectorPost(post, request, profile);
  const refused = beyondLimit(event, poster, limits);
  if (refused !== null) return refused;
  const decision = decideOnArrival(event, profile, request.receivedAt);
  const lead = { decision, details: post.form ?? {}, funnel: funnelOf(profile.settings) };
  return { kind: "event", entry: { event: withLead(event, lead), decision: decision ?? undefined } };
}

async function store(
  examined: readonly (Entry | Refused)[],
  profile: ShopProfile,
  deps: AcceptBrowserEventDeps,
): Promise<readonly AcceptedBrowserEvent[]> {
  const events = uniqueEvents(examined);
  const commit = addEvents([...events.values()], profile, deps);
  const answers = examined.map(async (one): Promise<AcceptedBrowserEvent> => {
    if (one.kind === "event") return (await commit).get(events.get(keyOf(one.entry)) ?? one.entry) ?? ACCEPTED;
    return one.kind === "receipt" ? addReceipt(one.entry, profile, deps) : one;
  });
  return Promise.all(answers);
}

const keyOf = ({ event: { body } }: PostedEvent): string => JSON.stringify([body.event_name, body.event_id]);

/** Of the same event twice, the first. */
function uniqueEvents(examined: readonly (Entry | Refused)[]): ReadonlyMap<string, PostedEvent> {
  const events = new Map<string, PostedEvent>();
  for (const one of examined) {
    if (one.kind === "event" && !events.has(keyOf(one.entry))) events.set(keyOf(one.entry), one.entry);
  }
  return events;
}

type RefusedEvents = ReadonlyMap<PostedEvent, Refused>;

/** The events that could not be stored. Where the database cannot store one of several, the others are stored alone. */
async function addEvents(
  events: readonly PostedEvent[],
  profile: ShopProfile,
  deps: AcceptBrowserEventDeps,
): Promise<RefusedEvents> {
  const [first, ...others] = events;
  if (first === undefined) return new Map();
  try {
    const { due, added } = await deps.addPosted([first, ...others]);
    const pixels = new Set(added.flatMap(({ queued }) => queued));
    const decided = [...pixels].map((pixelId) => ({ shop: profile.shop, pixelId, isDecided: true }));
    wake([...(due ? wakeUpsOf(profile) : []), ...decided], deps);
    return new Map();
  } catch (error) {
    if (others.length === 0) return new Map([[first, badPost(error)]]);
    if (!(error instanceof NotStorable)) throw error;
    const alone = await Promise.all(events.map((event) => addEvents([event], profile, deps)));
    return new Map(alone.flatMap((refused) => [...refused]));
  }
}

async function addReceipt(
  receipt: BrowserReceipt,
  profile: ShopProfile,
  deps: AcceptBrowserEventDeps,
): Promise<AcceptedBrowserEvent> {
  try {
    const { due, erased } = await deps.addReceipt(receipt);
    wake(due ? wakeUpsOf(profile) : [], deps);
    return erased ? { kind: "erased" } : ACCEPTED;
  } catch (error) {
    return badPost(error);
  }
}

const wake = (targets: readonly WakeUp[], deps: AcceptBrowserEventDeps): void => {
  if (targets.length > 0) deps.wake(targets);
};

type BeyondLimit = Extract<AcceptedBrowserEvent, { kind: "beyond-limit" }>;

/** Measured on what will be stored, because a small post may become a large row. */
function beyondLimit(entry: BrowserReceipt | NewEvent, poster: Poster, limits: StoringLimits): BeyondLimit | null {
  const named = "body" in entry ? 0 : limits.name(poster, JSON.stringify([entry.checkoutToken, entry.orderId]));
  if (named > 0) return { kind: "beyond-limit", because: "guessing", wait_s: named };
  const wait_s = limits.store(poster, Buffer.byteLength(JSON.stringify(entry)));
  return wait_s > 0 ? { kind: "beyond-limit", because: "too-much", wait_s } : null;
}

/**
 * A value that PostgreSQL can never store makes the post invalid; it is not an outage for which the browser should
 * retry.
 */
function badPost(error: unknown): Extract<AcceptedBrowserEvent, { kind: "bad-post" }> {
  if (error instanceof NotStorable) return { kind: "bad-post", because: "wrong-field", problem: error.message };
  throw error;
}
