import { EVENT_NAMES } from "../event-contract/event-name.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { problem } from "./field-problem.ts";
import type { PixelFilter, FieldProblem, ParsedInput, SalesChannel } from "./types.ts";

export const SALES_CHANNELS = ["online", "pos", "renewals", "other"] as const satisfies readonly SalesChannel[];

export type FilterInput = {
  /** Country codes with any separators; empty or `all` for every country. */
  readonly countries: string;
  readonly channels: readonly string[];
  /** The actions that the pixel gets. */
  readonly events: readonly string[];
};

const regionNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

// There are 249 codes; every one with a comma and a space comes to a thousand characters.
const LONGEST_COUNTRIES = 4_000;
const TOO_LONG: FieldProblem = { field: "countries", message: problem("limits.too-long") };

const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined;

/** A filter from the form or the command line. Choosing everything means no filter; choosing nothing is refused. */
export function parsePixelFilter(input: FilterInput): ParsedInput<PixelFilter> {
  if (input.countries.length > LONGEST_COUNTRIES) return { ok: false, problems: [TOO_LONG] };
  const codes = input.countries.toUpperCase().split(/[^A-Z0-9]+/);
  const countries = [...new Set(codes.filter((code) => code !== "" && code !== "ALL"))];
  const unknown = countries.filter((code) => !isCountry(code));
  const channels = SALES_CHANNELS.filter((channel) => input.channels.includes(channel));
  const events = EVENT_NAMES.filter((action) => input.events.includes(action));
  const problems: FieldProblem[] = [
    ...oneIf(unknown.length > 0, "countries", problem("limits.countries", { names: shortList(unknown) })),
    ...strangers("channels", input.channels, SALES_CHANNELS),
    ...strangers("events", input.events, EVENT_NAMES),
    ...oneIf(channels.length === 0, "channels", problem("limits.no-channel")),
    ...oneIf(events.length === 0, "events", problem("limits.no-event")),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: {
      countries: countries.length > 0 ? countries : null,
      channels: channels.length < SALES_CHANNELS.length ? channels : null,
      eventsOff: EVENT_NAMES.filter((action) => !events.includes(action)),
    },
  };
}

const strangers = (field: string, given: readonly string[], known: readonly string[]): FieldProblem[] => {
  const unknown = given.filter((name) => !known.includes(name));
  const message = problem("limits.unknown", { names: shortList(unknown), known: known.join(", ") });
  return oneIf(unknown.length > 0, field, message);
};

const oneIf = (isOne: boolean, field: string, message: Problem): FieldProblem[] => (isOne ? [{ field, message }] : []);

const SHOWN = 5;
const SHOWN_LENGTH = 40;

/** Enough of what was typed to recognize it. */
const shortList = (names: readonly string[]): string => {
  const shown = names.slice(0, SHOWN).map((name) => name.slice(0, SHOWN_LENGTH));
  return [...shown, ...(names.length > SHOWN ? ["…"] : [])].join(", ");
};
