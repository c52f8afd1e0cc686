import type { SentName } from "../event-contract/event-name.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { EventState } from "../outbox/types.ts";
import { legsAgree } from "./legs-agree.ts";
import { storedBrowserLeg, storedCustomData, storedServerLeg } from "./read-stored.ts";
import type { EventRow } from "./types.ts";

/** The ledger's row, as it is stored. */
export type StoredEvent = Omit<EventRow, "actionSource" | "value" | "currency" | "browserLeg" | "legsAgree"> & {
  readonly body: Pick<MetaEvent, "action_source" | "custom_data" | "event_name">;
  readonly browserData: CustomData | null;
  readonly browserLeg: BrowserLeg | null;
};

/** One line of the Events page. A browser leg that was left out has no data to compare. */
export function eventRow(stored: StoredEvent): EventRow {
  const { shop, eventName, eventId, eventTime, orderId, orderName, isTest, state, reason, heldBy } = stored;
  const body = storedServerLeg(stored.body);
  const browserLeg = storedBrowserLeg(stored.browserLeg);
  const browserData = stored.browserData === null ? null : storedCustomData(stored.browserData);
  return {
    ...{ shop, eventName, eventId, eventTime, orderId, orderName, isTest, state, reason, heldBy },
    actionSource: body.action_source,
    value: body.custom_data.value ?? null,
    currency: body.custom_data.currency ?? null,
    browserLeg: seen(browserLeg),
    legsAgree: agreement({ body, browserData, browserLeg, state }),
  };
}

function seen(leg: BrowserLeg | null): EventRow["browserLeg"] {
  if (leg === null) return "unseen";
  return leg.sent ? "sent" : "skipped";
}

type Legs = Pick<StoredEvent, "body" | "browserData" | "browserLeg" | "state">;

const agreement = ({ body, browserData, browserLeg, state }: Legs): boolean | null =>
  browserLeg?.sent && browserData !== null
    ? legsAgree(body.custom_data, browserData) && isOneName(body.event_name, browserLeg, state)
    : null;

const UNNAMED: readonly EventState[] = ["waiting-for-payment", "joining", "withheld"];

/** Meta merges two legs only under one name. An event gets its name when it is decided to be sent. */
const isOneName = (server: SentName, { as }: BrowserLeg, state: EventState): boolean =>
  as === undefined || as === server || UNNAMED.includes(state);
