import { eventsUrl } from "../../components/events-url.ts";
import type { HelpQuestion } from "../../components/help-url.ts";
import type { TextKey } from "../../wording/catalogue.ts";

type Place = Extract<TextKey, `help.to.${string}`> extends `help.to.${infer Name}` ? Name : never;

/** The pages on which a shop's own answer stands. */
export const PLACE_URLS = {
  home: "/app",
  search: eventsUrl({}),
  "not-sent": eventsUrl({ outcome: "withheld" }),
  declined: eventsUrl({ reason: "consent-browser-declined" }),
  unanswered: eventsUrl({ reason: "consent-required-and-unknown" }),
  expired: eventsUrl({ outcome: "expired" }),
  matched: eventsUrl({ event: "Purchase", legs: "matched" }),
  "server-only": eventsUrl({ event: "Purchase", legs: "server" }),
  accepted: eventsUrl({ event: "Purchase", outcome: "delivered" }),
  test: "/app/test",
  pixels: "/app/settings",
  purchase: "/app/settings/purchase",
  consent: "/app/settings/consent",
} as const satisfies Record<Place, string>;

export const PLACES_OF_QUESTION = {
  numbers: ["home", "not-sent"],
  "not-sent": ["search", "not-sent", "purchase"],
  "match-quality": ["home", "server-only"],
  twice: ["home", "matched"],
  "test-code": ["test", "pixels"],
  consent: ["declined", "unanswered", "consent"],
  token: ["pixels", "home", "expired"],
  blockers: ["home", "server-only"],
  "events-manager": ["accepted", "search", "test"],
  ads: ["home"],
} as const satisfies Record<HelpQuestion, readonly Place[]>;
