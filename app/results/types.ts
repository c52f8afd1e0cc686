import type { ConsentReceipt } from "../consent/types.ts";
import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { AttemptRecord, EventState, Origin } from "../outbox/types.ts";

/** One line of the Events page. */
export type EventRow = {
  readonly shop: ShopDomain;
  readonly eventName: EventName;
  readonly eventId: EventId;
  readonly eventTime: Date;
  readonly orderId: OrderId | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** `unseen`: no browser has reported this event (yet). */
  readonly browserLeg: "sent" | "skipped" | "unseen";
  /** Whether both legs carry the same value, currency, content ids and item count; null while one leg is missing. */
  readonly legsAgree: boolean | null;
};

/** Both legs side by side, and every attempt. */
export type EventDetail = EventRow & {
  readonly origin: Origin;
  readonly settingsVersion: number;
  readonly createdAt: Date;
  readonly server: MetaEvent;
  readonly browser: { readonly data: CustomData; readonly leg: BrowserLeg; readonly seenAt: Date } | null;
  readonly consent: ConsentReceipt | null;
  readonly deliveries: readonly DeliveryDetail[];
};

export type DeliveryDetail = {
  readonly pixelId: string;
  readonly state: "queued" | "held" | "delivered" | "refused" | "expired";
  readonly reason: string | null;
  readonly dueAt: Date;
  readonly attempts: readonly AttemptRecord[];
};

export type EventPage = { readonly rows: readonly EventRow[]; readonly nextCursor: string | null };

/** What the setup guide's steps turn green from: facts, never clicks. */
export type SetupFacts = {
  readonly pixelConnected: boolean;
  /** Null until a token has been checked or used. */
  readonly tokenValid: boolean | null;
  readonly webPixelOn: boolean;
  readonly embedSeenAt: Date | null;
  readonly firstBrowserEventAt: Date | null;
  readonly firstServerEventAt: Date | null;
  /** The first event that both legs reported and Meta accepted from the server. */
  readonly firstPairAt: Date | null;
  readonly quarantined: number;
};
