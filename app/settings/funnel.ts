import { z } from "zod";
import { currencyCode } from "../event-contract/money.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import type { SentName } from "../event-contract/event-name.ts";
import { LONGEST_METAFIELD, metafieldNamed } from "./customer-metafield.ts";
import { messageOf, stating } from "./field-problem.ts";
import { NEW_STAGE, REOPEN } from "./stages.ts";
import { sentName } from "./sent-names.ts";
import type { Funnel, FunnelStage, FunnelWarning, Settings } from "./types.ts";

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
const LONGEST_NAME = 50;
// Shopify's own limit.
const LONGEST_TAG = 255;
const TAG = stating("funnel.tag", { most: LONGEST_TAG });
const METAFIELD = stating("funnel.metafield");
const MOST_WORTH = 1e9;

const amount = z.number().min(0).max(MOST_WORTH).nullable().default(null);

const Stage = z
  .object({
    key: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, stating("funnel.key")),
    name: z.string().trim().min(1, FUNNEL).max(LONGEST_NAME, FUNNEL).refine(isStorable, FUNNEL),
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
    message: stating("funnel.currency.missing"),
  });

type Stages = readonly z.infer<typeof Stage>[];

const wordsOf = (stages: Stages): readonly string[] =>
  stages.flatMap(({ key, name }) => [...new Set([key, name.toLowerCase()])]);
const hasTwice = (words: readonly string[]): boolean => new Set(words).size < words.length;
const count = (stages: Stages, kind: FunnelStage["kind"]): number => stages.filter((row) => row.kind === kind).length;

/** What all stages together have to be. */
const RULES: readonly { readonly message: string; readonly holds: (stages: Stages) => boolean }[] = [
  { message: FUNNEL, holds: (stages) => count(stages, "won") === 1 && count(stages, "disqualified") <= 1 },
  { message: FUNNEL, holds: ([first]) => first?.kind === "open" },
  {
    message: stating("funnel.won-last"),
    holds: (stages) => stages.findLast(({ kind }) => kind !== "disqualified")?.kind === "won",
  },
  {
    message: stating("funnel.one-primary"),
    holds: (stages) => stages.filter(({ isPrimary }) => isPrimary).length <= 1,
  },
  { message: stating("funnel.same-name"), holds: (stages) => !hasTwice(wordsOf(stages)) },
  {
    message: stating("funnel.reopen", { name: REOPEN }),
    holds: (stages) => !wordsOf(stages).includes(REOPEN),
  },
  {
    message: stating("funnel.same-tag"),
    holds: (stages) => !hasTwice(stages.flatMap(({ customerTag }) => customerTag?.toLowerCase() ?? [])),
  },
  {
    message: stating("funnel.same-event"),
    holds: (stages) => !hasTwice(stages.map(({ event }) => event.toLowerCase())),
  },
];

const FunnelFields = z.object({
  stages: z
    .array(Stage, FUNNEL)
    .min(2, FUNNEL)
    .max(MOST_STAGES, FUNNEL)
    .superRefine((stages, context) => {
      const broken = RULES.find(({ holds }) => !holds(stages));
      if (broken) context.addIssue({ code: "custom", message: broken.message });
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
