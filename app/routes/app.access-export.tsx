import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** One of the Access page's lists as a CSV file: `changes` or `seen`. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const list = new URL(request.url).searchParams.get("list");
  const text = await (list === "seen" ? admin.exportAccessRecords(shop) : admin.exportChanges(shop));
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="tandem-${list === "seen" ? "seen" : "changes"}.csv"`,
    "cache-control": "no-store",
  };
  return new Response(text, { headers });
}
