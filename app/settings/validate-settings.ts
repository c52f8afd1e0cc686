import { z } from "zod";
import type { EventMapping, ParsedInput } from "./types.ts";
import { FormRules } from "./form-rules.ts";
import { metaPixelIdIn } from "./meta-pixel-id.ts";
import { FunnelField } from "./funnel.ts";
import { NoAnswerField } from "./no-answer-rule.ts";
import { OrderSettingsFields } from "./order-settings.ts";

/** A pixel as the merchant entered it. A token or test event code of null means "keep the stored one". */
export type PixelCredentials = {
  readonly metaPixelId: string;
  readonly token: string | null;
  readonly testEventCode: string | null;
};

const WHERE_THE_ID_IS = "Find it in Meta Events Manager: Data sources, your pixel, Settings.";
const WHERE_THE_TOKEN_IS =
  "Create one in Meta Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token.";

const trimmed = (message: string) => z.string({ error: message }).trim();
const blankIsNull = (text: string): string | null => (text === "" ? null : text);

const PixelNumber = z
  .string()
  .min(1, `Enter the Meta pixel ID. ${WHERE_THE_ID_IS}`)
  .regex(/^\d*$/, `A Meta pixel ID has digits only. ${WHERE_THE_ID_IS}`)
  // Meta documents no length. Today's IDs have 15 or 16 digits; those in tests are shorter.
  .regex(/^(\d{5,20})?$/, `A Meta pixel ID has 5 to 20 digits, usually 15 or 16. ${WHERE_THE_ID_IS}`);

const PixelFields = z.object({
  pixelId: trimmed(`Enter the Meta pixel ID. ${WHERE_THE_ID_IS}`)
    // An address of Events Manager is as good as the number in it.
    .transform((typed) => metaPixelIdIn(typed) ?? typed)
    .pipe(PixelNumber),
  token: trimmed(`Enter the access token. ${WHERE_THE_TOKEN_IS}`)
    .regex(/^\S*$/, `An access token has no spaces or line breaks; copy it again in one piece. ${WHERE_THE_TOKEN_IS}`)
    .regex(/^[\x21-\x7e]*$|\s/, `An access token has only plain letters, digits and signs. ${WHERE_THE_TOKEN_IS}`)
    .refine(
      (token) => token === "" || (token.length >= 8 && token.length <= 1024),
      `An access token has 8 to 1,024 characters and usually starts with EAA. ${WHERE_THE_TOKEN_IS}`,
    )
    .transform(blankIsNull),
  testEventCode: trimmed("Enter the test event code, or leave it empty.")
    .toUpperCase()
    .regex(
      /^(TEST[A-Z0-9]{1,32})?$/,
      "A test event code looks like TEST12345. Find it in Meta Events Manager: Test events.",
    )
    .transform(blankIsNull),
});

const PixelCredentialsOf = PixelFields.transform(({ pixelId, token, testEventCode }): PixelCredentials => ({
  metaPixelId: pixelId,
  token,
  testEventCode,
}));

/**
 * A pixel from the form or the command line, under the form's names (`pixelId` is Meta's number). Every value is text,
 * and an empty token or test code is allowed.
 * Whether Meta accepts the pixel and the token is not checked here.
 */
export const parsePixelInput = (input: {
  readonly pixelId: string;
  readonly token: string;
  readonly testEventCode: string;
}): ParsedInput<PixelCredentials> => parsed(PixelCredentialsOf, input);

const MAX_WAIT_SECONDS = 600;
const WAIT = `Enter whole seconds from 0 to ${MAX_WAIT_SECONDS}; 90 suits most shops.`;

const SettingsFields = z.object({
  purchaseTrigger: z.enum(
    ["placed", "paid", "fulfilled", "tagged"],
    "Choose when an order counts: when it is placed, or when it is paid, fulfilled or tagged.",
  ),
  valueBasis: z.enum(
    ["total", "subtotal", "subtotal_without_tax"],
    "Choose the value of a purchase: the order total, the subtotal after discounts, or the subtotal without tax.",
  ),
  contentId: z.enum(
    ["variant_id", "product_id", "sku", "shopify_country_product_variant"],
    "Choose the ID that your Meta catalog uses: Commerce Manager, Catalog, Items, Content ID.",
  ),
  contentCountry: trimmed("Enter the country of your catalog's feed as two letters, such as US.")
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, "Enter the country of your catalog's feed as two letters, such as US."),
  storefrontMode: z.enum(
    ["pixel", "embed", "lite"],
    "Choose who reports storefront events: the web pixel or the app embed.",
  ),
  contextWaitSeconds: z
    .union([z.number(), z.string().trim().regex(/^\d+$/, WAIT).transform(Number)], WAIT)
    .pipe(z.number().int(WAIT).min(0, WAIT).max(MAX_WAIT_SECONDS, WAIT)),
  giftCards: z.enum(["count", "leave-out"], "Choose whether gift cards count as sales."),
  ...OrderSettingsFields,
  forms: FormRules,
  noAnswer: NoAnswerField,
  funnel: FunnelField,
});

type Fields = Partial<z.infer<typeof SettingsFields>>;

/** What a save may change; a missing field keeps its value. */
export type SettingsChange = Fields & { readonly mapping?: EventMapping };

/** Settings from the form or the command line, all as text. Unknown fields (a form's own) are ignored. */
export const parseSettingsInput = (input: Readonly<Record<string, unknown>>): ParsedInput<Fields> => {
  const given = parsed(SettingsFields.partial().superRefine(namesItsTag), input);
  // zod writes an absent optional field as undefined; absent here means "unchanged".
  return given.ok ? { ok: true, value: withoutUndefined(given.value) } : given;
};

/** The trigger `tagged` requires a tag. */
function namesItsTag(
  { purchaseTrigger, triggerTag }: { readonly [Key in "purchaseTrigger" | "triggerTag"]?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (purchaseTrigger !== "tagged" || triggerTag !== undefined) return;
  const message = "Enter the tag that makes an order count, as it is on your orders.";
  context.addIssue({ code: "custom", path: ["triggerTag"], message });
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  // Only undefined entries are dropped, so every remaining entry has its declared type.
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;

function parsed<Value>(schema: z.ZodType<Value>, input: unknown): ParsedInput<Value> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  // One sentence for each field: the first rule that it breaks.
  const first = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const field = String(path[0] ?? "");
    if (!first.has(field)) first.set(field, message);
  }
  return { ok: false, problems: [...first].map(([field, message]) => ({ field, message })) };
}
