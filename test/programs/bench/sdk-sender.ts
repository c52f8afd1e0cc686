import sdk from "facebook-nodejs-business-sdk";
import { z } from "zod";
import { type OrderNumber, pixelOf, tokenOf } from "./orders.ts";

const PlainOrder = z.object({
  id: z.number(),
  processed_at: z.string(),
  currency: z.string(),
  total_price: z.string(),
  contact_email: z.string(),
  browser_ip: z.string(),
  client_details: z.object({ user_agent: z.string() }),
  line_items: z.array(z.object({ variant_id: z.number(), quantity: z.number(), price: z.string() })),
  customer: z.object({ id: z.number() }),
  billing_address: z.object({
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string(),
    city: z.string(),
    province_code: z.string(),
    zip: z.string(),
    country_code: z.string(),
  }),
});

/** Sends everything to this address from now on, for the whole process. */
export function pointSdkAt(graphUrl: string): void {
  Object.defineProperty(sdk.FacebookAdsApi, "GRAPH", { get: () => graphUrl });
}

/** An order's Purchase as an app built on Meta's SDK makes it: the same keys, normalized and hashed by the SDK. */
export function sdkEvent(body: string, eventId: string) {
  const order = PlainOrder.parse(JSON.parse(body));
  const { billing_address: address } = order;
  const userData = new sdk.UserData()
    .setEmails([order.contact_email])
    .setPhones([address.phone])
    .setFirstName(address.first_name)
    .setLastName(address.last_name)
    .setCity(address.city)
    .setState(address.province_code)
    .setZip(address.zip)
    .setCountry(address.country_code)
    .setExternalId(String(order.customer.id))
    .setClientIpAddress(order.browser_ip)
    .setClientUserAgent(order.client_details.user_agent)
    .setFbp("fb.1.1763000000000.1234567890")
    .setFbc("fb.1.1763000000000.IwAR0_aBc-D");
  const contents = order.line_items.map((line) =>
    new sdk.Content().setId(String(line.variant_id)).setQuantity(line.quantity).setItemPrice(Number(line.price)),
  );
  const customData = new sdk.CustomData()
    .setValue(Number(order.total_price))
    .setCurrency(order.currency)
    .setContents(contents)
    .setContentIds(order.line_items.map((line) => String(line.variant_id)))
    .setContentType("product")
    .setNumItems(order.line_items.reduce((sum, line) => sum + line.quantity, 0))
    .setOrderId(String(order.id));
  return new sdk.ServerEvent()
    .setEventName("Purchase")
    .setEventTime(Math.floor(Date.parse(order.processed_at) / 1_000))
    .setEventId(eventId)
    .setEventSourceUrl("https://bench.example/")
    .setActionSource("website")
    .setUserData(userData)
    .setCustomData(customData);
}

/** One request with these events; the number that Meta took. */
export async function sdkSend(index: OrderNumber, events: readonly ReturnType<typeof sdkEvent>[]): Promise<number> {
  const answer = await new sdk.EventRequest(tokenOf(index), pixelOf(index)).setEvents(events).execute();
  return answer.events_received;
}
