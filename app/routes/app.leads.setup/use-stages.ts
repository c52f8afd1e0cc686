import { useRef, useState } from "react";
import { NEW_STAGE } from "../../settings/stages.ts";
import type { FunnelStage } from "../../settings/types.ts";

/** A stage in the form; a new one has no key yet. */
export type EditedStage = Omit<FunnelStage, "event" | "key"> & {
  readonly id: number;
  readonly key: string;
  readonly event: string;
};

/** The order of the stages while somebody edits them. What is typed stays in the fields, which move with their stage. */
export function useStages(saved: readonly FunnelStage[]) {
  const [stages, setStages] = useState(() => saved.map((stage, id): EditedStage => ({ ...stage, id })));
  const next = useRef(saved.length);
  return {
    stages,
    /** Before the stage that ends the way. */
    add: () => {
      const stage = { ...NEW_STAGE, key: "", name: "", event: "", id: next.current++ };
      setStages((before) => [...before.slice(0, 1), stage, ...before.slice(1)]);
    },
    remove: (id: number) => setStages((before) => before.filter((stage) => stage.id !== id)),
    move: (id: number, by: -1 | 1) => setStages((before) => moved(before, id, by)),
  };
}

function moved(stages: EditedStage[], id: number, by: -1 | 1): EditedStage[] {
  const from = stages.findIndex((stage) => stage.id === id);
  const stage = stages[from];
  if (stage === undefined) return stages;
  return stages.toSpliced(from, 1).toSpliced(from + by, 0, stage);
}
