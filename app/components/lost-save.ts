import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For every route around a form: a save that got no answer reads nothing anew. That reading would fail the same way, and
 * its error page would replace what was typed.
 */
export const revalidatesUnlessLost: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) => {
  const outcome: unknown = actionResult;
  const isLost = typeof outcome === "object" && outcome !== null && "kind" in outcome && outcome.kind === "lost";
  return !isLost && defaultShouldRevalidate;
};
