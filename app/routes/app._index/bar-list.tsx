import type { CSSProperties } from "react";
import { useWords } from "../../components/words-context.ts";
import { ChartTable } from "./chart-table.tsx";
import { INK } from "./chart-look.ts";

export type BarRow = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Out of a hundred. */
  readonly length: number;
  /** The events behind it; null where no filter finds them. */
  readonly url: string | null;
  /** In the table. */
  readonly cells: readonly string[];
};

type Props = {
  readonly title: string;
  readonly note?: string;
  readonly color: string;
  readonly rows: readonly BarRow[];
  readonly columns: readonly string[];
};

const NOTE: CSSProperties = { marginBlockEnd: "0.75rem" };
const BESIDE: CSSProperties = { display: "flex", justifyContent: "space-between", gap: "1rem" };

/** A bar for each row, under its own words, so that a long reason has its room on a narrow screen. */
export function BarList({ title, note, color, rows, columns }: Props) {
  const words = useWords();
  return (
    <s-section heading={title}>
      <figure style={{ margin: 0 }}>
        {note !== undefined && (
          <figcaption style={NOTE}>
            <s-text color="subdued">{note}</s-text>
          </figcaption>
        )}
        {rows.length === 0 ? (
          <s-paragraph color="subdued">{words.text("home.chart.nothing")}</s-paragraph>
        ) : (
          <s-stack gap="small-100">
            {rows.map((row) => (
              <Bar key={row.id} row={row} color={color} />
            ))}
          </s-stack>
        )}
        {rows.length > 0 && (
          <details>
            <summary>{words.text("home.chart.table", { chart: title })}</summary>
            <ChartTable
              title={words.text("home.chart.table", { chart: title })}
              columns={[title, ...columns]}
              rows={rows.map(({ id, label, cells }) => ({ id, name: label, cells }))}
            />
          </details>
        )}
      </figure>
    </s-section>
  );
}

function Bar({ row: { label, value, length, url }, color }: { readonly row: BarRow; readonly color: string }) {
  return (
    <div data-bar>
      <div style={BESIDE}>
        {url === null ? <s-text>{label}</s-text> : <s-link href={url}>{label}</s-link>}
        <s-text type="strong">{value}</s-text>
      </div>
      <svg viewBox="0 0 100 2" width="100%" height="8" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="2" fill={INK.grid} />
        <rect width={length} height="2" fill={color} />
      </svg>
    </div>
  );
}
