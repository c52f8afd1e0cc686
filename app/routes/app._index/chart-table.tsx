export type ChartTableProps = {
  readonly title: string;
  /** The first one is of the row's name. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly name: string; readonly cells: readonly string[] }[];
};

const CELL = { textAlign: "start", padding: "0.25rem 0.75rem 0.25rem 0", verticalAlign: "top" } as const;
const NUMBER = { ...CELL, textAlign: "end", fontVariantNumeric: "tabular-nums" } as const;

/** What a drawing shows, as a table, which the keyboard can scroll where the screen is too narrow for it. */
export function ChartTable({ title, columns, rows }: ChartTableProps) {
  return (
    <div role="region" aria-label={title} tabIndex={0} style={{ overflowX: "auto" }}>
      <table style={{ borderCollapse: "collapse", width: "100%" }}>
        <thead>
          <tr>
            {columns.map((column, n) => (
              <th key={column} scope="col" style={n === 0 ? CELL : NUMBER}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, cells }) => (
            <tr key={id}>
              <th scope="row" style={{ ...CELL, fontWeight: "normal" }}>
                {name}
              </th>
              {cells.map((cell, n) => (
                <td key={columns[n + 1] ?? n} style={NUMBER}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
