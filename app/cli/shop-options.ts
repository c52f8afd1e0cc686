import { parseArgs } from "node:util";
import { refuseLongGroups } from "./short-options.ts";
import type { FieldProblem } from "../settings/types.ts";

export const SHOP_HELP = `Usage: npm run shop -- <command> [options]

Commands
  connect     --shop x.myshopify.com --pixel ID --token T [--test-code C]
              connects a Meta pixel, or replaces its token or test event code
  list        every shop and its pixels
  show        --shop S             one shop: settings, pixels, collector address
  set         --shop S [--trigger placed|paid|fulfilled|tagged] [--trigger-tag TAG]
              [--value-basis total|subtotal|subtotal_without_tax]
              [--content-id variant_id|product_id|sku|shopify_country_product_variant] [--content-country US]
              [--storefront-mode pixel|embed|lite] [--context-wait SECONDS]
              [--gift-cards count|leave-out] [--subscribe-event on|off] [--refund-event on|off]
              [--upsell-event on|off] [--customer-segmentation on|off] [--predicted-orders N|off]
              [--net-revenue on|off] [--net-revenue-coverage PERCENT] [--wait-for-payment DAYS]
              [--order-rules "withhold tag wholesale; withhold channel pos"]
              [--forms "newsletter none; contact Lead; #wholesale Contact"]
              [--no-answer as-policy|everywhere|CA,US-NY] [--funnel 'JSON of the stages of a lead']
              saves a new version of the settings
  filter      --shop S --pixel ID [--countries DE,AT|all] [--channels online,pos,renewals,other|all]
              [--events Purchase,AddToCart|all]
              limits what one of several pixels takes
  map         --shop S --event Purchase [--as NAME] [--legs both|browser|server|off] [--primary]
              how one action is reported: its name, its legs, whether campaigns are after it
  pause       --shop S [--pixel ID]   stops sending; what happens meanwhile is withheld
  resume      --shop S [--pixel ID]
  disconnect  --shop S --pixel ID     forgets the pixel and its token
  remove-code --shop S --pixel ID     removes the test event code; test orders are withheld again
  staff       --shop S                who has opened the app, and their roles
  set-role    --shop S --staff USER_ID --role owner|marketer|read-only
              what one person may do in the app
  make-key    --shop S --name CRM     an API key for the shop's own programs, shown once
  keys        --shop S                the shop's API keys, without the keys themselves
  rotate-key  --shop S --key ID [--overlap HOURS]
              a new key; the old one works for the overlap (24 hours)
  revoke-key  --shop S --key ID       the key stops at once
  import-stages FILE --shop S [--mapping JSON] [--encoding windows-1252] [--preview] [--errors FILE]
              reports the rows of a CSV file; --preview shows the first 20 rows and does nothing
  make-hook   --shop S --name CRM --preset hubspot|pipedrive|salesforce-flow|salesforce-message|gohighlevel|generic
              [--secret S] [--account ID] [--mapping JSON --example BODY]
              an address for a CRM's webhooks; a mapping is tried on the example before it is saved
  hooks       --shop S                the addresses, without their secrets
  map-hook    --shop S --hook ID --mapping JSON --example BODY
  rotate-hook --shop S --hook ID [--secret S] [--overlap HOURS]
  revoke-hook --shop S --hook ID      the address stops at once

Options
  --json      one JSON object on stdout
  --help      this text

Environment: TANDEM_ENCRYPTION_KEYS; DATABASE_URL or the embedded database in TANDEM_DATA_DIR (default .data).
Exit codes: 0 done, 1 refused (the reason is printed), 2 wrong use.`;

const OPTIONS = {
  shop: { type: "string" },
  pixel: { type: "string" },
  token: { type: "string" },
  "test-code": { type: "string" },
  trigger: { type: "string" },
  "value-basis": { type: "string" },
  "content-id": { type: "string" },
  "content-country": { type: "string" },
  "storefront-mode": { type: "string" },
  "context-wait": { type: "string" },
  "gift-cards": { type: "string" },
  "subscribe-event": { type: "string" },
  "refund-event": { type: "string" },
  "upsell-event": { type: "string" },
  "customer-segmentation": { type: "string" },
  "predicted-orders": { type: "string" },
  "net-revenue": { type: "string" },
  "net-revenue-coverage": { type: "string" },
  "wait-for-payment": { type: "string" },
  "trigger-tag": { type: "string" },
  "order-rules": { type: "string" },
  forms: { type: "string" },
  funnel: { type: "string" },
  "no-answer": { type: "string" },
  countries: { type: "string" },
  channels: { type: "string" },
  events: { type: "string" },
  event: { type: "string" },
  as: { type: "string" },
  legs: { type: "string" },
  primary: { type: "boolean" },
  staff: { type: "string" },
  role: { type: "string" },
  name: { type: "string" },
  key: { type: "string" },
  overlap: { type: "string" },
  file: { type: "string" },
  errors: { type: "string" },
  encoding: { type: "string" },
  preview: { type: "boolean" },
  hook: { type: "string" },
  preset: { type: "string" },
  secret: { type: "string" },
  account: { type: "string" },
  mapping: { type: "string" },
  example: { type: "string" },
  json: { type: "boolean" },
} as const;

export type ShopOptions = ReturnType<typeof parseShopOptions>["values"];

/** Throws a TypeError that names an unknown option. */
export function parseShopOptions(argv: readonly string[]) {
  refuseLongGroups(argv);
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

/** The given options; others stay unchanged. */
export const changesIn = (values: ShopOptions): Record<string, string> =>
  Object.fromEntries(
    SETTINGS_FIELDS.flatMap((field) => {
      const value = values[OPTION_OF[field]];
      return value === undefined ? [] : [[field, value]];
    }),
  );

const OPTION_OF = {
  pixelId: "pixel",
  token: "token",
  testEventCode: "test-code",
  purchaseTrigger: "trigger",
  valueBasis: "value-basis",
  contentId: "content-id",
  contentCountry: "content-country",
  storefrontMode: "storefront-mode",
  contextWaitSeconds: "context-wait",
  giftCards: "gift-cards",
  subscribeEvent: "subscribe-event",
  refundEvent: "refund-event",
  upsellEvent: "upsell-event",
  customerSegmentation: "customer-segmentation",
  predictedOrders: "predicted-orders",
  netRevenue: "net-revenue",
  netRevenueCoverage: "net-revenue-coverage",
  waitForPaymentDays: "wait-for-payment",
  triggerTag: "trigger-tag",
  rules: "order-rules",
  forms: "forms",
  funnel: "funnel",
  noAnswer: "no-answer",
} as const;

const SETTINGS_FIELDS = [
  "purchaseTrigger",
  "valueBasis",
  "contentId",
  "contentCountry",
  "storefrontMode",
  "contextWaitSeconds",
  "giftCards",
  "subscribeEvent",
  "refundEvent",
  "upsellEvent",
  "customerSegmentation",
  "predictedOrders",
  "netRevenue",
  "netRevenueCoverage",
  "waitForPaymentDays",
  "triggerTag",
  "rules",
  "forms",
  "funnel",
  "noAnswer",
] as const satisfies readonly (keyof typeof OPTION_OF)[];

/** The same problem, with the option's name. */
export const inOptionNames = ({ field, message }: FieldProblem): FieldProblem => ({
  field: field in OPTION_OF ? OPTION_OF[field as keyof typeof OPTION_OF] : field,
  message,
});
