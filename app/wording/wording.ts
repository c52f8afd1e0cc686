/*
 * English tables for the pages that do not take their texts from the catalogue yet; the others use `useWords` with
 * state-wording.ts and reasons.ts.
 */
import { SKIPPED_BECAUSE } from "../event-contract/wire.ts";
import { ENGLISH } from "./english.ts";
import { CONSENT_RULE_NAMES, consentRuleIn } from "./reasons.ts";
import { stateWordings } from "./state-wording.ts";

export type { Wording } from "./state-wording.ts";

export const EVENT_STATES = stateWordings(ENGLISH, "event");
export const DELIVERY_STATES = stateWordings(ENGLISH, "delivery");
export const VERDICTS = stateWordings(ENGLISH, "verdict");
export const PIXEL_STATES = stateWordings(ENGLISH, "pixel");
export const DATA_REQUEST_STATES = stateWordings(ENGLISH, "data-request");
export const BROWSER_LEGS = stateWordings(ENGLISH, "browser-leg");
export const CONSENT_DECISIONS = stateWordings(ENGLISH, "consent");

const tableOf = <Name extends string>(
  names: readonly Name[],
  text: (name: Name) => string,
): Readonly<Record<Name, string>> =>
  // Object.fromEntries forgets the names.
  Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string>;

export const CONSENT_RULES = tableOf(CONSENT_RULE_NAMES, (rule) => consentRuleIn(ENGLISH, rule));
export const BROWSER_LEG_SKIPPED = tableOf(SKIPPED_BECAUSE, (because) => ENGLISH.text(`legs.skipped.${because}`));
export const ORIGINS = tableOf(["webhook", "collector", "reconciled", "lead", "test"], (origin) =>
  ENGLISH.text(`legs.origin.${origin}`),
);
