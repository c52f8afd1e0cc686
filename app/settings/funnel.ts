import { z } from "zod";
import { currencyCode } from "../event-contract/money.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import type { SentName } from "../event-contract/event-name.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { LONGEST_METAFIELD, metafieldNamed } from "./customer-metafield.ts";
import { messageOf, problemOf, stating } from "./field-problem.ts";
import { FUNNEL_RULES } from "./funnel-rules.ts";
import { NEW_STAGE } from "./stages.ts";
import { sentName } from "./sent-names.ts";
import type { FieldProblem, Funnel, FunnelStage, FunnelWarning, Settings } from "./types.ts";

// LeadSubmitted and QualifiedLead are left to Meta: they are its events of business messaging (Conversions API, 2026-09).
const stage = (key: string, name: string, given: Partial<FunnelStage> & { readonly event: SentName }): FunnelStage => ({
  key,
  name,
  ...NEW_STAGE,
  ...given,
});

// The names are constants of this file that `sentName` accepts; a test holds them against it.
const own = (name: string): SentName => name as SentName;

export const DEFAULT_FUNNEL: Funnel = {
  stages: [
    stage("lead", "Lead", { event: own("LeadReceived") }),
    stage("qualified", "Qualified", { event: own("LeadQualified"), isPrimary: true }),
    stage("won", "Won", { event: own("LeadWon"), kind: "won" }),
    stage("disqualified", "Disqualified", { event: own("LeadDisqualified"), kind: "disqualified" }),
  ],
  instantFormConsent: "stated",
  customerMetafield: null,
};

export const funnelOf = ({ funnel }: Pick<Settings, "funnel">): Funnel => funnel ?? DEFAULT_FUNNEL;

const MOST_STAGES = 12;
const FUNNEL = stating("funnel.form", { most: MOST_STAGES });
const COUNT = stating("funnel.count", { most: MOST_STAGES });
const LONGEST_NAME = 50;
const NAME = stating("funnel.name", { most: LONGEST_NAME });
// Shopify's own limit.
const LONGEST_TAG = 255;
const TAG = stating("funnel.tag", { most: LONGEST_TAG });
const METAFIELD = stating("funnel.metafield");
const MOST_WORTH = 1e9;

const AMOUNT = stating("funnel.amount", { most: MOST_WORTH });

const amount = z.number(AMOUNT).min(0, AMOUNT).max(MOST_WORTH, AMOUNT).nullable().default(null);

const Stage = z
  .object({
    key: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, stating("funnel.key")),
    name: z.string(NAME).trim().min(1, NAME).max(LONGEST_NAME, NAME).refine(isStorable, NAME),
    event: z.string(FUNNEL).transform((text, context): SentName => {
      const read = sentName(text, "LeadStage");
      if (read.ok) return read.name;
      context.addIssue({ code: "custom", message: messageOf(read.problem) });
      return z.NEVER;
    }),
    kind: z.enum(["open", "won", "disqualified"]).default(NEW_STAGE.kind),
    value: amount,
    currency: z
      .string()
      .refine((code) => currencyCode(code) !== null, stating("funnel.currency"))
      .nullable()
      .default(null),
    predictedLtv: amount,
    isPrimary: z.boolean().default(false),
    mayBeSkipped: z.boolean().default(false),
    customerTag: z.string().trim().min(1, TAG).max(LONGEST_TAG, TAG).refine(isStorable, TAG).nullable().default(null),
  })
  .refine(({ value, predictedLtv, currency }) => currency !== null || (value === null && predictedLtv === null), {
    path: ["currency"],
    message: stating("funnel.currency.missing"),
  });

const FunnelFields = z.object({
  stages: z
    .array(Stage, FUNNEL)
    .min(2, COUNT)
    .max(MOST_STAGES, COUNT)
    .superRefine((stages, context) => {
      for (const { message, field, brokenAt } of FUNNEL_RULES) {
        const n = brokenAt(stages);
        if (n !== -1) context.addIssue({ code: "custom", path: [n, field], message });
      }
    }),
  instantFormConsent: z.enum(["stated", "given"]).default("stated"),
  customerMetafield: z
    .string()
    .trim()
    .max(LONGEST_METAFIELD, METAFIELD)
    .refine((text) => metafieldNamed(text) !== null, METAFIELD)
    .nullable()
    .default(null),
});

const fromText = z
  .string(FUNNEL)
  .max(20_000, FUNNEL)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: FUNNEL });
      return z.NEVER;
    }
  });

/** The funnel from a form, the command line or a file. */
export const FunnelField = z.union([FunnelFields, fromText.pipe(FunnelFields)]);

/** What is wrong with a funnel, each at its place such as `stages.1.currency`: the first rule that it breaks there. */
export function funnelProblems(funnel: unknown): readonly FieldProblem[] {
  const { error } = FunnelFields.safeParse(funnel);
  const byField = new Map<string, Problem>();
  for (const issue of error?.issues ?? []) {
    const field = issue.path.map(String).join(".");
    if (!byField.has(field)) byField.set(field, problemOf(issue));
  }
  return [...byField].map(([field, message]) => ({ field, message }));
}

/** The stored funnel, which was validated when it was saved; null: the merchant has not defined one. */
export const StoredFunnel = z
  .custom<Funnel>((value) => typeof value === "object" && value !== null)
  .nullish()
  .transform((funnel) => funnel ?? DEFAULT_FUNNEL);

/** The stage that a report names by its key or name, in any case. */
export const stageNamed = ({ stages }: Funnel, text: string): FunnelStage | undefined => {
  const word = text.trim().toLowerCase();
  return stages.find(({ key, name }) => key === word || name.toLowerCase() === word);
};

/** Warnings about a funnel. None of them prevents saving it. `newsletter`: whether the shop's newsletter makes leads. */
export function funnelWarnings(
  { stages }: Funnel,
  { newsletter }: { readonly newsletter: boolean },
): readonly FunnelWarning[] {
  const primary = stages.find(({ isPrimary }) => isPrimary);
  if (primary === undefined) return [{ kind: "no-primary" }];
  const named = { stage: primary.name };
  const isTheLead = primary === stages[0];
  return [
    ...(isTheLead ? [{ kind: "primary-is-the-lead", ...named } as const] : []),
    ...(isTheLead && newsletter ? [{ kind: "newsletter-counts-as-lead", ...named } as const] : []),
    ...(primary.value === null ? [{ kind: "primary-without-value", ...named } as const] : []),
  ];
}
