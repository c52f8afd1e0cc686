import { leavesOutItems } from "../../ledger/legs-agree.ts";
import type { EventDetail } from "../../ledger/types.ts";
import { compareLegs, type ComparedParameter } from "./compare-legs.ts";
import { sentKeys, type SentKey } from "./mask-user-data.ts";

/** An event without its personal data, as the admin page receives it. */
export type EventForReading = Omit<EventDetail, "server" | "browser"> & {
  readonly browser: Pick<NonNullable<EventDetail["browser"]>, "leg" | "seenAt"> | null;
  /** Whether the browser reported the event after the decision, too late for the server leg. */
  readonly cameLate: boolean;
  /** Whether the browser's report was too long and lacks its item lists. */
  readonly isShortened: boolean;
  /** The event name sent to Meta; the action's own unless the merchant chose another. */
  readonly sentAs: string;
  readonly parameters: readonly ComparedParameter[];
  readonly userData: readonly SentKey[];
};

/** Runs on the server, before the event is sent to the page. */
export function eventForReading({ server, browser, ...event }: EventDetail): EventForReading {
  return {
    ...event,
    browser: browser === null ? null : { leg: browser.leg, seenAt: browser.seenAt },
    isShortened: browser !== null && leavesOutItems(browser.data),
    cameLate: isLate({ browser, consent: event.consent }),
    sentAs: server.event_name,
    parameters: compareLegs({ server, browser }),
    userData: sentKeys(server.user_data),
  };
}

const isLate = ({ browser, consent }: Pick<EventDetail, "browser" | "consent">): boolean =>
  browser !== null && consent !== null && browser.seenAt.getTime() > consent.decidedAt;
