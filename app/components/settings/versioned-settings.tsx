import { Fragment, type ReactNode } from "react";
import type { Permission } from "../../access/roles.ts";
import { choicesIn, leavesOf } from "../../settings/setting-differences.ts";
import { SETTINGS_PAGES, type VersionedPage } from "../../settings/settings-pages.ts";
import type { PublishState, Settings, ShopProfile } from "../../settings/types.ts";
import { PublishNote } from "./publish-note.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { SettingsSummary } from "./settings-summary.tsx";

/** What every page of the settings is loaded with. */
export type SettingsView = {
  /** What the person who looks may do. */
  readonly permissions: readonly Permission[];
  readonly profile: ShopProfile;
  readonly publish: Pick<PublishState, "publishedVersion" | "problem">;
};

type Props = { readonly page: VersionedPage; readonly view: SettingsView; readonly children: ReactNode };

/** A page with a form that saves versions of the settings, or with what is chosen for people who may not change it. */
export function VersionedSettings({ page, view: { permissions, profile, publish }, children }: Props) {
  const { settings } = profile;
  return (
    <SettingsFrame page={page}>
      {permissions.includes("change-settings") ? (
        <Fragment key={savedIn(page, settings)}>{children}</Fragment>
      ) : (
        <SettingsSummary page={page} settings={settings} />
      )}
      <PublishNote version={settings.version} publish={publish} />
    </SettingsFrame>
  );
}

/** Starts the form over when the values it shows were saved, and only then. */
const savedIn = (page: VersionedPage, settings: Settings): string =>
  JSON.stringify([...leavesOf(choicesIn(settings), [...SETTINGS_PAGES[page]])]);
