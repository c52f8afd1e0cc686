import type { EventName } from "../event-contract/event-name.ts";
import type { Legs, MappingWarning, SalesChannel } from "../settings/types.ts";

/** Every action, as merchants read it. */
export const ACTIONS = {
  PageView: "A page is viewed",
  ViewContent: "A product is viewed",
  ViewCategory: "A collection is viewed",
  Search: "The shop is searched",
  AddToCart: "A product is added to the cart",
  InitiateCheckout: "A checkout is started",
  AddPaymentInfo: "Payment details are given",
  Purchase: "An order is placed or paid",
  Lead: "A newsletter or lead form is sent",
  Contact: "A contact form is sent",
  CompleteRegistration: "A customer account is created",
  Subscribe: "A subscription is started",
  OrderRefunded: "An order is refunded",
  UpsellPurchase: "Something is added after the checkout",
} as const satisfies Record<EventName, string>;

export const LEGS = {
  both: "Browser and server",
  browser: "Browser only",
  server: "Server only",
  off: "Not reported",
} as const satisfies Record<Legs, string>;

export const CHANNELS = {
  online: "Online store",
  pos: "Point of sale",
  renewals: "Subscription renewals",
  other: "Drafts, admin and other channels",
} as const satisfies Record<SalesChannel, string>;

/** What a merchant should know before saving a mapping like this. */
export function warningInWords(warning: MappingWarning): string {
  switch (warning.kind) {
    case "primary-without-value":
      return `${warning.action} carries no value, so Meta cannot prefer customers who spend more. Purchase does.`;
    case "primary-off":
      return `${warning.action} is your primary conversion and is not reported at all.`;
    case "one-leg":
      return warning.legs === "browser"
        ? `${warning.action} is reported by the browser alone: shoppers who block tracking are not counted.`
        : `${warning.action} is reported by the server alone: it does not wait for a browser, but matches fewer people.`;
    case "purchase-renamed":
      return `Orders are sent as ${warning.as}, a custom event: what Meta offers for Purchase does not apply to it.`;
  }
}
