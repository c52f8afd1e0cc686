import type { ValueBasis } from "../event-contract/purchase.ts";
import { choicesOf } from "../wording/choices.ts";
import { useWords } from "./words-context.ts";

type Props = {
  readonly values: Readonly<Record<ValueBasis, number>> & { readonly currency: string };
  readonly chosen: string;
  /** Whose values these are. */
  readonly caption: string;
};

const CELL = { textAlign: "start", padding: "0.25rem 1rem 0.25rem 0", fontWeight: "inherit" } as const;

/** One order's value by each value basis, with the chosen one marked. */
export function ValueBasesTable({ values, chosen, caption }: Props) {
  const words = useWords();
  return (
    <table style={{ borderCollapse: "collapse" }}>
      <caption style={{ textAlign: "start", paddingBlockEnd: "0.25rem" }}>
        <s-text color="subdued">{caption}</s-text>
      </caption>
      <tbody>
        {choicesOf(words, "value-basis").map(({ value, label }) => (
          <tr key={value} data-basis={value}>
            <th scope="row" style={CELL}>
              {label}
            </th>
            <td style={{ ...CELL, textAlign: "end", whiteSpace: "nowrap" }}>
              {words.money(values[value], values.currency)}
            </td>
            <td style={CELL}>{value === chosen && <s-badge tone="info">{words.text("frame.chosen")}</s-badge>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
