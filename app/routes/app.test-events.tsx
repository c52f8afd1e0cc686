import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** The Test page's live view, as server-sent events. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const stream = await admin.testStream(shop);
  if (stream === null) return new Response("Too many live views are open.", { status: 429 });
  const headers = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    // nginx would keep the events until its buffer is full (nginx.org, proxy_buffering).
    "x-accel-buffering": "no",
  };
  return new Response(stream, { headers });
}
