import { type RefObject, useEffect, useRef } from "react";
import type { FieldProblem } from "../settings/types.ts";

/**
 * Moves a form's focus to the first field with a problem, once per refused save. The pressed button is disabled while
 * it loads, so without this the focus falls back to the page and a screen reader does not announce the problem.
 */
export function useFocusOnProblem(problems: readonly FieldProblem[]): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.length > 0) form.current?.querySelector<HTMLElement>("[error], [aria-invalid=true]")?.focus();
  }, [problems]);
  return form;
}
