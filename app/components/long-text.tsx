import type { ReactNode } from "react";

const LONG = { overflowWrap: "anywhere", minWidth: "7rem" } as const;

/** An ID or a name of any length, which wraps instead of widening the page. */
export function LongText({ children }: { readonly children: ReactNode }) {
  return <div style={LONG}>{children}</div>;
}
