import type { DeliveryDetail, EventRow } from "../ledger/types.ts";
import type { Verdict } from "../meta/types.ts";
import type { EventState } from "../outbox/types.ts";
import type { DataRequestState } from "../privacy/types.ts";
import type { PixelState } from "../settings/types.ts";
import type { TextKey } from "./catalogue.ts";
import type { Words } from "./words.ts";

/** What merchants read for a state or a verdict, and how it looks. */
export type Wording = {
  /** A few words, for a badge. */
  readonly label: string;
  /** One sentence: what it means, and what to do if something has to be done. */
  readonly meaning: string;
} & Look;

export type Tone = "info" | "success" | "warning" | "critical" | "caution";

type Look = { readonly tone?: Tone };

const WAITING = { tone: "info" } as const;

/** How each state looks; its texts are `states.KIND.STATE.label` and `.meaning`. */
const EVENT = {
  "waiting-for-payment": WAITING,
  "waiting-for-fulfillment": WAITING,
  "waiting-for-tag": WAITING,
  joining: WAITING,
  queued: { tone: "info" },
  "held-blocked": { tone: "warning" },
  "held-paused": { tone: "warning" },
  delivered: { tone: "success" },
  withheld: { tone: "caution" },
  refused: { tone: "critical" },
  expired: { tone: "warning" },
} as const satisfies Record<
  EventState | "held-blocked" | "held-paused" | "waiting-for-fulfillment" | "waiting-for-tag",
  Look
>;

const DELIVERY = {
  queued: { tone: "info" },
  held: { tone: "warning" },
  delivered: { tone: "success" },
  withheld: { tone: "caution" },
  refused: { tone: "critical" },
  expired: { tone: "warning" },
} as const satisfies Record<DeliveryDetail["state"], Look>;

const VERDICT = {
  accepted: { tone: "success" },
  "try-later": { tone: "info" },
  refused: { tone: "critical" },
  blocked: { tone: "warning" },
} as const satisfies Record<Verdict["kind"], Look>;

const PIXEL = {
  active: { tone: "success" },
  paused: {},
  blocked: { tone: "critical" },
} as const satisfies Record<PixelState, Look>;

const DATA_REQUEST = {
  "being-assembled": WAITING,
  ready: { tone: "caution" },
  downloaded: { tone: "success" },
} as const satisfies Record<DataRequestState, Look>;

const BROWSER_LEG = {
  sent: { tone: "success" },
  skipped: {},
  unseen: {},
} as const satisfies Record<EventRow["browserLeg"], Look>;

const CONSENT = {
  send: { tone: "success" },
  "send-limited": { tone: "info" },
  withhold: { tone: "caution" },
} as const satisfies Record<"send" | "send-limited" | "withhold", Look>;

const PREVIEW = {
  send: { tone: "success" },
  wait: { tone: "info" },
  withheld: { tone: "caution" },
  refused: { tone: "critical" },
} as const satisfies Record<"send" | "wait" | "withheld" | "refused", Look>;

const LOOKS = {
  event: EVENT,
  delivery: DELIVERY,
  verdict: VERDICT,
  pixel: PIXEL,
  "data-request": DATA_REQUEST,
  "browser-leg": BROWSER_LEG,
  consent: CONSENT,
  preview: PREVIEW,
} as const;

type Looks = typeof LOOKS;
export type StateKind = keyof Looks;
export type StateOf<Kind extends StateKind> = keyof Looks[Kind] & string;

/** The keys that the catalogue must have; the assignment below compiles only if it has them all. */
type StateKey = {
  [Kind in StateKind]: `states.${Kind}.${StateOf<Kind>}.${"label" | "meaning"}`;
}[StateKind];
type PlainKey = Extract<TextKey, `states.${string}`>;

/** A state in the reader's language. */
export function stateWording<Kind extends StateKind>(words: Words, kind: Kind, state: StateOf<Kind>): Wording {
  // The compiler does not follow two type parameters into a template; StateKey below holds the table to the catalogue.
  const key = (part: "label" | "meaning") => `states.${kind}.${state}.${part}` as StateKey satisfies PlainKey;
  const look: Look = LOOKS[kind][state] as Look;
  return { label: words.text(key("label")), meaning: words.text(key("meaning")), ...look };
}

/** Every state of a kind, in the reader's language. */
export const stateWordings = <Kind extends StateKind>(
  words: Words,
  kind: Kind,
): Readonly<Record<StateOf<Kind>, Wording>> =>
  // Object.keys and Object.fromEntries forget the names, which are the table's own.
  Object.fromEntries(
    Object.keys(LOOKS[kind]).map((state) => [state, stateWording(words, kind, state as StateOf<Kind>)]),
  ) as Record<StateOf<Kind>, Wording>;

/** An event's state as its reason words it, and as its pixel does while that one holds it back. */
export function eventStateIn(
  words: Words,
  { state, reason, heldBy = null }: Pick<EventRow, "state" | "reason"> & Partial<Pick<EventRow, "heldBy">>,
): Wording {
  if (state === "queued" && heldBy !== null) return stateWording(words, "event", `held-${heldBy}`);
  const isMoreThanPaid =
    state === "waiting-for-payment" && (reason === "waiting-for-fulfillment" || reason === "waiting-for-tag");
  return stateWording(words, "event", isMoreThanPaid ? reason : state);
}
