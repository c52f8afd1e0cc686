import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { eventId, orderId } from "../event-contract/event-id.ts";
import type { SentAgain } from "../pipeline/send-again.ts";
import type { Followed } from "../server/followed-work.server.ts";
import { fieldsOfForm } from "./app/fields-of-form.ts";
import { signedInShop } from "./app/signed-in-shop.server.ts";
import { type OrderNowForReading, orderNowForReading } from "./app.orders.$id/order-now-for-reading.ts";

const bad = (what: string): Response => new Response(what, { status: 400 });

/** What `?order=` would send now. An order's page asks until the answer is there; no request waits for Shopify. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Followed<OrderNowForReading>> {
  const { shop, admin } = await signedInShop(request, context);
  const order = orderId(new URL(request.url).searchParams.get("order"));
  if (order === null) throw bad("Name one order by its ID: ?order=<Shopify's order ID>.");
  const work = await admin.orderNow(shop, order);
  return work.state === "running" ? work : { state: "done", result: orderNowForReading(work.result) };
}

/** Sends one event of an order again. The page posts the same form until the answer is there. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Followed<SentAgain>> {
  const { shop, admin } = await signedInShop(request, context);
  const { order = "", eventName = "", eventId: id = "" } = await fieldsOfForm(request);
  const wish = { orderId: orderId(order), eventId: eventId(id) };
  if (wish.orderId === null || wish.eventId === null) throw bad("Unknown form");
  return admin.sendAgain(shop, { orderId: wish.orderId, eventName, eventId: wish.eventId });
}

/**
 * Sending an event again does not read the order once more: the page would take the event, and the answer with it, away
 * while it reads.
 */
export const shouldRevalidate = () => false;
