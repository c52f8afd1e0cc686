import type { CSSProperties, ReactNode } from "react";

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 10rem), 1fr))";

const LINE: CSSProperties = {
  display: "grid",
  gridTemplateColumns: COLUMNS,
  gap: "0.5rem 1rem",
  padding: "0.75rem 1rem",
  borderTopWidth: 1,
  borderTopStyle: "solid",
  borderTopColor: "#80808050",
};
const CELL: CSSProperties = { minWidth: 0, overflowWrap: "anywhere" };

type Props = { readonly label: string; readonly children: ReactNode };

/** Lines that are rows on a wide screen and cards on a phone, with everything in sight on either. */
export function LineTable({ label, children }: Props) {
  return (
    <div role="table" aria-label={label}>
      {children}
    </div>
  );
}

/** `id`: of what the line is about. */
export function Line({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <div role="row" style={LINE} data-line={id}>
      {children}
    </div>
  );
}

export function LineCell({ label, children }: Props) {
  return (
    <div role="cell" style={CELL}>
      <s-stack gap="small-300" alignItems="start">
        <s-text color="subdued">{label}</s-text>
        {children}
      </s-stack>
    </div>
  );
}
