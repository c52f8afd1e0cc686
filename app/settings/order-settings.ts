import { z } from "zod";
import { DEFAULT_ORDER_SETTINGS, type OrderRule, type OrderSettings } from "../event-contract/order-settings.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import { stating } from "./field-problem.ts";

const RULES = stating("rules.form");
const MOST_ORDERS = 100;
const ORDERS = stating("predicted-orders", { most: MOST_ORDERS });

const LONGEST_LINE = 150;
const RULE = /^(send|withhold)\s+(channel|tag)\s+(\S.{0,99})$/i;
export const MOST_RULES = 100;
const LONGEST_NAME = 100;

const isRead = (line: string): boolean => line.length <= LONGEST_LINE && isStorable(line);

const ruleOf = (line: string): OrderRule | null => {
  const parts = isRead(line) ? RULE.exec(line.trim()) : null;
  if (parts === null) return null;
  // Every group of RULE is part of every match.
  const [, action = "", match = "", value = ""] = parts;
  return {
    action: action.toLowerCase() === "send" ? "send" : "withhold",
    match: match.toLowerCase() === "tag" ? "tag" : "channel",
    value: value.trim(),
  };
};

const rulesFromText = z
  .string()
  .max(MOST_RULES * LONGEST_LINE, RULES)
  .transform((text, context): readonly OrderRule[] => {
    const lines = text.split(/[\n;]/).filter((line) => line.trim() !== "");
    const rules = lines.map(ruleOf).filter((rule) => rule !== null);
    if (rules.length < lines.length || rules.length > MOST_RULES) context.addIssue({ code: "custom", message: RULES });
    return rules;
  });

/** One rule; a form shows each message at the field that it is about. */
export const OrderRuleFields = z.object({
  match: z.enum(["channel", "tag"], stating("rule.match")),
  value: z
    .string(stating("rule.name"))
    .trim()
    .min(1, stating("rule.name"))
    .max(LONGEST_NAME, stating("rule.name.length", { most: LONGEST_NAME }))
    .refine(isStorable, stating("rule.name.unstorable")),
  action: z.enum(["send", "withhold"], stating("rule.action")),
});

const rules = z.union([z.array(OrderRuleFields).max(MOST_RULES), rulesFromText], RULES);

const SWITCH = stating("switch");
const onOff = z.union([z.boolean(), z.enum(["on", "off"]).transform((word) => word === "on")], SWITCH);

/** A whole number, as text or as a number; blank and null mean none. */
const optionalWhole = (highest: number, message: string) =>
  z.union(
    [
      z.null(),
      z.number().int().min(1).max(highest),
      z
        .string()
        .trim()
        .regex(/^(?:off|\d{1,3})?$/)
        .transform((text) => (text === "" || text === "off" ? null : Number(text)))
        .pipe(z.number().int().min(1).max(highest).nullable()),
    ],
    message,
  );

const PERCENT = stating("percent");
const percent = z
  .union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^\d{1,3}%?$/, PERCENT)
        .transform((text) => Number.parseInt(text, 10)),
    ],
    PERCENT,
  )
  .pipe(z.number().int(PERCENT).min(1, PERCENT).max(100, PERCENT));

// Browser receipts are kept for seven days anyway, and Shopify shows an app the orders of the last sixty.
const LONGEST_WAIT_DAYS = 60;
const WAIT_DAYS = stating("wait-for-payment", { most: LONGEST_WAIT_DAYS });
const waitDays = z
  .union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^\d{1,2}$/, WAIT_DAYS)
        .transform(Number),
    ],
    WAIT_DAYS,
  )
  .pipe(z.number().int(WAIT_DAYS).min(7, WAIT_DAYS).max(LONGEST_WAIT_DAYS, WAIT_DAYS));

// Shopify's own limit for an order's tag (help.shopify.com, "Creating tags", 2026-11); commas separate tags.
const TAG = stating("trigger-tag.form");
const triggerTag = z
  .string(TAG)
  .trim()
  .regex(/^[^,]{1,40}$/, TAG);

/** The choices about kinds of orders, from the form, the command line or a file. */
export const OrderSettingsFields = {
  subscribeEvent: onOff,
  refundEvent: onOff,
  upsellEvent: onOff,
  customerSegmentation: onOff,
  predictedOrders: optionalWhole(MOST_ORDERS, ORDERS),
  netRevenue: onOff,
  netRevenueCoverage: percent,
  waitForPaymentDays: waitDays,
  triggerTag,
  rules,
};

/** The stored choices; a field that an older version lacks counts as not chosen. */
export const StoredOrderSettings = z
  .object(OrderSettingsFields)
  .partial()
  .transform((stored): OrderSettings => ({
    ...DEFAULT_ORDER_SETTINGS,
    ...Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined)),
  }));

type OrderChoices = { readonly [Key in keyof OrderSettings]?: OrderSettings[Key] };

/** The part of a settings change that is about kinds of orders, as it is stored. */
export const orderChoices = (change: Readonly<Record<string, unknown>>): OrderChoices =>
  // OrderSettingsFields has read the fields, so each one present has its type.
  Object.fromEntries(Object.keys(OrderSettingsFields).flatMap((key) => (key in change ? [[key, change[key]]] : [])));
