import type { OrderRule } from "../event-contract/order-settings.ts";
import type { Settings } from "../settings/types.ts";
import type { TextKey } from "./catalogue.ts";
import type { Words } from "./words.ts";

type Choice<Value extends string> = { readonly value: Value; readonly label: string };

/** The values of each setting, in the order of its menu. Keyed by value, so that one without a place does not compile. */
const MENUS = {
  "purchase-trigger": menu<Settings["purchaseTrigger"]>({ paid: 1, placed: 2, fulfilled: 3, tagged: 4 }),
  "value-basis": menu<Settings["valueBasis"]>({ subtotal: 1, subtotal_without_tax: 2, total: 3 }),
  "content-id": menu<Settings["contentId"]>({
    variant_id: 1,
    product_id: 2,
    sku: 3,
    shopify_country_product_variant: 4,
  }),
  "storefront-mode": menu<Settings["storefrontMode"]>({ pixel: 1, embed: 2, lite: 3 }),
  "gift-cards": menu<NonNullable<Settings["giftCards"]>>({ count: 1, "leave-out": 2 }),
  "rule-action": menu<OrderRule["action"]>({ withhold: 1, send: 2 }),
  "rule-match": menu<OrderRule["match"]>({ channel: 1, tag: 2 }),
} as const;

function menu<Value extends string>(places: Readonly<Record<Value, number>>): readonly Value[] {
  // Object.keys forgets the key type; the parameter's type is exact here.
  return (Object.keys(places) as Value[]).sort((one, other) => places[one] - places[other]);
}

type Menus = typeof MENUS;
type ValueOf<Setting extends keyof Menus> = Menus[Setting][number];
type ChoiceKey = { [Setting in keyof Menus]: `choices.${Setting}.${ValueOf<Setting>}` }[keyof Menus];

/** What a merchant can choose for a setting, in the reader's language. */
export const choicesOf = <Setting extends keyof Menus>(words: Words, setting: Setting): Choice<ValueOf<Setting>>[] =>
  (MENUS[setting] as readonly ValueOf<Setting>[]).map((value) => ({
    value,
    // The compiler does not follow two type parameters into a template; ChoiceKey holds the menus to the catalogue.
    label: words.text(`choices.${setting}.${value}` as ChoiceKey satisfies TextKey),
  }));
