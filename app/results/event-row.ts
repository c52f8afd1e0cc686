import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import { legsAgree } from "./legs-agree.ts";
import type { EventRow } from "./types.ts";

/** The ledger's row, as it is stored. */
export type StoredEvent = Omit<EventRow, "value" | "currency" | "browserLeg" | "legsAgree"> & {
  readonly body: Pick<MetaEvent, "custom_data">;
  readonly browserData: CustomData | null;
  readonly browserLeg: BrowserLeg | null;
};

/** One line of the Events page. A browser leg that was left out has no data to agree with. */
export const eventRow = ({ body, browserData, browserLeg, ...stored }: StoredEvent): EventRow => ({
  shop: stored.shop,
  eventName: stored.eventName,
  eventId: stored.eventId,
  eventTime: stored.eventTime,
  orderId: stored.orderId,
  state: stored.state,
  reason: stored.reason,
  value: body.custom_data.value ?? null,
  currency: body.custom_data.currency ?? null,
  browserLeg: browserLeg === null ? "unseen" : browserLeg.sent ? "sent" : "skipped",
  legsAgree: browserLeg?.sent && browserData !== null ? legsAgree(body.custom_data, browserData) : null,
});
