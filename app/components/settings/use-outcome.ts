import { useActionData, useLocation } from "@remix-run/react";
import { useRef } from "react";
import type { SettingsOutcome } from "./settings-outcome.ts";

type Kept = { readonly key: string; readonly outcome: SettingsOutcome };

/**
 * Of the form that was sent last, for as long as its page is open. When the page's loaders run again, `useActionData`
 * loses it (React Router 6.30, completeNavigation), and with it a question or what is wrong with a field would go.
 */
export function useOutcome(): SettingsOutcome | null {
  const outcome = useActionData<SettingsOutcome>();
  const { key } = useLocation();
  const kept = useRef<Kept | null>(null);
  if (outcome !== undefined) kept.current = { key, outcome };
  return kept.current?.key === key ? kept.current.outcome : null;
}
