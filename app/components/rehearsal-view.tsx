import { CHANGE_KINDS, type Rehearsal, type RehearsedChange } from "../dry-run/rehearsal.ts";
import type { RehearsedEvent } from "../dry-run/rehearse-order.ts";
import { reasonIn } from "../wording/reasons.ts";
import type { Words } from "../wording/words.ts";
import { UnrehearsedView } from "./unrehearsed-view.tsx";
import { useWords } from "./words-context.ts";

/** What the orders of the last days would have become: counts, values, reasons, examples, and what is not known. */
export function RehearsalView({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const words = useWords();
  return (
    <s-stack gap="small">
      <s-unordered-list>
        {[...changesIn(words, rehearsal), ...valuesIn(words, rehearsal), ...reasonsIn(words, rehearsal)].map((line) => (
          <s-list-item key={line}>{line}</s-list-item>
        ))}
      </s-unordered-list>
      {rehearsal.examples.length > 0 && <Examples examples={rehearsal.examples} />}
      {limitsIn(words, rehearsal).map((line) => (
        <s-paragraph key={line} color="subdued">
          {line}
        </s-paragraph>
      ))}
      <UnrehearsedView unrehearsed={rehearsal.unrehearsed} />
    </s-stack>
  );
}

function changesIn(words: Words, { changed, orders, days }: Rehearsal): readonly string[] {
  const lines = CHANGE_KINDS.flatMap((kind) => {
    const count = changed[kind] ?? 0;
    return count === 0 ? [] : [words.text(`versions.rehearsal.${kind}`, { count })];
  });
  return lines.length === 0 ? [words.text("versions.rehearsal.nothing", { count: orders, days })] : lines;
}

const valuesIn = (words: Words, { values }: Rehearsal): readonly string[] =>
  values
    .filter(({ before, after }) => Math.abs(before - after) >= SMALLEST_DIFFERENCE)
    .map(({ currency, before, after }) =>
      words.text("versions.rehearsal.values", {
        before: words.money(before, currency),
        after: words.money(after, currency),
      }),
    );

// Sums of decimal numbers differ in their last digits.
const SMALLEST_DIFFERENCE = 0.001;

const reasonsIn = (words: Words, { reasons }: Rehearsal): readonly string[] =>
  reasons.map(({ reason, before, after }) =>
    words.text("versions.rehearsal.unsent", { reason: reasonIn(words, reason), before, after }),
  );

/** The orders that it was made from, and those that it says nothing about. */
const limitsIn = (words: Words, { days, orders, notKept, cutAt }: Rehearsal): readonly string[] => [
  words.text(cutAt === null ? "versions.rehearsal.orders" : "versions.rehearsal.newest", { count: orders, days }),
  ...(notKept === 0 ? [] : [words.text("versions.rehearsal.not-kept", { count: notKept })]),
];

function Examples({ examples }: Pick<Rehearsal, "examples">) {
  const words = useWords();
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">{words.text("versions.rehearsal.order")}</s-table-header>
        <s-table-header>{words.text("versions.before")}</s-table-header>
        <s-table-header>{words.text("versions.after")}</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {examples.map((example) => (
          <s-table-row key={`${example.orderId} ${(example.after ?? example.before)?.id ?? ""}`}>
            <s-table-cell>{nameOf(example)}</s-table-cell>
            <s-table-cell>{eventIn(words, example.before)}</s-table-cell>
            <s-table-cell>{eventIn(words, example.after)}</s-table-cell>
          </s-table-row>
        ))}
      </s-table-body>
    </s-table>
  );
}

const nameOf = ({ orderName, orderId, before, after }: RehearsedChange): string =>
  `${orderName ?? orderId}, ${(after ?? before)?.event ?? ""}`;

function eventIn(words: Words, event: RehearsedEvent | null): string {
  if (event === null) return words.text("frame.none");
  if (event.state !== "sent") return reasonIn(words, event.reason ?? "");
  const { value, currency, as, items } = event;
  const worth = value === null || currency === null ? [] : [words.money(value, currency)];
  return [as ?? event.event, ...worth, ...items.slice(0, SHOWN_ITEMS)].join(", ");
}

const SHOWN_ITEMS = 1;
