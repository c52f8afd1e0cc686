import type { FormEventHandler } from "react";
import { DifferencesTable } from "../../components/differences-table.tsx";
import { RehearsalView } from "../../components/rehearsal-view.tsx";
import { useWords } from "../../components/words-context.ts";
import type { Rehearsed } from "../../dry-run/rehearsed-in-time.ts";
import type { SettingDifference } from "../../settings/setting-differences.ts";
import type { SettingsVersion } from "../../settings/list-versions.server.ts";
import { SavedBy, WhatChanged } from "../app.settings_.versions._index/versions-page.tsx";

export type VersionProps = {
  readonly version: SettingsVersion;
  /** The newest version. */
  readonly inForce: number;
  /** What going back to this version would change of the newest. */
  readonly goingBack: readonly SettingDifference[];
  /** What it would have changed about the last days; null if nothing is to be gone back to. */
  readonly rehearsal: Rehearsed | null;
  readonly mayGoBack: boolean;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** One version of the settings, and the way back to it. */
export function VersionPage(props: VersionProps) {
  const { text } = useWords();
  const { version, savedAt, savedBy, differences } = props.version;
  return (
    <s-page heading={text("versions.one.heading", { version })}>
      <s-link slot="breadcrumb-actions" href="/app/settings/versions">
        {text("frame.page.versions")}
      </s-link>
      <s-section heading={text("versions.changed")}>
        <SavedBy savedBy={savedBy} savedAt={savedAt} />
        <WhatChanged differences={differences} />
      </s-section>
      <WayBack {...props} />
    </s-page>
  );
}

function WayBack({ version: { version }, inForce, goingBack, rehearsal, mayGoBack, busy, onSubmit }: VersionProps) {
  const { text } = useWords();
  return (
    <s-section heading={text("versions.go-back.heading")}>
      {goingBack.length === 0 ? (
        <s-paragraph>{text(version === inForce ? "versions.is-newest" : "versions.go-back.same")}</s-paragraph>
      ) : (
        <s-stack gap="base">
          <s-heading>{text("versions.go-back.would")}</s-heading>
          <DifferencesTable differences={goingBack} />
          {rehearsal === "failed" && <s-paragraph>{text("versions.go-back.not-rehearsed")}</s-paragraph>}
          {rehearsal !== null && rehearsal !== "failed" && <RehearsalView rehearsal={rehearsal} />}
          <s-paragraph>{text("versions.go-back.about")}</s-paragraph>
          {mayGoBack && (
            <form method="post" onSubmit={onSubmit} aria-label={text("versions.go-back")}>
              <input type="hidden" name="intent" value="go-back" />
              <input type="hidden" name="seenVersion" value={inForce} />
              <s-button type="submit" variant="primary" {...(busy && { loading: true })}>
                {text("versions.go-back")}
              </s-button>
            </form>
          )}
        </s-stack>
      )}
    </s-section>
  );
}
