import { SETTINGS_PAGES, type VersionedPage } from "../../settings/settings-pages.ts";
import { choicesIn, leavesOf } from "../../settings/setting-differences.ts";
import type { Settings } from "../../settings/types.ts";
import { choiceIn, settingIn } from "../../wording/settings-words.ts";
import { FactList } from "../fact-list.tsx";
import { useWords } from "../words-context.ts";

type Props = { readonly page: VersionedPage; readonly settings: Settings };

/** A page's settings for people who may not change them: what is chosen, and no form. */
export function SettingsSummary({ page, settings }: Props) {
  const words = useWords();
  const facts = [...leavesOf(choicesIn(settings), [...SETTINGS_PAGES[page]])].map(([field, value]) => ({
    term: settingIn(words, field),
    value: choiceIn(words, field, value),
  }));
  return (
    <>
      <s-paragraph>{words.text("settings.read-only")}</s-paragraph>
      <s-section heading={words.text("settings.version", { version: settings.version })}>
        <FactList facts={facts} />
      </s-section>
    </>
  );
}
