import { ReadableStream, TextEncoderStream } from "node:stream/web";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";
import { readEventQuery } from "./app.events._index/read-event-query.ts";

/** The events of a filter as a CSV file, sent page by page as it is read. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { query } = readEventQuery(new URL(request.url).searchParams);
  const lines = await admin.exportEvents(shop, query);
  // A browser that stops the download cancels the stream, which ends the reading. Node's own streams would be destroyed
  // with an error instead, which nobody hears and which ends the process (createReadableStreamFromReadable, Remix 2.17).
  const bytes = ReadableStream.from(lines).pipeThrough(new TextEncoderStream());
  // The same stream by Node's types and by the DOM's.
  return new Response(bytes as unknown as BodyInit, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="tandem-events.csv"',
      "cache-control": "no-store",
    },
  });
}
