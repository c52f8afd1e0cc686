import { legsReached } from "../ledger/legs-reached.ts";
import type { EventRow } from "../ledger/types.ts";
import { useWords } from "./words-context.ts";

type Props = { readonly event: Pick<EventRow, "state" | "browserLeg" | "legsAgree"> };

const TONES = { both: "success", differing: "critical", server: "info", browser: "caution", none: "neutral" } as const;

/** Which legs reached Meta, and whether they report the same. */
export function LegsBadge({ event }: Props) {
  const { text } = useWords();
  const reached = legsReached(event);
  if (reached === null) return <s-badge>{text("legs.one")}</s-badge>;
  return <s-badge tone={TONES[reached]}>{text(`legs.reached.${reached}`)}</s-badge>;
}
