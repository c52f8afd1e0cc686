import { parseCollectorPost, type UnreadableBecause } from "../event-contract/parse-collector-post.ts";
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
import { pageOwner } from "../normalize/page-of-shop.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { Added, BrowserReceipt, Decision, NewEvent } from "../outbox/types.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";
import { decideOnArrival } from "./decide-on-arrival.ts";
import { type WakeUp, wakeUpsOf } from "./wake-ups.ts";

export type AcceptBrowserEventDeps = {
  readonly profileByIngestKey: (ingestKey: string) => Promise<ShopProfile | null>;
  readonly add: (event: NewEvent, webhook: null) => Promise<{ outcome: Added; due: boolean }>;
  /** `queued`: the pixels that can send the event now. */
  readonly addDecided: (event: NewEvent, decision: Decision) => Promise<{ queued: readonly PixelId[] }>;
  readonly addReceipt: (receipt: BrowserReceipt) => Promise<{ due: boolean; erased?: true }>;
  readonly noteOtherSenders: (report: {
    shop: ShopDomain;
    senders: readonly FoundSender[];
    now: Date;
  }) => Promise<void>;
  /** Called where a page's host is not known, which the shop may have got since its hosts were read. */
  readonly noteUnknownHost: (shop: ShopDomain) => void;
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

/**
 * Commits a browser event as the server leg, decided already unless it has to wait or ask. A Purchase is stored as a
 * receipt that waits for its order's webhook, so that nobody can inject sales through the public collector. Makes no
 * call outside the database.
 */
export async function acceptBrowserEvent(
  posted: { readonly ingestKey: string; readonly text: string; readonly request: BrowserRequest },
  deps: AcceptBrowserEventDeps,
): Promise<AcceptedBrowserEvent> {
  const profile = isStorable(posted.ingestKey) ? await deps.profileByIngestKey(posted.ingestKey) : null;
  if (!profile?.installed) return { kind: "unknown-key" };

  const senders = parseSendersPost(posted.text);
  if (senders !== null) {
    if (senders.length > 0) {
      await deps.noteOtherSenders({ shop: profile.shop, senders, now: posted.request.receivedAt });
    }
    return { kind: "accepted" };
  }

  const parsed = parseCollectorPost(posted.text);
  if (!parsed.ok) return { kind: "bad-post", because: parsed.because, problem: parsed.problem };

  return keep(parsed.post, { request: posted.request, profile }, deps);
}

type Posted = { readonly request: BrowserRequest; readonly profile: ShopProfile };

async function keep(
  post: CollectorPost,
  { request, profile }: Posted,
  deps: AcceptBrowserEventDeps,
): Promise<AcceptedBrowserEvent> {
  const owner = pageOwner(post.url, profile, request.receivedAt);
  if (owner === "unsure") deps.noteUnknownHost(profile.shop);
  // An order counts whatever is said of it, and keeps the page that Shopify names.
  if (owner === "foreign" && post.name !== "Purchase") return { kind: "foreign-page" };
  const known = owner === "own" ? post : { ...post, url: null, referrer: null };
  const kept = await stored(known, { request, profile }, deps).catch(badPost);
  if ("kind" in kept) return kept;
  if (kept.wake.length > 0) deps.wake(kept.wake);
  return { kind: kept.erased ? "erased" : "accepted" };
}

type BeyondLimit = Extract<AcceptedBrowserEvent, { kind: "beyond-limit" }>;
type Stored = { readonly wake: readonly WakeUp[]; readonly erased?: true };

async function stored(
  post: CollectorPost,
  { request, profile }: Posted,
  deps: AcceptBrowserEventDeps,
): Promise<Stored | BeyondLimit> {
  const poster = { ip: request.ip, shop: profile.shop };
  if (post.name === "Purchase") {
    const receipt = receiptFromCollectorPost(post, request, profile.shop);
    const refused = beyondLimit(receipt, poster, deps.limits);
    if (refused !== null) return refused;
    const { due, ...rest } = await deps.addReceipt(receipt);
    return { ...rest, wake: due ? wakeUpsOf(profile) : [] };
  }
  const event = eventFromCollectorPost(post, request, profile);
  const refused = beyondLimit(event, poster, deps.limits);
  if (refused !== null) return refused;
  const decision = decideOnArrival(event, profile, request.receivedAt);
  if (decision === null) return { wake: (await deps.add(event, null)).due ? wakeUpsOf(profile) : [] };
  const { queued } = await deps.addDecided(event, decision);
  return { wake: queued.map((pixelId) => ({ shop: profile.shop, pixelId, isDecided: true })) };
}

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
