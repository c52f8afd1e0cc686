import { EVENT_NAMES, type EventName, isBrowserEventName } from "./event-name.ts";

/** Events of a visit. Sales and leads, and what else an order makes, are not among them: they are kept for longer. */
export const STOREFRONT_NAMES: readonly EventName[] = EVENT_NAMES.filter(
  (name) => isBrowserEventName(name) && name !== "Purchase" && name !== "Lead",
);

const NAMES: ReadonlySet<string> = new Set(STOREFRONT_NAMES);

export const isStorefrontName = (name: string): boolean => NAMES.has(name);
