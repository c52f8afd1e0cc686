import { DEFAULT_ORDER_SETTINGS } from "../event-contract/order-settings.ts";
import { EVENT_NAMES } from "../event-contract/event-name.ts";
import { DEFAULT_MAPPING, eventRule, rememberingNames } from "./event-mapping.ts";
import { funnelOf } from "./funnel.ts";
import type { EventMapping, Settings } from "./types.ts";
import type { SettingsChange } from "./validate-settings.ts";

type Choices = Readonly<Record<string, unknown>>;

/** One setting of two versions, as text; lists as JSON. Null: the version says nothing about it. */
export type SettingDifference = {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** The settings that two versions choose differently, by the names that a save gives them. */
export function settingDifferences(before: Settings, after: Settings): readonly SettingDifference[] {
  const [from, to] = [everyChoice(before), everyChoice(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((field) => ({ field, before: from.get(field) ?? null, after: to.get(field) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

const everyChoice = (settings: Settings): Map<string, string> =>
  leavesOf({ ...choicesIn(settings), mapping: everyRule(settings) });

/** With the rule of every action: one that says what holds without it is no difference. */
const everyRule = ({ mapping = DEFAULT_MAPPING }: Settings): EventMapping => ({
  ...mapping,
  rules: Object.fromEntries(EVENT_NAMES.map((action) => [action, eventRule(mapping, action)])),
});

/** Every choice under the name that a save gives it. */
export const choicesIn = ({ orders, mapping, shop: _shop, version: _version, ...settings }: Settings) => ({
  ...settings,
  giftCards: settings.giftCards ?? "count",
  noAnswer: settings.noAnswer ?? "as-policy",
  forms: [...(settings.forms ?? [])],
  funnel: funnelOf(settings),
  mapping: mapping ?? DEFAULT_MAPPING,
  ...(orders ?? DEFAULT_ORDER_SETTINGS),
});

/** The change that makes the settings in force choose what an earlier version chose. */
export function changeBackTo(earlier: Settings, inForce: Settings): SettingsChange {
  const { funnel, mapping, rules, ...choices } = choicesIn(earlier);
  return {
    ...choices,
    rules: [...rules],
    // Browsers may still use the names of the settings in force.
    mapping: rememberingNames(mapping, inForce.mapping ?? DEFAULT_MAPPING),
    funnel: {
      ...funnel,
      customerMetafield: funnel.customerMetafield ?? null,
      stages: funnel.stages.map((stage) => ({ ...stage, customerTag: stage.customerTag ?? null })),
    },
  };
}

/** The settings with a change applied, as a save of it stores them. */
export function settingsWith(before: Settings, change: SettingsChange): Settings {
  const { mapping, ...rest } = change;
  const orderKeys = Object.keys(DEFAULT_ORDER_SETTINGS);
  const isOfOrders = ([name]: readonly [string, unknown]): boolean => orderKeys.includes(name);
  const entries = Object.entries(rest);
  return {
    ...before,
    ...Object.fromEntries(entries.filter((entry) => !isOfOrders(entry))),
    orders: { ...(before.orders ?? DEFAULT_ORDER_SETTINGS), ...Object.fromEntries(entries.filter(isOfOrders)) },
    ...(mapping && { mapping }),
  };
}

/** The choices as text, one for each setting of an action: `mapping.rules.Purchase.as`. */
export function leavesOf(choices: Choices, keys = Object.keys(choices), path = ""): Map<string, string> {
  return new Map(
    keys.flatMap((key): [string, string][] => {
      const value = choices[key];
      // Earlier names follow from the present one.
      if (value === null || value === undefined || key === "formerly") return [];
      const field = `${path}${key}`;
      if (isRecord(value)) return [...leavesOf(value, Object.keys(value), `${field}.`)];
      return [[field, typeof value === "string" ? value : JSON.stringify(value)]];
    }),
  );
}

const isRecord = (value: unknown): value is Choices =>
  typeof value === "object" && value !== null && !Array.isArray(value);
