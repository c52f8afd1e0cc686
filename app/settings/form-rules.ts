import { z } from "zod";
import type { FormEvent, PublishedFormRule } from "../event-contract/published-settings.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import { stating } from "./field-problem.ts";
import type { FormRule } from "./types.ts";

/** Shopify's own forms, by the names that merchants use. */
export const FORM_KINDS = ["contact", "newsletter", "registration"] as const;
export const FORM_EVENTS = ["Lead", "Contact", "CompleteRegistration", "none"] as const;

/** The events of Shopify's own forms, unless the merchant chooses others. */
export const DEFAULT_FORM_EVENTS: Readonly<Record<(typeof FORM_KINDS)[number], FormEvent>> = {
  contact: "Contact",
  newsletter: "Lead",
  registration: "CompleteRegistration",
};

// The `form_type` that Shopify's theme form tag writes (shopify.dev, Liquid `form`, 2026-11).
const SHOPIFY_TYPES: Readonly<Record<string, string>> = {
  contact: "contact",
  newsletter: "customer",
  registration: "create_customer",
};

const FORMS = stating("forms");

const MOST_RULES = 20;
const LONGEST_SELECTOR = 200;
const LONGEST_LINE = LONGEST_SELECTOR + 50;
// Checked before any pattern runs: a pattern's cost grows with the text, and blocks the process.
const LONGEST_TEXT = MOST_RULES * LONGEST_LINE;

// The part of CSS that can be validated without a parser: a selector that a browser rejects would never match.
const NAME = String.raw`-?[_a-zA-Z][\w-]*`;
const ONE = String.raw`(?:${NAME})?(?:[#.]${NAME}|\[${NAME}(?:[~|^$*]?="[^"\\\n]*")?\])*`;
const SELECTOR = new RegExp(`^(?=\\S)${ONE}(?:(?: | > )(?=[^\\s>])${ONE})*$`);

const form = z
  .string()
  .trim()
  .max(LONGEST_SELECTOR, FORMS)
  .refine((text) => isKind(text) || (text !== "" && SELECTOR.test(text) && isStorable(text)), FORMS);

const isKind = (text: string): boolean => Object.hasOwn(SHOPIFY_TYPES, text);

const Rule = z.object({ form, as: z.enum(FORM_EVENTS, FORMS) });
const Rules = z.array(Rule).max(MOST_RULES, FORMS);

/** The last word of a line is the event; the text before it is the form. */
const LINE = /^(.+?)\s+(\S+)$/;

const rulesFromText = z
  .string()
  .max(LONGEST_TEXT, FORMS)
  .transform((text) =>
    text
      .split(/[\n;]/)
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line) => {
        const [, form = "", as = ""] = (line.length <= LONGEST_LINE && LINE.exec(line)) || [];
        return { form, as: FORM_EVENTS.find((event) => event.toLowerCase() === as.toLowerCase()) ?? as };
      }),
  )
  .pipe(Rules);

/** The merchant's list, from a form, the command line or a file. An empty list resets every choice. */
export const FormRules = z.union([Rules, rulesFromText], FORMS);

/** The stored list. Each rule was validated when it was saved. */
export const StoredFormRules = z.array(z.object({ form: z.string(), as: z.enum(FORM_EVENTS) }));

/** As the theme embed reads them: a particular form before its kind, whatever the merchant's order. */
export function publishedFormRules(rules: readonly FormRule[]): readonly PublishedFormRule[] {
  const particular = rules.filter((rule) => !isKind(rule.form));
  const kinds = rules.filter((rule) => isKind(rule.form));
  return [...particular, ...kinds].map(({ form: of, as }) => ({ form: (isKind(of) && SHOPIFY_TYPES[of]) || of, as }));
}

/** The list as text, one rule per line: what a form shows, and what `FormRules` reads back. */
export const formRulesText = (rules: readonly FormRule[]): string =>
  rules.map(({ form: of, as }) => `${of} ${as}`).join("\n");

/** Whether a newsletter sign-up is a Lead at Meta. */
export const newsletterMakesLeads = (forms: readonly FormRule[] = []): boolean =>
  (forms.find((rule) => rule.form === "newsletter")?.as ?? DEFAULT_FORM_EVENTS.newsletter) === "Lead";
