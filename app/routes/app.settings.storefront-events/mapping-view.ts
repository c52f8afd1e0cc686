import type { MappingView } from "./mapping-fields.tsx";
import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import {
  carriesValue,
  DEFAULT_MAPPING,
  eventRule,
  isOrderEvent,
  mappingWarnings,
} from "../../settings/event-mapping.ts";
import type { Settings } from "../../settings/types.ts";

/** The mapping as its form shows it: a row for every action, changed or not. */
export const mappingView = ({ mapping = DEFAULT_MAPPING }: Settings): MappingView => ({
  primary: mapping.primary,
  rows: EVENT_NAMES.map((action) => {
    const { as, legs } = eventRule(mapping, action);
    const serverOnly = isOrderEvent(action);
    return {
      action,
      as,
      legs: serverOnly && legs !== "off" ? "both" : legs,
      hasValue: carriesValue(action),
      serverOnly,
    };
  }),
  warnings: mappingWarnings(mapping),
});
