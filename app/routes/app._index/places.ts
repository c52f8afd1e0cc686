import type { OtherSender } from "../../event-contract/other-senders.ts";
import type { ShopDomain } from "../../event-contract/event-id.ts";
import { eventsUrl } from "../../components/events-url.ts";
import type { NeedKind } from "./needs.ts";
import type { StepPlace } from "./setup-steps.ts";
import { themeEditorUrl } from "./theme-editor-url.ts";

/** Where something is put right, in the app or outside of it. */
export type Place = StepPlace | "data-requests" | "test" | "themes" | "apps" | "tag-manager";

export type PlaceContext = {
  readonly shop: ShopDomain;
  readonly apiKey: string;
  /** Null before a pixel is connected. */
  readonly metaPixelId: string | null;
};

const inShop =
  (path: string) =>
  ({ shop }: PlaceContext): string =>
    `https://${shop}${path}`;

/** The addresses of Shopify's admin and of Meta's Events Manager are as both had them in 2026-11. */
const ADDRESSES = {
  settings: () => "/app/settings",
  events: () => eventsUrl({}),
  "data-requests": () => "/app/data-requests",
  test: () => "/app/test",
  "events-manager": ({ metaPixelId }) =>
    metaPixelId === null
      ? "https://business.facebook.com/events_manager2/list/dataset"
      : `https://business.facebook.com/events_manager2/list/dataset/${metaPixelId}/settings`,
  "theme-editor": ({ shop, apiKey }) => themeEditorUrl(shop, apiKey),
  "tag-manager": () => "https://tagmanager.google.com/",
  storefront: inShop("/"),
  "customer-events": inShop("/admin/settings/customer_events"),
  "draft-order": inShop("/admin/draft_orders/new"),
  themes: inShop("/admin/themes"),
  apps: inShop("/admin/settings/apps"),
} as const satisfies Record<Place, (context: PlaceContext) => string>;

export const urlOf = (place: Place, context: PlaceContext): string => ADDRESSES[place](context);

/** Pages of other programs open in a new tab. */
export const leavesTheApp = (url: string): boolean => !url.startsWith("/");

/** Where another sender is switched off. */
const SENDER_PLACES = {
  "facebook-channel": "apps",
  "theme-code": "themes",
  "tag-manager": "tag-manager",
  "another-script": "apps",
  "conversions-api-gateway": "events-manager",
} as const satisfies Record<OtherSender, Place>;

export const placeOfSender = (sender: OtherSender) => SENDER_PLACES[sender];

/** The one place that each need leads to. */
export const NEED_PLACES = {
  "pixel-blocked": "settings",
  "no-token": "settings",
  "settings-unpublished": "settings",
  "orders-never-came": "events",
  unreadable: "events",
  "pixel-paused": "settings",
  "test-code": "test",
  "token-unconfirmed": "settings",
  "token-being-checked": "settings",
  "data-requests": "data-requests",
  "embed-off": "theme-editor",
  "unknown-answers": "events",
} as const satisfies Record<Exclude<NeedKind, "other-sender">, Place>;
