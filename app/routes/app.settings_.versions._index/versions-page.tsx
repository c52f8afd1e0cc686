import { DifferencesTable } from "../../components/differences-table.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { versionUrl } from "../../components/version-url.ts";
import { useWords } from "../../components/words-context.ts";
import type { SettingsVersion, VersionPage } from "../../settings/list-versions.server.ts";
import { actorIn } from "../../wording/access-words.ts";

export type VersionsProps = VersionPage & { readonly isNewestPage: boolean };

/** Every saved version of the settings: who saved it, when, and what changed. */
export function VersionsPage({ versions, olderThan, isNewestPage }: VersionsProps) {
  const { text } = useWords();
  return (
    <s-page heading={text("frame.page.versions")}>
      <s-link slot="breadcrumb-actions" href="/app/settings">
        {text("frame.page.settings")}
      </s-link>
      <s-paragraph>{text("versions.about")}</s-paragraph>
      {versions.map((version, index) => (
        <VersionSection key={version.version} version={version} isInForce={isNewestPage && index === 0} />
      ))}
      <s-stack direction="inline" gap="small-100">
        {!isNewestPage && <s-button href="/app/settings/versions">{text("versions.back")}</s-button>}
        {olderThan !== null && (
          <s-button href={`/app/settings/versions?below=${String(olderThan)}`}>{text("versions.older")}</s-button>
        )}
      </s-stack>
    </s-page>
  );
}

type SectionProps = { readonly version: SettingsVersion; readonly isInForce: boolean };

function VersionSection({ version: { version, savedAt, savedBy, differences }, isInForce }: SectionProps) {
  const words = useWords();
  return (
    <s-section accessibilityLabel={words.text("versions.open", { version })}>
      <s-stack gap="small">
        <s-stack direction="inline" gap="small-100" alignItems="center">
          <s-link href={versionUrl(version)}>{words.text("versions.open", { version })}</s-link>
          {isInForce && <s-badge tone="success">{words.text("versions.newest")}</s-badge>}
        </s-stack>
        <SavedBy savedBy={savedBy} savedAt={savedAt} />
        <WhatChanged differences={differences} />
      </s-stack>
    </s-section>
  );
}

/** Who saved a version, and when. */
export function SavedBy({ savedBy, savedAt }: Pick<SettingsVersion, "savedBy" | "savedAt">) {
  const words = useWords();
  return (
    <s-paragraph color="subdued">
      {actorIn(words, savedBy)}, <LocalTime at={savedAt} seconds />
    </s-paragraph>
  );
}

export function WhatChanged({ differences }: Pick<SettingsVersion, "differences">) {
  const { text } = useWords();
  if (differences === null) return <s-paragraph>{text("versions.first")}</s-paragraph>;
  if (differences.length === 0) return <s-paragraph>{text("versions.pixels-only")}</s-paragraph>;
  return <DifferencesTable differences={differences} />;
}
