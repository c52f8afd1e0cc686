import { useWords } from "../../components/words-context.ts";
import type { TestEvent } from "../../ledger/test-event-types.ts";
import type { Words } from "../../wording/words.ts";
import { type Check, checklist, type CheckResult } from "./checklist.ts";

const TONES = { there: "success", missing: "critical", better: "warning" } as const satisfies Record<
  CheckResult,
  string
>;

/** What Meta needs of the event, with what is missing in words. */
export function ChecklistOf({ event }: { readonly event: TestEvent }) {
  const words = useWords();
  const checks = checklist(event);
  if (checks === null) return <s-paragraph color="subdued">{words.text("testing.check.not-sent")}</s-paragraph>;
  return (
    <s-unordered-list>
      {checks.map((check) => (
        <s-list-item key={check.item}>
          <s-stack direction="inline" gap="small-300" alignItems="center">
            <s-badge tone={TONES[check.result]}>{words.text(`testing.result.${check.result}`)}</s-badge>
            <s-text type="strong">{words.text(`testing.item.${check.item}`)}</s-text>
            <s-text>{sentenceOf(words, check, event)}</s-text>
          </s-stack>
        </s-list-item>
      ))}
    </s-unordered-list>
  );
}

function sentenceOf(words: Words, { item, result, detail }: Check, { data, eventTime }: TestEvent): string {
  if (item === "time") return words.time(new Date(eventTime), { seconds: true });
  if (result !== "there") return words.text(`testing.needs.${item}`, { detail: words.list(detail) });
  if (item === "value") return words.money(data.value ?? 0, data.currency ?? "");
  return item === "page" ? words.text("testing.page.there") : words.list(detail);
}
