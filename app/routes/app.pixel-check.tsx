import type { ActionFunctionArgs } from "@remix-run/node";
import type { ClientActionFunctionArgs } from "@remix-run/react";
import { answeredOrLost } from "../components/lost-save.ts";
import type { PixelChecked } from "../server/admin-ports.ts";
import type { Followed } from "../server/followed-work.server.ts";
import { fieldsOfForm } from "./app/fields-of-form.ts";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** Asks Meta about a pixel's token. The page posts the same form until the answer is there; no request waits for Meta. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Followed<PixelChecked>> {
  const { shop, admin } = await signedInShop(request, context);
  const { destinationId = "" } = await fieldsOfForm(request);
  return admin.checkPixel(shop, destinationId);
}

/** The action's, but for an answer that never came, which ends the check as well. */
export type PixelCheckEnd = PixelChecked | { readonly kind: "checked"; readonly answer: "lost" };

export async function clientAction(args: ClientActionFunctionArgs) {
  const answer = await answeredOrLost<Followed<PixelChecked>>({
    request: args.request,
    serverAction: () => args.serverAction<typeof action>(),
  });
  if (!("kind" in answer)) return answer;
  const result: PixelCheckEnd = { kind: "checked", answer: "lost" };
  return { ...answer, state: "done", result };
}
