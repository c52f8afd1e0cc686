import { describe, expect, test } from "vitest";
import { VersionPage, type VersionProps } from "../../app/routes/app.settings_.versions.$version/version-page.tsx";
import { VersionsPage } from "../../app/routes/app.settings_.versions._index/versions-page.tsx";
import type { SettingsVersion } from "../../app/settings/list-versions.server.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";

const CHANGED: SettingsVersion = {
  version: 7,
  savedAt: new Date("2026-11-20T12:00:00.000Z"),
  savedBy: "shopify-user 42",
  differences: [{ field: "valueBasis", before: "subtotal", after: "total" }],
};
const PIXELS: SettingsVersion = { ...CHANGED, version: 6, savedBy: "tandem: pixels changed", differences: [] };

const page = (change: Partial<VersionProps> = {}) => (
  <VersionPage
    version={PIXELS}
    inForce={7}
    goingBack={[{ field: "valueBasis", before: "total", after: "subtotal" }]}
    rehearsal={null}
    mayGoBack
    busy={false}
    onSubmit={() => undefined}
    {...change}
  />
);

describe("the list of versions", () => {
  test("says who saved each, when, and what changed in the merchant's words", () => {
    const text = textOf(<VersionsPage versions={[CHANGED, PIXELS]} olderThan={6} isNewestPage />);
    expect(text).toContain("Staff member 42, Nov 20, 2026");
    expect(text).toMatch(
      /Value of a purchase +Items after every discount, without shipping \(recommended\) +Order total/,
    );
    expect(text).toContain("the list of pixels did");
    expect(text).toContain("Older versions");
  });

  test("marks the version in force on the newest page alone", () => {
    const shown = (isNewestPage: boolean) =>
      textOf(<VersionsPage versions={[CHANGED]} olderThan={null} isNewestPage={isNewestPage} />);
    expect(shown(true)).toContain("In force");
    expect(shown(false)).not.toContain("In force");
  });
});

describe("the page of a version", () => {
  test("offers the way back to those who may change settings, where it would change something", () => {
    expect(htmlOf(page())).toContain("<form");
    expect(htmlOf(page({ mayGoBack: false }))).not.toContain("<form");
    expect(htmlOf(page({ goingBack: [] }))).not.toContain("<form");
    expect(textOf(page({ version: CHANGED, goingBack: [] }))).toContain("These are the settings in force.");
  });
});
