import { stating } from "./field-problem.ts";
import { REOPEN } from "./stages.ts";
import type { FunnelStage } from "./types.ts";

type Ruled = Pick<FunnelStage, "key" | "name" | "kind" | "isPrimary"> & {
  readonly event: string;
  readonly customerTag: string | null;
};
type Field = "name" | "kind" | "event" | "isPrimary" | "customerTag";

/** What all stages together have to be: a rule is broken at a stage, at one of its fields. */
type Rule = {
  readonly message: string;
  readonly field: Field;
  /** The place of the stage that breaks it; -1: none does. */
  readonly brokenAt: (stages: readonly Ruled[]) => number;
};

const KINDS = stating("funnel.kinds");

const secondOf = (stages: readonly Ruled[], is: (stage: Ruled) => boolean): number => {
  const first = stages.findIndex(is);
  return first === -1 ? -1 : stages.findIndex((stage, n) => n > first && is(stage));
};

/** The first stage with a word that one before it has. */
const repeated = (stages: readonly Ruled[], wordsOf: (stage: Ruled) => readonly string[]): number => {
  const seen = new Set<string>();
  return stages.findIndex((stage) => {
    const words = wordsOf(stage);
    const isTaken = words.some((word) => seen.has(word));
    for (const word of words) seen.add(word);
    return isTaken;
  });
};

const namesOf = ({ key, name }: Ruled): readonly string[] => [...new Set([key, name.toLowerCase()])];
const isOnTheWay = ({ kind }: Ruled): boolean => kind !== "disqualified";

export const FUNNEL_RULES: readonly Rule[] = [
  {
    message: stating("funnel.first"),
    field: "kind",
    brokenAt: ([first]) => (first?.kind === "open" ? -1 : 0),
  },
  { message: KINDS, field: "kind", brokenAt: (stages) => secondOf(stages, ({ kind }) => kind === "won") },
  { message: KINDS, field: "kind", brokenAt: (stages) => secondOf(stages, ({ kind }) => kind === "disqualified") },
  {
    message: stating("funnel.won-last"),
    field: "kind",
    brokenAt: (stages) => {
      const last = stages.findLastIndex(isOnTheWay);
      return stages[last]?.kind === "won" ? -1 : Math.max(last, 0);
    },
  },
  {
    message: stating("funnel.one-primary"),
    field: "isPrimary",
    brokenAt: (stages) => secondOf(stages, ({ isPrimary }) => isPrimary),
  },
  { message: stating("funnel.same-name"), field: "name", brokenAt: (stages) => repeated(stages, namesOf) },
  {
    message: stating("funnel.reopen", { name: REOPEN }),
    field: "name",
    brokenAt: (stages) => stages.findIndex((stage) => namesOf(stage).includes(REOPEN)),
  },
  {
    message: stating("funnel.same-tag"),
    field: "customerTag",
    brokenAt: (stages) =>
      repeated(stages, ({ customerTag }) => (customerTag === null ? [] : [customerTag.toLowerCase()])),
  },
  {
    message: stating("funnel.same-event"),
    field: "event",
    brokenAt: (stages) => repeated(stages, ({ event }) => [event.toLowerCase()]),
  },
];
