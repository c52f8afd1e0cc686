import { type RefObject, useEffect, useRef } from "react";
import type { FieldProblem } from "../settings/types.ts";

/**
 * For a form: brings the keyboard to the first field with a problem, once per refusal. The button that was pressed is
 * disabled while it loads, so otherwise the focus is lost to the page and a screen reader hears nothing of the problem.
 */
export function useFocusOnProblem(problems: readonly FieldProblem[]): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problems]);
  return form;
}
