import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { BrowserReceipt } from "../outbox/types.ts";
import { browserUserData } from "./browser-context.ts";

/**
 * The order's event with what its browser reported: click ID and browser ID, address, user agent, page and referrer.
 * The browser's values win over the order's. If the order does not say where it happened, its receipt shows that it was
 * on the website. An event that happened elsewhere is returned unchanged.
 */
export function withReceipt(event: MetaEvent, receipt: BrowserReceipt): MetaEvent {
  const body = event.action_source === "other" ? onWebsite(event, receipt) : event;
  if (body.action_source !== "website") return body;
  const { user_data: known } = body;
  // Only the checkout knows whether its customer is new.
  const { customer_segmentation } = receipt.data;
  return {
    ...body,
    ...(customer_segmentation && { custom_data: { ...body.custom_data, customer_segmentation } }),
    ...(receipt.url !== null && { event_source_url: receipt.url }),
    ...(receipt.referrer !== null && { referrer_url: receipt.referrer }),
    user_data: {
      ...known,
      ...browserUserData({
        ips: [receipt.ip, known.client_ip_address ?? null],
        userAgent: receipt.userAgent,
        fbp: receipt.fbp,
        fbc: receipt.fbc,
        at_s: body.event_time,
      }),
    },
  };
}

const onWebsite = (event: MetaEvent, { shop }: BrowserReceipt): MetaEvent => ({
  ...event,
  action_source: "website",
  event_source_url: `https://${shop}/`,
});
