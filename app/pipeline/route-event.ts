import type { SentName } from "../event-contract/event-name.ts";
import type { ActionSource, MetaEvent } from "../event-contract/meta-event.ts";
import { takes } from "../event-contract/pixel-routing.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { Undecided } from "../outbox/types.ts";
import type { RouteReason } from "../event-contract/reason.ts";
import { DEFAULT_MAPPING, eventRule, nameToSend, sendsFromServer } from "../settings/event-mapping.ts";
import { testPixels } from "../event-contract/test-pixels.ts";
import type { Pixel, PixelId, SalesChannel, ShopProfile } from "../settings/types.ts";

export type Route =
  | { readonly kind: "to"; readonly to: readonly PixelId[]; readonly as: SentName }
  | { readonly kind: "nowhere"; readonly reason: RouteReason | "test-order" };

/**
 * The server leg's pixels and event name. If a browser reported the event, the server uses the same pixels and name,
 * even if the settings have changed since. Otherwise the order's country and channel decide.
 */
export function routeOf(event: Undecided, { settings, pixels }: ShopProfile): Route {
  const rule = eventRule(settings.mapping ?? DEFAULT_MAPPING, event.eventName);
  if (!sendsFromServer(rule)) return { kind: "nowhere", reason: "server-leg-off" };
  const able = ableFor(event, pixels);
  if (able.length === 0) return { kind: "nowhere", reason: whyNone(event, pixels) };
  const leg = browserLegOf(event);
  const to = able.filter((pixel) => isMeant(pixel, event, leg)).map(({ id }) => id);
  if (to.length === 0) return { kind: "nowhere", reason: "not-routed" };
  return { kind: "to", to, as: event.ofLead?.as ?? nameToSend(rule, event.eventName, nameUsedBy(leg)) };
}

const nameUsedBy = (leg: BrowserLeg | null): SentName | null => (leg?.sent && leg.as) || null;

/** The browser's report about this event. A Purchase's receipt does not cover the order's other events. */
function browserLegOf({ eventName, receipt, browserLeg, body }: Undecided): BrowserLeg | null {
  if (body.action_source !== "website") return null;
  return eventName === "Purchase" ? (receipt?.leg ?? browserLeg) : browserLeg;
}

const ableFor = ({ isTest }: Undecided, pixels: readonly Pixel[]): readonly Pixel[] =>
  isTest ? testPixels(pixels) : pixels.filter(canTake);

// A blocked pixel's events wait until the merchant fixes it; a paused pixel takes none.
const canTake = ({ state, hasToken }: Pixel): boolean => state !== "paused" && hasToken;

function isMeant(pixel: Pixel, event: Undecided, leg: BrowserLeg | null): boolean {
  if (leg?.to) return leg.to.includes(pixel.metaPixelId);
  if (event.ofLead) return knowsLead(pixel, event.ofLead) && !pixel.eventsOff.includes(event.eventName);
  const { channels } = pixel;
  const channel = CHANNELS[event.body.action_source];
  const country = event.region?.slice(0, 2).toUpperCase();
  return (channels === null || channels.includes(channel)) && takes(pixel, event.eventName, country);
}

/** The pixel that was sent the form's event is the one that can make something of its stages. */
const knowsLead = ({ id, channels }: Pixel, { pixelIds }: NonNullable<Undecided["ofLead"]>): boolean =>
  pixelIds === null ? channels === null || channels.includes("online") : pixelIds.includes(id);

const CHANNELS: Readonly<Record<ActionSource, SalesChannel>> = {
  website: "online",
  physical_store: "pos",
  system_generated: "renewals",
  phone_call: "other",
  other: "other",
};

function whyNone({ isTest }: Undecided, pixels: readonly Pixel[]): RouteReason | "test-order" {
  if (isTest) return "test-order";
  if (pixels.length === 0) return "no-pixel";
  return pixels.every(({ state }) => state === "paused") ? "pixel-paused" : "no-token";
}

/** The event under its sent name; the original event that it refers to under that event's own. */
export function renamed(body: MetaEvent, as: SentName, { settings }: ShopProfile): MetaEvent {
  const { original_event_data: original } = body;
  if (original === undefined) return { ...body, event_name: as };
  const purchaseName = eventRule(settings.mapping ?? DEFAULT_MAPPING, "Purchase").as;
  const name = original.event_name === "Purchase" ? purchaseName : original.event_name;
  return { ...body, event_name: as, original_event_data: { ...original, event_name: name } };
}
