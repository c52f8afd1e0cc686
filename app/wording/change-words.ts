import { z } from "zod";
import type { Difference } from "../access/differences.ts";
import { isRole } from "../access/roles.ts";
import { SALES_CHANNELS } from "../settings/pixel-filter.ts";
import { EVENT_NAMES } from "../event-contract/event-name.ts";
import { roleIn } from "./access-words.ts";
import type { TextKey } from "./catalogue.ts";
import { reasonIn } from "./reasons.ts";
import { choiceIn, parsed, settingIn } from "./settings-words.ts";
import { stateWording } from "./state-wording.ts";
import type { Words } from "./words.ts";

/** A changed field as the pages name it, with both of its values as they show them. */
type ChangedField = { readonly label: string; readonly from: string; readonly to: string };

type FactKey =
  Extract<TextKey, `access.field.${string}`> | "pixels.token" | "pixels.limits.countries" | "pixels.limits.channels";
type Fact = { readonly label: FactKey; readonly valueIn: (words: Words, value: string) => string };

/** What is recorded of a pixel and of a person. */
const FACTS: Readonly<Record<string, Fact>> = {
  state: {
    label: "access.field.state",
    valueIn: (words, value) => {
      const state = (["active", "paused", "blocked"] as const).find((one) => one === value);
      return state === undefined ? value : stateWording(words, "pixel", state).label;
    },
  },
  hasToken: {
    label: "pixels.token",
    valueIn: (words, value) => words.text(value === "true" ? "access.field.stored" : "frame.none"),
  },
  testEventCode: { label: "access.field.test-code", valueIn: (_words, value) => value },
  countries: { label: "pixels.limits.countries", valueIn: listIn((_words, country) => country) },
  channels: {
    label: "pixels.limits.channels",
    valueIn: listIn((words, value) => {
      const channel = SALES_CHANNELS.find((one) => one === value);
      return channel === undefined ? value : words.text(`mapping.channel.${channel}`);
    }),
  },
  eventsOff: {
    label: "access.field.events-off",
    valueIn: listIn((words, value) => {
      const action = EVENT_NAMES.find((one) => one === value);
      return action === undefined ? value : words.text(`mapping.action.${action}`);
    }),
  },
  reason: { label: "access.field.reason", valueIn: reasonIn },
  role: { label: "access.field.role", valueIn: (words, role) => (isRole(role) ? roleIn(words, role).label : role) },
};

/** What a change says of a pixel, a person or the settings. Null: it is nothing that a merchant chose. */
export function changedFieldIn(words: Words, { field, from, to }: Difference): ChangedField | null {
  // Earlier names follow from the present one.
  if (field.endsWith(".formerly")) return null;
  if (isNothing(from) && isNothing(to)) return null;
  const fact = FACTS[field];
  const setting = savedAs(field);
  const valueIn = (value: string | null): string => {
    if (isNothing(value)) return words.text("frame.none");
    return fact === undefined ? choiceIn(words, setting, value) : fact.valueIn(words, value);
  };
  const label = fact === undefined ? settingIn(words, setting) : words.text(fact.label);
  return { label, from: valueIn(from), to: valueIn(to) };
}

const isNothing = (value: string | null): value is null | "[]" => value === null || value === "[]";

/** A setting's name as a save gives it: the record has the column's. */
const savedAs = (column: string): string => column.replace(/^orders\./, "").replace(/^eventMapping\./, "mapping.");

function listIn(entryIn: (words: Words, entry: string) => string): Fact["valueIn"] {
  return (words, value) => {
    const list = z.array(z.string()).safeParse(parsed(value));
    return list.success ? words.list(list.data.map((entry) => entryIn(words, entry))) : value;
  };
}
