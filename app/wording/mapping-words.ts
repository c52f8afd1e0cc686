import { EVENT_NAMES, type EventName } from "../event-contract/event-name.ts";
import type { Legs, MappingWarning, SalesChannel } from "../settings/types.ts";
import { ENGLISH } from "./english.ts";
import type { Words } from "./words.ts";

/** What a merchant should know before saving a mapping like this. */
export function warningIn(words: Words, warning: MappingWarning): string {
  switch (warning.kind) {
    case "primary-without-value":
      return words.text("mapping.warning.primary-without-value", { action: warning.action });
    case "primary-off":
      return words.text("mapping.warning.primary-off", { action: warning.action });
    case "one-leg":
      return words.text(`mapping.warning.${warning.legs}-alone`, { action: warning.action });
    case "purchase-renamed":
      return words.text("mapping.warning.purchase-renamed", { name: warning.as });
  }
}

// In English, for the pages that do not take their texts from the catalogue yet.
export const warningInWords = (warning: MappingWarning): string => warningIn(ENGLISH, warning);
export const ACTIONS = Object.fromEntries(
  EVENT_NAMES.map((name) => [name, ENGLISH.text(`mapping.action.${name}`)]),
) as Readonly<Record<EventName, string>>;
export const LEGS: Readonly<Record<Legs, string>> = {
  both: ENGLISH.text("legs.both"),
  browser: ENGLISH.text("legs.browser"),
  server: ENGLISH.text("legs.server"),
  off: ENGLISH.text("legs.off"),
};
export const CHANNELS: Readonly<Record<SalesChannel, string>> = {
  online: ENGLISH.text("mapping.channel.online"),
  pos: ENGLISH.text("mapping.channel.pos"),
  renewals: ENGLISH.text("mapping.channel.renewals"),
  other: ENGLISH.text("mapping.channel.other"),
};
