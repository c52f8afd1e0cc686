import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { statusOf } from "../../components/settings/settings-outcome.ts";
import { answerSettingsForm } from "./answer-settings-form.server.ts";
import { fieldsOfForm } from "./fields-of-form.ts";
import { signedInShop } from "./signed-in-shop.server.ts";

/** What each page of the settings shows. */
export async function settingsView({ request, context }: LoaderFunctionArgs) {
  const { shop, admin, permissions } = await signedInShop(request, context);
  const { profile, publish, costs, facts } = await admin.setup(shop);
  const { unconfirmedPixels, pixelsBeingChecked } = facts;
  return { permissions, profile, publish, costs, unconfirmedPixels, pixelsBeingChecked };
}

/** Answers a form of any page of the settings. */
export async function answerSettings({ request, context }: ActionFunctionArgs) {
  const sender = await signedInShop(request, context);
  const outcome = await answerSettingsForm(await fieldsOfForm(request), sender);
  return data(outcome, { status: statusOf(outcome) });
}
