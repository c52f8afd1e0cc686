import type { EventRow } from "../ledger/types.ts";
import { useWords } from "./words-context.ts";

/** Marks a test event; nothing for a real one. */
export function TestBadge({ isTest }: Pick<EventRow, "isTest">) {
  const words = useWords();
  return isTest ? <s-badge tone="info">{words.text("testing.badge")}</s-badge> : null;
}
