import { shopDomain } from "../event-contract/event-id.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import type { FieldProblem, Pixel, ShopProfile } from "../settings/types.ts";
import { ENGLISH } from "../wording/english.ts";
import { problemIn } from "../wording/field-problem-words.ts";
import type { ShopOptions } from "./shop-options.ts";

/** What is wrong with an option: a field's problem, or what only the command line says, which speaks English. */
export type OptionProblem = FieldProblem | { readonly field: string; readonly message: string };

/** The result of a shop command, before it is printed. */
export type Answer =
  | { readonly kind: "done"; readonly facts: object; readonly text: string }
  | { readonly kind: "refused"; readonly problems: readonly OptionProblem[] };

export const refused = (field: string, message: string): Answer => ({
  kind: "refused",
  problems: [{ field, message }],
});

/** A pixel in the printed facts, where `pixelId` is Meta's number. */
export const pixelFacts = ({ metaPixelId, ...pixel }: Pixel): object => ({ ...pixel, pixelId: metaPixelId });

/** The shop from the options, or why the command cannot use it. */
export async function knownShop(
  values: Pick<ShopOptions, "shop">,
  { settings }: { readonly settings: Pick<SettingsStore, "profile"> },
): Promise<ShopProfile | Answer> {
  const shop = shopDomain(values.shop);
  if (shop === null) return refused("shop", "give the shop's permanent domain, such as example.myshopify.com");
  return (
    (await settings.profile(shop)) ??
    refused("shop", `${shop} is not known here; connect it first, or install the app on it`)
  );
}

export const optionProblemIn = ({
  field,
  message,
}: OptionProblem): { readonly field: string; readonly message: string } => ({
  field,
  message: typeof message === "string" ? message : problemIn(ENGLISH, { message }),
});
