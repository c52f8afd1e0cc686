import { countsLater } from "../event-contract/order-settings.ts";
import { EVENT_NAMES, type EventName } from "../event-contract/event-name.ts";
import { PUBLISHED_FORMAT, type PublishedEvent, type PublishedSettings } from "../event-contract/published-settings.ts";
import { DEFAULT_MAPPING, eventRule, isOrderEvent, sendsFromBrowser } from "./event-mapping.ts";
import { publishedFormRules } from "./form-rules.ts";
import { isCustomName } from "./sent-names.ts";
import type { Pixel, Settings, ShopProfile } from "./types.ts";

/**
 * The settings that are published to browsers. Fields are listed one by one, because anyone who opens the shop can read
 * them. A paused pixel is left out, and so is one that does not get the online store's events; a blocked one stays,
 * because only its server leg needs the token.
 */
export const publishedSettingsOf = (
  { ingestKey, settings, pixels }: ShopProfile,
  appUrl: string,
): PublishedSettings => ({
  format: PUBLISHED_FORMAT,
  shop: settings.shop,
  version: settings.version,
  collectUrl: `${appUrl}/collect/${ingestKey}`,
  pixels: pixels
    .filter(isServedInBrowsers)
    .map(({ metaPixelId, countries, eventsOff }) => ({ id: metaPixelId, countries, eventsOff })),
  events: publishedEvents(settings),
  storefrontMode: settings.storefrontMode,
  purchaseTrigger: settings.purchaseTrigger === "placed" ? "placed" : "paid",
  valueBasis: settings.valueBasis,
  contentId: settings.contentId,
  contentCountry: settings.contentCountry,
  ...(settings.orders && { customerSegmentation: settings.orders.customerSegmentation }),
  ...(settings.giftCards !== undefined && { giftCards: settings.giftCards }),
  ...(settings.forms?.length && { forms: publishedFormRules(settings.forms) }),
});

const isServedInBrowsers = ({ state, channels }: Pixel): boolean =>
  state !== "paused" && (channels === null || channels.includes("online"));

function publishedEvents({ mapping = DEFAULT_MAPPING, purchaseTrigger }: Settings): PublishedSettings["events"] {
  const reported = EVENT_NAMES.flatMap((action): [EventName, PublishedEvent][] => {
    const rule = eventRule(mapping, action);
    if (isOrderEvent(action) || rule.legs === "off") return [];
    // A checkout cannot show whether its order will be fulfilled or tagged; it still sends its receipt.
    const isLater = action === "Purchase" && countsLater(purchaseTrigger);
    return [[action, { as: rule.as, custom: isCustomName(rule.as), browser: sendsFromBrowser(rule) && !isLater }]];
  });
  return Object.fromEntries(reported);
}
