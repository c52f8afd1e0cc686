import type { Unrehearsed } from "../dry-run/rehearsal-limits.ts";
import { settingIn } from "../wording/settings-words.ts";
import { useWords } from "./words-context.ts";

/** What a rehearsal leaves out, and which of the changed settings it depends on. */
export function UnrehearsedView({ unrehearsed }: { readonly unrehearsed: readonly Unrehearsed[] }) {
  const words = useWords();
  return (
    <>
      {unrehearsed.map(({ limit, settings }) => (
        <s-paragraph key={limit}>
          {words.text(`versions.rehearsal.without.${limit}`, {
            settings: words.list([...new Set(settings.map((field) => settingIn(words, field)))]),
          })}
        </s-paragraph>
      ))}
    </>
  );
}
