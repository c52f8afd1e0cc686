import { CONSENT_RULES } from "./wording.ts";

/** Why an event was not sent, or not yet: the codes that the stations write, in the merchant's words. */
export const REASONS: Readonly<Record<string, string>> = {
  "waiting-for-payment": "The order is not paid yet, and you chose to count orders when they are paid.",
  "test-order": "This is a test order.",
  "zero-value":
    "The order is worth nothing by the value you chose to report, and a purchase without value misleads Meta.",
  "cancelled-before-payment": "The order was cancelled before it was paid.",
  "channel-withheld": "Your rule for this sales channel says that its orders are not sent.",
  "tag-withheld": "The order has a tag whose orders you chose not to send.",
  "gift-cards-only": "The order holds gift cards only, and you chose not to count them as sales.",
  "no-currency": "The event carried no currency, and Tandem never guesses one.",
  "no-value": "Meta refuses a sale without a value.",
  "bad-value": "Its value is no amount that Meta takes.",
  "bad-contents": "One of its items has no catalogue id or no price that Meta takes.",
  "no-page-address": "Meta wants the page of everything that happened on a website, and none is known.",
  "unhashed-customer-data": "The customer’s details were not in the form that Meta takes, so nothing was sent.",
  "in-the-future": "Its time lies in the future, and Meta refuses such events.",
  "no-customer-data": "Nothing in it says who the customer was, and Meta refuses such events.",
  bot: "The visitor’s browser says that it is a robot, such as a search engine’s or a monitoring service’s.",
  "no-pixel": "No Meta pixel was connected at that time.",
  "no-token": "The connected pixel has no access token. Replace it under Settings.",
  "server-leg-off": "You switched the server’s leg of this event off.",
  "not-routed": "Every pixel is limited to other countries, sales channels or events.",
  "pixel-paused": "Every connected pixel was paused at that time.",
  "pixel-disconnected": "The pixel was disconnected before Meta took the event.",
  paused: "The pixel is paused.",
  blocked: "Meta does not take events for this pixel at the moment.",
  "app-uninstalled": "The app was uninstalled at that time.",
  "dedup-window-passed":
    "The server’s event would have arrived more than 48 hours after the browser’s. Meta no longer merges such a pair, so " +
    "it would have counted twice.",
  "too-old": "The event became older than the 7 days that Meta accepts.",
  ...Object.fromEntries(Object.entries(CONSENT_RULES).map(([rule, words]) => [`consent-${rule}`, words])),
};

/**
 * A reason as a sentence. Delivery writes Meta's problem as a sentence already, which is shown as it stands; a code
 * that no table knows is shown as a code, since hiding it would hide the reason.
 */
export const reasonInWords = (reason: string): string =>
  REASONS[reason] ?? (reason.includes(" ") ? reason : `No description for this reason yet: ${reason}.`);
