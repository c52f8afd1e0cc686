import { EVENT_NAMES, type EventName, isEventName } from "../event-contract/event-name.ts";
import { eventRule, isOrderEvent, rememberingNames } from "./event-mapping.ts";
import { problem } from "./field-problem.ts";
import { sentName } from "./sent-names.ts";
import type { EventMapping, EventRule, FieldProblem, Legs, ParsedInput } from "./types.ts";

type Input = Readonly<Record<string, string>>;

/** The field names of the form and the command line: `events.Purchase.as`, `events.Purchase.legs`. */
export const mappingField = (action: EventName, part: "as" | "legs"): string => `events.${action}.${part}`;
export const PRIMARY_FIELD = "primaryEvent";

/** Whether the input has any field of the mapping. */
export const hasMapping = (input: Input): boolean =>
  Object.keys(input).some((field) => field === PRIMARY_FIELD || field.startsWith("events."));

const LEGS: readonly Legs[] = ["both", "browser", "server", "off"];

/**
 * The mapping with the input's fields applied; other fields stay. An empty name is the action's own. Replaced names are
 * kept for browsers that still use them.
 */
export function parseEventMapping(input: Input, before: EventMapping): ParsedInput<EventMapping> {
  const primary = input[PRIMARY_FIELD] ?? before.primary;
  const read = EVENT_NAMES.map((action) => ({ action, ...ruleFrom(input, action, eventRule(before, action)) }));
  const problems: FieldProblem[] = [
    ...(isEventName(primary) ? [] : [{ field: PRIMARY_FIELD, message: problem("mapping.primary") }]),
    ...read.flatMap(({ problems: ruleProblems }) => ruleProblems),
  ];
  problems.push(...sharedNames(read));
  if (!isEventName(primary) || problems.length > 0) return { ok: false, problems };
  const rules = Object.fromEntries(read.map(({ action, rule }) => [action, rule]));
  return { ok: true, value: rememberingNames({ primary, rules }, before) };
}

type RuleRead = { readonly rule: EventRule; readonly problems: readonly FieldProblem[] };

function ruleFrom(input: Input, action: EventName, before: EventRule): RuleRead {
  const [as, legs] = [mappingField(action, "as"), mappingField(action, "legs")];
  const name = sentName(input[as] ?? before.as, action);
  const chosen = LEGS.find((choice) => choice === (input[legs] ?? before.legs));
  return {
    rule: { as: name.ok ? name.name : before.as, legs: chosen ?? before.legs, formerly: before.formerly },
    problems: [
      ...(name.ok ? [] : [{ field: as, message: name.problem }]),
      ...(chosen ? [] : [{ field: legs, message: problem("mapping.legs") }]),
      ...(chosen === "browser" && isOrderEvent(action)
        ? [{ field: legs, message: problem("mapping.no-browser-leg") }]
        : []),
    ],
  };
}

/** Meta would count two actions under one name as one. */
const sharedNames = (read: readonly ({ readonly action: EventName } & RuleRead)[]): readonly FieldProblem[] =>
  read.flatMap(({ action, rule }, index) => {
    const other = read.slice(0, index).find((earlier) => earlier.rule.as.toLowerCase() === rule.as.toLowerCase());
    if (other === undefined) return [];
    return [{ field: mappingField(action, "as"), message: problem("mapping.shared", { action: other.action }) }];
  });
