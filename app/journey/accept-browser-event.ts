import { parseCollectorPost } from "../event-contract/parse-collector-post.ts";
import {
  eventFromCollectorPost,
  receiptFromCollectorPost,
  type BrowserRequest,
} from "../normalize/event-from-collector.ts";
import type { Added, BrowserReceipt, NewEvent } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { type WakeUp, wakeUpsOf } from "./wake-ups.ts";

export type AcceptBrowserEventDeps = {
  readonly profileByIngestKey: (ingestKey: string) => Promise<ShopProfile | null>;
  readonly add: (event: NewEvent, webhook: null) => Promise<{ outcome: Added; due: boolean }>;
  readonly addReceipt: (receipt: BrowserReceipt) => Promise<{ due: boolean }>;
  readonly wake: (targets: readonly WakeUp[]) => void;
};

export type AcceptedBrowserEvent =
  | { readonly kind: "accepted" }
  | { readonly kind: "unknown-key" }
  | { readonly kind: "bad-post"; readonly problem: string };

/**
 * One browser event becomes a committed server leg; a Purchase becomes a receipt that waits for its order's webhook,
 * so that nobody can inject sales through the public collector. Makes no call outside the database.
 */
export async function acceptBrowserEvent(
  posted: { readonly ingestKey: string; readonly text: string; readonly request: BrowserRequest },
  deps: AcceptBrowserEventDeps,
): Promise<AcceptedBrowserEvent> {
  const profile = await deps.profileByIngestKey(posted.ingestKey);
  if (!profile?.installed) return { kind: "unknown-key" };

  const parsed = parseCollectorPost(posted.text);
  if (!parsed.ok) return { kind: "bad-post", problem: parsed.problem };

  const { due } =
    parsed.post.name === "Purchase"
      ? await deps.addReceipt(receiptFromCollectorPost(parsed.post, posted.request, profile.shop))
      : await deps.add(eventFromCollectorPost(parsed.post, posted.request, profile), null);
  if (due) deps.wake(wakeUpsOf(profile));
  return { kind: "accepted" };
}
