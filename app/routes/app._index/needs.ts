import type { OtherSender } from "../../event-contract/other-senders.ts";
import type { ReconcileState, SetupFacts } from "../../ledger/types.ts";
import type { OpenEvents } from "../../ledger/daily-figure-types.ts";
import type { Pixel, ShopProfile } from "../../settings/types.ts";
import type { EmbedState } from "./setup-steps.ts";

/** Something that only the merchant can do. */
export type Need =
  | {
      readonly kind: "pixel-blocked";
      readonly metaPixelId: string;
      /** Meta's answer in English (wording/advice.ts). */
      readonly why: string | null;
      readonly waiting: number;
      /** When Meta stops accepting the first of the events that wait; null if none waits. */
      readonly firstExpiresAt: Date | null;
    }
  | {
      readonly kind: "no-token" | "pixel-paused" | "token-unconfirmed" | "token-being-checked";
      readonly metaPixelId: string;
    }
  | { readonly kind: "test-code"; readonly pixelId: string; readonly metaPixelId: string; readonly code: string }
  | { readonly kind: "other-sender"; readonly metaPixelId: string; readonly sender: OtherSender }
  /** As settings/publish-problem.ts stores it. */
  | { readonly kind: "settings-unpublished"; readonly problem: string }
  /** Not `isKnown` while App Bridge has not answered about an embed that never reported to Tandem. */
  | { readonly kind: "embed-off"; readonly measuresNothing: boolean; readonly isKnown: boolean }
  /** `lost`: Meta no longer accepts them, or Tandem cannot read them. */
  | { readonly kind: "orders-never-came"; readonly orders: number; readonly lost: number }
  | { readonly kind: "unreadable" | "data-requests" | "unknown-answers"; readonly count: number };

export type NeedKind = Need["kind"];

export type NeedSituation = {
  readonly profile: Pick<ShopProfile, "pixels" | "settings">;
  readonly facts: Pick<
    SetupFacts,
    "otherSenders" | "quarantined" | "unknownAnswers" | "unconfirmedPixels" | "embedSeenAt" | "pixelsBeingChecked"
  >;
  readonly publish: { readonly problem: string | null };
  readonly reconciliation: ReconcileState | null;
  readonly open: Pick<OpenEvents, "deliveries">;
  readonly filesToDownload: number;
  readonly embed: EmbedState;
};

/** First what loses events now, then what counts them wrong, then what only improves them. */
const URGENCY = [
  "pixel-blocked",
  "no-token",
  "settings-unpublished",
  "orders-never-came",
  "unreadable",
  "pixel-paused",
  "other-sender",
  "test-code",
  "token-unconfirmed",
  "token-being-checked",
  "data-requests",
  "embed-off",
  "unknown-answers",
] as const satisfies readonly NeedKind[];

/** What needs the merchant, the most urgent first. */
export const needsOf = (situation: NeedSituation): readonly Need[] =>
  [
    ...situation.profile.pixels.flatMap((pixel) => needsOfPixel(pixel, situation)),
    ...needsOfOrders(situation),
    ...needsOfStorefront(situation),
    ...counted("data-requests", situation.filesToDownload),
    ...counted("unknown-answers", situation.facts.unknownAnswers),
  ].sort((one, other) => rankOf(one) - rankOf(other) || expiryOf(one) - expiryOf(other));

/** An embed without which nothing is measured is as urgent as a pixel that takes nothing. */
const rankOf = (need: Need): number =>
  need.kind === "embed-off" && need.measuresNothing ? 0 : URGENCY.indexOf(need.kind);

const expiryOf = (need: Need): number =>
  need.kind === "pixel-blocked" && need.firstExpiresAt !== null
    ? need.firstExpiresAt.getTime()
    : Number.MAX_SAFE_INTEGER;

const counted = (kind: "unreadable" | "data-requests" | "unknown-answers", count: number): readonly Need[] =>
  count > 0 ? [{ kind, count }] : [];

/** For so long after an event Meta accepts it. */
const ACCEPTED_MS = 7 * 86_400_000;

function needsOfPixel(pixel: Pixel, { facts, open }: NeedSituation): readonly Need[] {
  const { metaPixelId } = pixel;
  const code = pixel.testEventCode;
  return [
    ...sendingNeeds(pixel, open),
    ...tokenNeeds(metaPixelId, facts),
    ...(code === null ? [] : [{ kind: "test-code", pixelId: pixel.id, metaPixelId, code } as const]),
  ];
}

/** A token that Meta is being asked about needs nobody, and says so until the answer is there. */
function tokenNeeds(metaPixelId: string, facts: NeedSituation["facts"]): readonly Need[] {
  if (facts.pixelsBeingChecked.includes(metaPixelId)) return [{ kind: "token-being-checked", metaPixelId }];
  return facts.unconfirmedPixels.includes(metaPixelId) ? [{ kind: "token-unconfirmed", metaPixelId }] : [];
}

function sendingNeeds(pixel: Pixel, { deliveries }: Pick<OpenEvents, "deliveries">): readonly Need[] {
  const { metaPixelId } = pixel;
  if (!pixel.hasToken) return [{ kind: "no-token", metaPixelId }];
  if (pixel.state === "paused") return [{ kind: "pixel-paused", metaPixelId }];
  if (pixel.state !== "blocked") return [];
  // An event that was queued when the block began is held with the next attempt.
  const waiting = deliveries.filter(({ pixelId }) => pixelId === pixel.id);
  const times = waiting.map(({ oldest }) => oldest.getTime());
  return [
    {
      kind: "pixel-blocked",
      metaPixelId,
      why: pixel.stateReason,
      waiting: waiting.reduce((sum, { events }) => sum + events, 0),
      firstExpiresAt: times.length === 0 ? null : new Date(Math.min(...times) + ACCEPTED_MS),
    },
  ];
}

const LOST = new Set(["too-old", "unreadable"]);

function needsOfOrders({ reconciliation, facts }: NeedSituation): readonly Need[] {
  const { missing = 0, found = [] } = reconciliation?.report ?? {};
  const lost = found.filter(({ outcome }) => LOST.has(outcome)).length;
  return [
    ...(missing > 0 ? [{ kind: "orders-never-came", orders: missing, lost } as const] : []),
    ...counted("unreadable", facts.quarantined),
  ];
}

function needsOfStorefront({ publish, embed, profile, facts }: NeedSituation): readonly Need[] {
  const measuresNothing = profile.settings.storefrontMode !== "pixel";
  // The banner has its place before the answer is there, so that nothing below it moves when the answer comes.
  const isAwaited = embed === "awaited" && facts.embedSeenAt === null;
  return [
    ...(publish.problem === null ? [] : [{ kind: "settings-unpublished", problem: publish.problem } as const]),
    ...(embed === "off" || isAwaited ? [{ kind: "embed-off", measuresNothing, isKnown: !isAwaited } as const] : []),
    ...facts.otherSenders.map((sender) => ({ kind: "other-sender", ...sender }) as const),
  ];
}
