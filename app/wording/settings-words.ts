import { z } from "zod";
import type { TextKey } from "./catalogue.ts";
import { choicesOf } from "./choices.ts";
import type { Words } from "./words.ts";

/** The labels of the settings' fields, by the names that a save gives them. */
const LABELS = {
  purchaseTrigger: "settings.trigger",
  triggerTag: "settings.trigger-tag",
  valueBasis: "settings.value",
  contentId: "settings.content-id",
  contentCountry: "settings.content-country",
  storefrontMode: "settings.storefront-mode",
  contextWaitSeconds: "settings.wait",
  giftCards: "settings.gift-cards",
  subscribeEvent: "settings.orders.subscribeEvent",
  predictedOrders: "settings.predicted-orders",
  refundEvent: "settings.orders.refundEvent",
  upsellEvent: "settings.orders.upsellEvent",
  customerSegmentation: "settings.orders.customerSegmentation",
  netRevenue: "netRevenue.choice",
  netRevenueCoverage: "netRevenue.smallest-coverage",
  waitForPaymentDays: "settings.wait-days",
  rules: "settings.rules",
  noAnswer: "settings.no-answer",
  forms: "settings.forms.heading",
  "mapping.primary": "settings.primary",
  "funnel.stages": "versions.funnel.stages",
  "funnel.instantFormConsent": "versions.funnel.consent",
  "funnel.customerMetafield": "versions.funnel.metafield",
} as const satisfies Readonly<Record<string, TextKey>>;

const MENUS: Readonly<Record<string, Parameters<typeof choicesOf>[1]>> = {
  purchaseTrigger: "purchase-trigger",
  valueBasis: "value-basis",
  contentId: "content-id",
  storefrontMode: "storefront-mode",
  giftCards: "gift-cards",
};

const isLabelled = (field: string): field is keyof typeof LABELS => field in LABELS;

const MAPPED = /^mapping\.rules\.(?<action>\w+)\.(?<part>as|legs)$/;

/** The action that a mapping's setting is about, and whether it is its name or its legs. */
const mappedBy = (field: string) => {
  const { action = "", part } = MAPPED.exec(field)?.groups ?? {};
  return part === undefined ? null : { action, isName: part === "as" };
};

/** A setting's label; a setting without a field keeps the name it is stored under. */
export function settingIn(words: Words, field: string): string {
  if (isLabelled(field)) return words.text(LABELS[field]);
  const mapped = mappedBy(field);
  if (mapped === null) return field;
  return words.text(mapped.isName ? "settings.mapping.sent-as" : "settings.mapping.sent-by", { action: mapped.action });
}

const ON_OFF: Readonly<Record<string, "frame.on" | "frame.off">> = { true: "frame.on", false: "frame.off" };

/** A setting's value as its field shows it, or as it is stored. */
export function choiceIn(words: Words, field: string, value: string | null): string {
  if (value === null || value === "") return words.text("frame.none");
  const onOff = ON_OFF[value];
  if (onOff !== undefined) return words.text(onOff);
  return ofMenu(words, field, value) ?? LISTED[field]?.(words, value) ?? value;
}

function ofMenu(words: Words, field: string, value: string): string | null {
  if (mappedBy(field)?.isName === false) return legsIn(words, value);
  const menu = MENUS[field];
  return (menu && choicesOf(words, menu).find((choice) => choice.value === value)?.label) ?? null;
}

const legsIn = (words: Words, legs: string): string => {
  const key = `legs.${legs}`;
  return words.isKey(key) ? words.text(key as "legs.both") : legs;
};

type InWords = (words: Words, value: string) => string | null;

/** Settings that are no single word. Null: the value is not of the form that is stored today. */
const LISTED: Readonly<Record<string, InWords>> = {
  noAnswer: (words, value) => {
    if (value === "as-policy" || value === "everywhere") return words.text(`settings.no-answer.${value}`);
    const regions = z.array(z.string()).safeParse(parsed(value));
    return regions.success ? words.text("versions.no-answer.regions", { regions: words.list(regions.data) }) : null;
  },
  rules: listIn(
    z.object({ action: z.enum(["withhold", "send"]), match: z.enum(["channel", "tag"]), value: z.string() }),
    (words, { action, match, value }) => words.text(`versions.rule.${action}-${match}`, { value }),
  ),
  forms: listIn(z.object({ form: z.string(), as: z.string() }), (words, { form, as }) =>
    words.text("versions.form", { form, event: as === "none" ? words.text("settings.forms.nothing") : as }),
  ),
  "funnel.stages": listIn(
    z.object({
      name: z.string(),
      event: z.string(),
      value: z.number().nullish(),
      currency: z.string().nullish(),
      predictedLtv: z.number().nullish(),
      isPrimary: z.boolean().nullish(),
      mayBeSkipped: z.boolean().nullish(),
      customerTag: z.string().nullish(),
    }),
    (words, stage) => words.list([`${stage.name} (${stage.event})`, ...partsOf(words, stage)]),
  ),
  "funnel.instantFormConsent": (words, value) =>
    value === "stated" || value === "given" ? words.text(`versions.funnel.consent.${value}`) : null,
};

type Worth = { readonly [Key in "value" | "predictedLtv"]?: number | null | undefined } & {
  readonly currency?: string | null | undefined;
  readonly isPrimary?: boolean | null | undefined;
  readonly mayBeSkipped?: boolean | null | undefined;
  readonly customerTag?: string | null | undefined;
};

const partsOf = (words: Words, { currency, ...stage }: Worth): readonly string[] => {
  const amount = (value: number | null | undefined): string | null =>
    value === null || value === undefined || !currency ? null : words.money(value, currency);
  const [worth, predicted] = [amount(stage.value), amount(stage.predictedLtv)];
  return [
    ...(worth === null ? [] : [words.text("versions.stage.worth", { amount: worth })]),
    ...(predicted === null ? [] : [words.text("versions.stage.predicted", { amount: predicted })]),
    ...(stage.isPrimary ? [words.text("versions.stage.primary")] : []),
    ...(stage.mayBeSkipped ? [words.text("versions.stage.skippable")] : []),
    ...(stage.customerTag ? [words.text("versions.stage.tag", { tag: stage.customerTag })] : []),
  ];
};

/** Entries in their order, because the order decides which of them applies. */
function listIn<Entry>(schema: z.ZodType<Entry>, entryIn: (words: Words, entry: Entry) => string): InWords {
  return (words, value) => {
    const list = z.array(schema).safeParse(parsed(value));
    if (!list.success) return null;
    return list.data.length === 0
      ? words.text("frame.none")
      : list.data.map((entry, index) => `${index + 1}. ${entryIn(words, entry)}`).join("; ");
  };
}

/** Null where the text is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
