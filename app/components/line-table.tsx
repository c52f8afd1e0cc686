import type { CSSProperties, ReactNode } from "react";

/** A table narrower than this shows cards. */
// eslint-disable-next-line tandem/no-literal-text -- styles; no character that React escapes
const STYLE = `
.lines { container-type: inline-size }
.lines-heads { display: none }
.line { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; padding: 0.75rem 1rem }
.line + .line { border-top: 1px solid #80808050 }
.line-cell { flex: 1 1 8rem; min-width: 0; overflow-wrap: anywhere }
.line-cell-most { flex: 1 1 60% }
.line-cell-rest { flex: 1 1 25% }
.line-cell-own { flex: 1 1 auto; overflow-wrap: normal }
.line-cell-all { flex: 1 1 100% }
.line-cell-most .line-label, .line-cell-rest .line-label, .line-cell-all .line-label { display: none }
@container (min-width: 44rem) {
  .lines-headed .lines-heads, .lines-headed .line { display: grid; grid-template-columns: var(--lines); gap: 0.5rem 1rem }
  .lines-heads { padding: 0.75rem 1rem; border-bottom: 1px solid #80808050 }
  .lines-headed .line-label { display: none }
}`;

export type Column = {
  readonly label: string;
  /** Of a wide table's width, next to the other columns' shares; 1 if absent. */
  readonly share?: number;
};

type TableProps = {
  readonly label: string;
  /** What heads the lines of a wide table, where each cell's own label is not shown; absent: the cells keep their labels. */
  readonly columns?: readonly Column[];
  readonly children: ReactNode;
};

/** Lines that are rows under one head on a wide screen and cards on a phone, with everything in sight on either. */
export function LineTable({ label, columns = [], children }: TableProps) {
  const shares = columns.map(({ share = 1 }) => `minmax(0, ${share}fr)`).join(" ");
  const style: CSSProperties & { readonly "--lines": string } = { "--lines": shares };
  return (
    <div role="table" aria-label={label} className={columns.length > 0 ? "lines lines-headed" : "lines"} style={style}>
      <style>{STYLE}</style>
      {columns.length > 0 && (
        <div role="row" className="lines-heads">
          {columns.map((column) => (
            <div key={column.label} role="columnheader">
              <s-text type="strong">{column.label}</s-text>
            </div>
          ))}
        </div>
      )}
      {children}
    </div>
  );
}

/** `id`: of what the line is about. */
export function Line({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <div role="row" className="line" data-line={id}>
      {children}
    </div>
  );
}

type CellProps = {
  readonly label: string;
  /**
   * On a card: most of the width, the rest of it beside that, or all of it, where the content needs no label; as much as
   * its words need; absent: a column beside others.
   */
  readonly room?: "most" | "rest" | "all" | "own";
  readonly children: ReactNode;
};

export function LineCell({ label, room, children }: CellProps) {
  return (
    <div role="cell" className={room === undefined ? "line-cell" : `line-cell line-cell-${room}`}>
      <s-stack gap="small-300" alignItems="start">
        <span className="line-label">
          <s-text color="subdued">{label}</s-text>
        </span>
        {children}
      </s-stack>
    </div>
  );
}
