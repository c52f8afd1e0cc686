import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";
import { readEventQuery } from "./app.events._index/read-event-query.ts";

/** The events of a filter as a CSV file, sent page by page as it is read. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { query } = readEventQuery(new URL(request.url).searchParams);
  const lines = await admin.exportEvents(shop, query);
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="tandem-events.csv"',
      "cache-control": "no-store",
    },
  });
}
