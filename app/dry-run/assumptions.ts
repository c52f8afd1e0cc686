import { checkoutToken, shopDomain, type ShopDomain } from "../event-contract/event-id.ts";
import { EVENT_NAMES } from "../event-contract/event-name.ts";
import { fieldsOf, fieldsOfText } from "../event-contract/json.ts";
import type { BrowserReceipt } from "../outbox/types.ts";
import { DEFAULT_SETTINGS } from "../settings/default-settings.ts";
import { DEFAULT_MAPPING } from "../settings/event-mapping.ts";
import { parseEventMapping, PRIMARY_FIELD } from "../settings/parse-event-mapping.ts";
import { orderChoices, StoredOrderSettings } from "../settings/order-settings.ts";
import type { Pixel, EventMapping, FieldProblem, ParsedInput, Settings, ShopProfile } from "../settings/types.ts";
import { problem } from "../settings/field-problem.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { parseSettingsInput } from "../settings/validate-settings.ts";

type Fields = Readonly<Record<string, unknown>>;

const SHOP = "preview.myshopify.com";
/** The Meta pixel ID used when the settings name none; no real pixel has it. */
const NO_PIXEL = "0";

/**
 * The shop that a dry run assumes: installed, with settings as `npm run shop -- show --json` prints them (or flat,
 * without the enclosing `settings` and `orders`), and one working pixel for each entry of `pixels` or `destinations`
 * (an ID, or an object with `pixelId`, `countries`, `channels`, `eventsOff`). Null text: the defaults after
 * installation.
 */
export function assumedProfile(text: string | null): ParsedInput<ShopProfile> {
  const file = text === null ? {} : fieldsOfText(text);
  if (!file) return refused("settings", problem("assumed.settings"));
  const fields: Fields = { ...file, ...fieldsOf(file["settings"]) };
  const shop = shopDomain(fields["shop"] ?? SHOP);
  if (!shop) return refused("shop", problem("assumed.shop"));
  const change = parseSettingsInput({ ...fields, ...fieldsOf(fields["orders"]) });
  if (!change.ok) return change;
  const mapping = mappingIn(fields);
  if (!mapping.ok) return mapping;
  const orders = StoredOrderSettings.parse(orderChoices(change.value));
  const settings: Settings = { version: 1, ...DEFAULT_SETTINGS, ...change.value, shop, orders, mapping: mapping.value };
  const pixels = pixelsIn(fields).map((pixel, index) => assumedPixel(shop, pixel, index));
  return { ok: true, value: { shop, ingestKey: "preview", installed: true, settings, pixels } };
}

/** The mapping in its stored form (`mapping`), or in the command line's form (`events.Purchase.as`). */
function mappingIn(fields: Fields): ParsedInput<EventMapping> {
  const stored = fieldsOf(fields["mapping"]);
  const rules = Object.entries(fieldsOf(stored?.["rules"]) ?? {}).flatMap(([action, rule]) =>
    Object.entries(fieldsOf(rule) ?? {}).map(([part, value]) => [`events.${action}.${part}`, value] as const),
  );
  const said = [...rules, [PRIMARY_FIELD, stored?.["primary"]] as const, ...Object.entries(fields)];
  const texts = said.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  return parseEventMapping(Object.fromEntries(texts), DEFAULT_MAPPING);
}

function pixelsIn({ pixels, destinations, pixelId = NO_PIXEL }: Fields): readonly unknown[] {
  const named = pixels ?? destinations;
  return Array.isArray(named) ? named : [pixelId];
}

function assumedPixel(shop: ShopDomain, pixel: unknown, index: number): Pixel {
  const fields = fieldsOf(pixel) ?? { pixelId: pixel };
  return {
    id: `preview-${index}`,
    shop,
    metaPixelId: digitsOf(fields["pixelId"] ?? fields["id"]),
    hasToken: true,
    testEventCode: textOf(fields["testEventCode"]),
    state: "active",
    stateReason: null,
    countries: listOf(fields["countries"], (country) => (typeof country === "string" ? country.toUpperCase() : null)),
    channels: listOf(fields["channels"], (name) => CHANNELS.find((channel) => channel === name) ?? null),
    eventsOff: listOf(fields["eventsOff"], (action) => EVENT_NAMES.find((name) => name === action) ?? null) ?? [],
  };
}

const digitsOf = (id: unknown): string => {
  const text = typeof id === "string" || typeof id === "number" ? String(id) : "";
  return /^\d{1,20}$/.test(text) ? text : NO_PIXEL;
};

const CHANNELS = ["online", "pos", "renewals", "other"] as const;

const listOf = <T>(value: unknown, read: (item: unknown) => T | null): readonly T[] | null =>
  Array.isArray(value) ? value.map(read).filter((item) => item !== null) : null;

/** The browser's report as far as the file describes it; `at` is its time. */
export type AssumedBrowser = Omit<BrowserReceipt, "data" | "orderId" | "eventId"> & {
  /** Whether the file has a consent answer; without one there is no signal, and so no receipt. */
  readonly spoke: boolean;
  /** Whether the customer opted out of the sale of their data in Shopify's customer record. */
  readonly optedOut: boolean;
};

/**
 * The assumed report of the shopper's browser: `consent` (`{"marketing", "saleOfData"}`, true or false), `fbp`, `fbc`,
 * `ip`, `userAgent`, `url`, `referrer`, and the customer record's `optedOut`. A post to the collector has this form
 * too.
 */
export function assumedBrowser(text: string, shop: ShopDomain, at: Date): ParsedInput<AssumedBrowser> {
  const fields = fieldsOfText(text);
  if (!fields) return refused("context", problem("assumed.context"));
  const consent = consentOf(fields["consent"]);
  if (consent === "unreadable") {
    return refused("consent", problem("assumed.consent", { example: CONSENT }));
  }
  const url = textOf(fields["url"]);
  if (isNoAddress(url)) {
    return refused("url", problem("assumed.url"));
  }
  const leg = fieldsOf(fields["leg"]);
  return {
    ok: true,
    value: {
      shop,
      spoke: consent !== null,
      optedOut: fields["optedOut"] === true,
      checkoutToken: checkoutToken(fields["checkoutToken"]),
      leg: leg?.["sent"] === false ? { sent: false, because: "no-pixel" } : { sent: true },
      fbp: textOf(fields["fbp"]),
      fbc: textOf(fields["fbc"]),
      ip: textOf(fields["ip"] ?? fields["client_ip_address"]),
      userAgent: textOf(fields["userAgent"] ?? fields["client_user_agent"]),
      url,
      referrer: textOf(fields["referrer"]),
      signal: { marketing: false, saleOfData: false, ...consent, at: at.getTime() },
      receivedAt: at,
    },
  };
}

const CONSENT = '{"marketing": true, "saleOfData": true}';

const isNoAddress = (url: string | null): boolean => url !== null && !URL.canParse(url);

function consentOf(value: unknown): { marketing: boolean; saleOfData: boolean } | null | "unreadable" {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return { marketing: value, saleOfData: value };
  const fields: Fields = fieldsOf(value) ?? {};
  const { marketing, saleOfData = marketing } = fields;
  return typeof marketing === "boolean" && typeof saleOfData === "boolean" ? { marketing, saleOfData } : "unreadable";
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const refused = (field: string, message: Problem): { ok: false; problems: readonly FieldProblem[] } => ({
  ok: false,
  problems: [{ field, message }],
});
