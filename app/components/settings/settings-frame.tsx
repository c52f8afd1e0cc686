import type { ReactNode } from "react";
import { SETTINGS_PAGE_NAMES, type SettingsPageName, settingsUrl } from "../../settings/settings-pages.ts";
import { useWords } from "../words-context.ts";

type Props = { readonly page: SettingsPageName; readonly children: ReactNode };

/** A page of the settings: its title, and the way to the others. */
export function SettingsFrame({ page, children }: Props) {
  const words = useWords();
  return (
    <s-page heading={words.text(`frame.page.settings-${page}`)}>
      <SettingsLinks page={page} />
      {children}
    </s-page>
  );
}

function SettingsLinks({ page }: Pick<Props, "page">) {
  const words = useWords();
  return (
    <nav aria-label={words.text("settings.pages")}>
      <s-stack direction="inline" gap="small">
        {SETTINGS_PAGE_NAMES.map((name) =>
          name === page ? (
            <span key={name} aria-current="page">
              <s-text type="strong">{words.text(`settings.page.${name}`)}</s-text>
            </span>
          ) : (
            <s-link key={name} href={settingsUrl(name)}>
              {words.text(`settings.page.${name}`)}
            </s-link>
          ),
        )}
        <s-link href="/app/settings/versions">{words.text("frame.page.versions")}</s-link>
      </s-stack>
    </nav>
  );
}
