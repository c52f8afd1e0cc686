import type { SetupFacts } from "../../ledger/types.ts";
import type { StorefrontMode } from "../../event-contract/published-settings.ts";
import type { TextKey } from "../../wording/catalogue.ts";

/** The theme embed's state as App Bridge reports it; `awaited` until it has answered, `unknown` if it cannot. */
export type EmbedState = "on" | "off" | "unknown" | "awaited";

export type StepId = "pixel" | "token" | "web-pixel" | "embed" | "browser-event" | "server-event" | "pair" | "purchase";

export type StepPlace =
  "settings" | "events-manager" | "customer-events" | "theme-editor" | "storefront" | "events" | "draft-order";

export type SetupStep = {
  readonly id: StepId;
  readonly done: boolean;
  /** The result of a step that is done, or what to do for one that is open. */
  readonly detail: Extract<TextKey, `home.step.${string}`>;
  readonly since: Date | null;
  /** The place where the step is done; null for a step that is done, or that takes care of itself. */
  readonly to: StepPlace | null;
};

export type SetupSituation = {
  readonly facts: SetupFacts;
  readonly embed: EmbedState;
  readonly mode: StorefrontMode;
  readonly publishProblem: string | null;
};

/** The setup guide's steps. A step is done once Tandem has recorded the fact, never by a click on the step. */
export const setupSteps = (situation: SetupSituation): readonly SetupStep[] => [
  pixelStep(situation),
  tokenStep(situation),
  webPixelStep(situation),
  embedStep(situation),
  seenStep("browser-event", situation.facts.firstBrowserEventAt, "storefront"),
  seenStep("server-event", situation.facts.firstServerEventAt, "events"),
  seenStep("pair", situation.facts.firstPairAt, "storefront"),
  seenStep("purchase", situation.facts.firstPurchaseAt, "draft-order"),
];

const pixelStep = ({ facts: { pixelConnected } }: SetupSituation): SetupStep => ({
  id: "pixel",
  done: pixelConnected,
  detail: pixelConnected ? "home.step.pixel.done" : "home.step.pixel.open",
  since: null,
  to: pixelConnected ? null : "settings",
});

function tokenStep({ facts }: SetupSituation): SetupStep {
  const { tokenValid, pixelConnected, pixelsBeingChecked } = facts;
  const step = { id: "token", since: null } as const;
  if (tokenValid === true) return { ...step, done: true, detail: "home.step.token.done", to: null };
  if (tokenValid === false) {
    return { ...step, done: false, detail: "home.step.token.refused", to: "events-manager" };
  }
  const stored = pixelsBeingChecked.length > 0 ? "home.step.token.checking" : "home.step.token.unconfirmed";
  const detail = pixelConnected ? stored : "home.step.token.open";
  return { ...step, done: false, detail, to: pixelConnected ? null : "events-manager" };
}

function webPixelStep({ facts: { webPixelOn }, publishProblem }: SetupSituation): SetupStep {
  const notOnYet = publishProblem === null ? "home.step.web-pixel.open" : "home.step.web-pixel.refused";
  return {
    id: "web-pixel",
    done: webPixelOn,
    detail: webPixelOn ? "home.step.web-pixel.done" : notOnYet,
    since: null,
    to: webPixelOn ? null : "customer-events",
  };
}

function embedStep({ facts: { embedSeenAt }, embed, mode }: SetupSituation): SetupStep {
  const done = embed === "on" || (embed !== "off" && embedSeenAt !== null);
  const open = mode === "pixel" ? "home.step.embed.open" : "home.step.embed.needed";
  return {
    id: "embed",
    done,
    detail: done ? "home.step.embed.done" : open,
    since: done ? embedSeenAt : null,
    to: done ? null : "theme-editor",
  };
}

const seenStep = (
  id: "browser-event" | "server-event" | "pair" | "purchase",
  since: Date | null,
  to: StepPlace,
): SetupStep => ({
  id,
  done: since !== null,
  detail: `home.step.${id}.${since === null ? "open" : "done"}`,
  since,
  to: since === null ? to : null,
});
