import { z } from "zod";
import type { Problem } from "../wording/field-problem-words.ts";
import { problemOf, stating } from "./field-problem.ts";
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

const trimmed = (message: string) => z.string({ error: message }).trim();
const blankIsNull = (text: string): string | null => (text === "" ? null : text);

const PixelNumber = z
  .string()
  .min(1, stating("pixel-id.missing"))
  .regex(/^\d*$/, stating("pixel-id.digits"))
  // Meta documents no length. Today's IDs have 15 or 16 digits; those in tests are shorter.
  .regex(/^(\d{5,20})?$/, stating("pixel-id.length"));

const PixelFields = z.object({
  pixelId: trimmed(stating("pixel-id.missing"))
    // An address of Events Manager is as good as the number in it.
    .transform((typed) => metaPixelIdIn(typed) ?? typed)
    .pipe(PixelNumber),
  token: trimmed(stating("token.missing"))
    .regex(/^\S*$/, stating("token.spaces"))
    .regex(/^[\x21-\x7e]*$|\s/, stating("token.signs"))
    .refine((token) => token === "" || (token.length >= 8 && token.length <= 1024), stating("token.length"))
    .transform(blankIsNull),
  testEventCode: trimmed(stating("test-code.missing"))
    .toUpperCase()
    .regex(/^(TEST[A-Z0-9]{1,32})?$/, stating("test-code.form"))
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
const WAIT = stating("context-wait", { most: MAX_WAIT_SECONDS });

const SettingsFields = z.object({
  purchaseTrigger: z.enum(["placed", "paid", "fulfilled", "tagged"], stating("trigger")),
  valueBasis: z.enum(["total", "subtotal", "subtotal_without_tax"], stating("value-basis")),
  contentId: z.enum(["variant_id", "product_id", "sku", "shopify_country_product_variant"], stating("content-id")),
  contentCountry: trimmed(stating("content-country"))
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, stating("content-country")),
  storefrontMode: z.enum(["pixel", "embed", "lite"], stating("storefront-mode")),
  contextWaitSeconds: z
    .union([z.number(), z.string().trim().regex(/^\d+$/, WAIT).transform(Number)], WAIT)
    .pipe(z.number().int(WAIT).min(0, WAIT).max(MAX_WAIT_SECONDS, WAIT)),
  giftCards: z.enum(["count", "leave-out"], stating("gift-cards")),
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
  context.addIssue({ code: "custom", path: ["triggerTag"], message: stating("trigger-tag.missing") });
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  // Only undefined entries are dropped, so every remaining entry has its declared type.
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;

function parsed<Value>(schema: z.ZodType<Value>, input: unknown): ParsedInput<Value> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  // One problem for each field: the first rule that it breaks.
  const first = new Map<string, Problem>();
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "");
    if (!first.has(field)) first.set(field, problemOf(issue));
  }
  return { ok: false, problems: [...first].map(([field, message]) => ({ field, message })) };
}
