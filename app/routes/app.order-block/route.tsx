import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { orderId } from "../../event-contract/event-id.ts";
import { wordsFor } from "../../wording/every-language.ts";
import { readerOfRequest } from "../app/reader-of-request.ts";
import { signedInExtension } from "../app/signed-in-shop.server.ts";
import { preflightAnswer, readableByExtension } from "./extension-cors.ts";
import { orderBlockAnswer } from "./order-block-answer.ts";

const NO_ORDER = "Name one order by its ID: ?order=<Shopify's order ID>.";
const UNKNOWN_ORDER = "Tandem has no event of this order.";
const OUTAGE = "Tandem could not read this order's events. Try again in a minute.";

/**
 * One order's events as JSON for the order block in Shopify's admin: `?order=`, `?locale=`, and the block's session token
 * in the header.
 */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === "OPTIONS") return preflightAnswer();
  return readableByExtension(await answerOf(request, context));
}

async function answerOf(request: Request, context: AppLoadContext): Promise<Response> {
  try {
    const { shop, admin } = await signedInExtension(request, context);
    const order = orderId(new URL(request.url).searchParams.get("order"));
    if (order === null) return Response.json({ error: NO_ORDER }, { status: 400 });
    const events = await admin.orderEvents(shop, order);
    return events.length === 0
      ? Response.json({ error: UNKNOWN_ORDER }, { status: 404 })
      : Response.json(orderBlockAnswer(wordsFor(readerOfRequest(request)), order, events));
  } catch (error) {
    if (error instanceof Response) return error;
    context.reportError(error);
    return Response.json({ error: OUTAGE }, { status: 500 });
  }
}
