import { EVENT_NAMES, type EventName, type SentName } from "../event-contract/event-name.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { problem } from "./field-problem.ts";

// Meta's standard events (developers.facebook.com, Meta Pixel reference, 2026-09). Names are case-sensitive; any other
// name is custom.
export const STANDARD_EVENTS: readonly string[] = [
  "AddPaymentInfo",
  "AddToCart",
  "AddToWishlist",
  "CompleteRegistration",
  "Contact",
  "CustomizeProduct",
  "Donate",
  "FindLocation",
  "InitiateCheckout",
  "Lead",
  "PageView",
  "Purchase",
  "Schedule",
  "Search",
  "StartTrial",
  "SubmitApplication",
  "Subscribe",
  "ViewContent",
];

/** True for a name that `fbq` must send by `trackCustom`. */
export const isCustomName = (name: SentName): boolean => !STANDARD_EVENTS.includes(name);

/**
 * What an event name must not imply. Meta's Business Tools Terms (1.h, captured 2026-08) forbid data, including event
 * names, that are based on health, finances or other sensitive matters. The list is Tandem's own: beginnings of English
 * words, or whole words of up to four letters. A name can be sensitive without any of them.
 */
export const SENSITIVE_WORDS: Readonly<Record<string, readonly string[]>> = {
  health:
    "health medic clinic hospital patient doctor disease illness symptom diagnos therap pharma prescri drug cancer diabet hiv std pregnan fertil contracep abort depress anxiety disab surgery weightloss overweight obes addict alcoholi".split(
      " ",
    ),
  finance:
    "credit debt loan mortgage bankrupt salary income payday insolven iban creditcard creditscore networth wealth invest".split(
      " ",
    ),
  religion: "relig christ muslim islam jewish judais hindu buddh church mosque synagog atheis".split(" "),
  politics: "politic election vote voter democrat republican union".split(" "),
  origin: "race racial ethnic immigra refugee asylum citizenship".split(" "),
  sexuality: "sexual sex gay lesbian bisex transgender queer lgbt erotic adult porn".split(" "),
  law: "criminal crime convict arrest prison lawsuit victim".split(" "),
  children: "toddler minor underage under13 schoolchild".split(" "),
};

const LONGEST = 50;

export type NameRead =
  { readonly ok: true; readonly name: SentName } | { readonly ok: false; readonly problem: Problem };

/**
 * A name that the merchant chooses for an action. Meta does not document limits for custom names; 50 characters of
 * letters, digits, space, hyphen and underscore, starting with a letter, are accepted everywhere.
 */
export function sentName(text: string, action: EventName): NameRead {
  const name = text.trim();
  if (name === "" || name === action) return { ok: true, name: action };
  const wrong = badlyWritten(name) ?? anothersName(name, action) ?? tooSensitive(name);
  // The only cast to SentName: every rule for a chosen name was checked above.
  return wrong === null ? { ok: true, name: name as SentName } : { ok: false, problem: wrong };
}

function badlyWritten(name: string): Problem | null {
  if (name.length > LONGEST) return problem("name.length", { most: LONGEST });
  return /^[A-Za-z][\w -]*$/.test(name) ? null : problem("name.signs");
}

function anothersName(name: string, action: EventName): Problem | null {
  const isMeant = (known: string): boolean => known.toLowerCase() === name.toLowerCase();
  const owner = EVENT_NAMES.find(isMeant);
  if (owner !== undefined && owner !== action) {
    return problem("name.of-another", { action: owner });
  }
  const standard = STANDARD_EVENTS.find(isMeant);
  return standard === undefined || standard === name ? null : problem("name.spelling", { standard });
}

function tooSensitive(name: string): Problem | null {
  const category = sensitiveCategory(name);
  return category === null ? null : problem("name.sensitive", { category });
}

// Shorter beginnings match too many harmless words: racecar, sextant.
const LONGEST_WHOLE_WORD = 4;

/** The sensitive matter that a name suggests, or null. Words are split at capitals, digits and separators. */
export function sensitiveCategory(name: string): string | null {
  const words = name
    .slice(0, LONGEST)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const sounds = (beginning: string): boolean =>
    beginning.length > LONGEST_WHOLE_WORD
      ? // From each word on, so that WeightLoss matches and ProductSelection is no election.
        words.some((_, at) => words.slice(at).join("").startsWith(beginning))
      : words.some((word) => word === beginning || word === `${beginning}s`);
  return Object.entries(SENSITIVE_WORDS).find(([, beginnings]) => beginnings.some(sounds))?.[0] ?? null;
}
