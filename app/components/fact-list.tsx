import { Fragment, type ReactNode } from "react";

export type Fact = { readonly term: string; readonly value: ReactNode };

/** Terms and values in two columns; long IDs wrap instead of widening the page. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl
      style={{ display: "grid", gridTemplateColumns: "minmax(7rem, max-content) 1fr", gap: "0.5rem 1rem", margin: 0 }}
    >
      {facts.map(({ term, value }) => (
        <Fragment key={term}>
          <dt>
            <s-text color="subdued">{term}</s-text>
          </dt>
          <dd style={{ margin: 0, overflowWrap: "anywhere" }}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
