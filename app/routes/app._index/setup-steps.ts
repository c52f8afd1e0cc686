import type { SetupFacts } from "../../ledger/types.ts";
import type { StorefrontMode } from "../../event-contract/published-settings.ts";

/** The theme embed's state as App Bridge reports it; `unknown` until it has answered, or if it cannot. */
export type EmbedState = "on" | "off" | "unknown";

export type SetupStep = {
  readonly id: "pixel" | "token" | "web-pixel" | "embed" | "browser-event" | "server-event" | "pair";
  readonly title: string;
  readonly done: boolean;
  /** The result of a step that is done, or what to do for one that is open. */
  readonly detail: string;
  readonly since: Date | null;
  readonly action: {
    readonly label: string;
    readonly to: "settings" | "theme-editor" | "storefront" | "events";
  } | null;
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
  browserEventStep(situation),
  serverEventStep(situation),
  pairStep(situation),
];

const pixelStep = ({ facts: { pixelConnected } }: SetupSituation): SetupStep => ({
  id: "pixel",
  title: "Connect your Meta pixel",
  done: pixelConnected,
  detail: pixelConnected
    ? "A Meta pixel is connected."
    : "Enter the Meta pixel ID and a Conversions API access token. Both are in Meta’s Events Manager, under Data sources, " +
      "your pixel, Settings.",
  since: null,
  action: pixelConnected ? null : { label: "Connect a pixel", to: "settings" },
});

function tokenStep({ facts: { tokenValid, pixelConnected } }: SetupSituation): SetupStep {
  const step = { id: "token", title: "Meta accepts the access token", since: null } as const;
  if (tokenValid === true) return { ...step, done: true, detail: "Meta accepted the token.", action: null };
  if (tokenValid === false) {
    return {
      ...step,
      done: false,
      detail:
        "Meta refuses the token: it may have expired or belong to another pixel. Generate a new one in Events Manager " +
        "and replace it. Until then events are kept, and sent as soon as Meta accepts the new token.",
      action: { label: "Replace the token", to: "settings" },
    };
  }
  const detail = pixelConnected
    ? "The token is stored, and Meta has not confirmed it yet. This turns green when Meta does: Tandem checks the token " +
      "within the hour, and the first event that Meta accepts confirms it too."
    : "Tandem checks the token with Meta when you connect the pixel.";
  return { ...step, done: false, detail, action: null };
}

const notOnYet = (publishProblem: SetupSituation["publishProblem"]): string =>
  publishProblem === null
    ? "Tandem is switching its web pixel on by itself. This page shows it as soon as Shopify has confirmed it."
    : "Shopify did not accept the web pixel’s settings: see the message above. Save the settings to try again.";

const webPixelStep = ({ facts: { webPixelOn }, publishProblem }: SetupSituation): SetupStep => ({
  id: "web-pixel",
  title: "Tandem’s web pixel is on",
  done: webPixelOn,
  detail: webPixelOn ? "Shopify runs Tandem’s web pixel in the storefront and at checkout." : notOnYet(publishProblem),
  since: null,
  action: webPixelOn ? null : { label: "Open settings", to: "settings" },
});

function embedStep({ facts: { embedSeenAt }, embed, mode }: SetupSituation): SetupStep {
  const done = embed === "on" || (embed === "unknown" && embedSeenAt !== null);
  const why =
    mode !== "pixel"
      ? "You chose that the theme reports storefront events, so none are measured until the embed is on."
      : "It keeps Meta’s click and browser IDs and the visitor’s consent with the cart, so that more orders match.";
  return {
    id: "embed",
    title: "Switch on the theme app embed",
    done,
    detail: done
      ? "The Tandem app embed is on in your published theme."
      : `${why} Open the theme editor, switch Tandem on under App embeds, and press Save.`,
    since: done ? embedSeenAt : null,
    action: done ? null : { label: "Open the theme editor", to: "theme-editor" },
  };
}

const browserEventStep = ({ facts: { firstBrowserEventAt } }: SetupSituation): SetupStep => ({
  id: "browser-event",
  title: "First event from a browser",
  done: firstBrowserEventAt !== null,
  detail:
    firstBrowserEventAt !== null
      ? "A shopper’s browser has reported an event."
      : "Open your shop in a private window, accept marketing cookies if the shop asks, and view a product.",
  since: firstBrowserEventAt,
  action: firstBrowserEventAt === null ? { label: "Open your shop", to: "storefront" } : null,
});

const serverEventStep = ({ facts: { firstServerEventAt } }: SetupSituation): SetupStep => ({
  id: "server-event",
  title: "First event from the server",
  done: firstServerEventAt !== null,
  detail:
    firstServerEventAt !== null
      ? "Meta has accepted an event from Tandem’s server."
      : "This turns green when Meta accepts the first event from Tandem’s server. If it stays open, check the reasons under Events.",
  since: firstServerEventAt,
  action: firstServerEventAt === null ? { label: "See events", to: "events" } : null,
});

const pairStep = ({ facts: { firstPairAt } }: SetupSituation): SetupStep => ({
  id: "pair",
  title: "First pair: one event, both legs",
  done: firstPairAt !== null,
  detail:
    firstPairAt !== null
      ? "Browser and server reported the same event with one event ID, so Meta can count it once."
      : "This turns green with the first event that browser and server both report with one event ID.",
  since: firstPairAt,
  action: firstPairAt === null ? { label: "See events", to: "events" } : null,
});
