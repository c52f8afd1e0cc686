import type { SettingDifference } from "../settings/setting-differences.ts";
import { choiceIn, settingIn } from "../wording/settings-words.ts";
import { useWords } from "./words-context.ts";

/** Settings with both of their values, by the names that the settings' pages give them. */
export function DifferencesTable({ differences }: { readonly differences: readonly SettingDifference[] }) {
  const words = useWords();
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">{words.text("versions.setting")}</s-table-header>
        <s-table-header>{words.text("versions.before")}</s-table-header>
        <s-table-header>{words.text("versions.after")}</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {differences.map(({ field, before, after }) => (
          <s-table-row key={field} data-setting={field}>
            <s-table-cell>{settingIn(words, field)}</s-table-cell>
            <s-table-cell>{choiceIn(words, field, before)}</s-table-cell>
            <s-table-cell>{choiceIn(words, field, after)}</s-table-cell>
          </s-table-row>
        ))}
      </s-table-body>
    </s-table>
  );
}
