import type { ActionFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** The file of a data request. A POST, because each download is recorded. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const requestId = (await request.formData()).get("requestId");
  const file = typeof requestId === "string" ? await admin.dataRequestFile(shop, requestId) : null;
  if (file === null) return new Response("There is no such file.", { status: 404 });
  return new Response(file, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
}
