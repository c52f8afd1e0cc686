import { describe, expect, test } from "vitest";
import { permissionsOf, type Role } from "../../app/access/roles.ts";
import type { Change, StaffMember } from "../../app/access/types.ts";
import { TroublePage, troubleOf } from "../../app/components/trouble-page.tsx";
import { AccessPage, type AccessProps } from "../../app/routes/app.access/access-page.tsx";
import { DryRunPage } from "../../app/routes/app.dry-run/dry-run-page.tsx";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";
import { SETTINGS_PAGE_NAMES, type SettingsPageName } from "../../app/settings/settings-pages.ts";
import { aPixel } from "./dashboard/samples.ts";
import { settingsPage } from "./dashboard/settings-pages.tsx";

const AT = new Date("2026-11-20T12:00:00.000Z");
const member = (userId: string, role: Role): StaffMember => ({
  userId,
  role,
  firstSeenAt: AT,
  roleSetAt: AT,
  roleSetBy: "operator",
});
const REPLACED: Change = {
  at: AT,
  by: "shopify-user 1",
  subject: "pixel 123",
  action: "paused",
  before: { state: "active" },
  after: { state: "paused" },
};

const access = (role: Role, change: Partial<AccessProps> = {}) => (
  <AccessPage
    userId="1"
    role={role}
    permissions={permissionsOf(role)}
    staff={[member("1", role), member("2", "owner")]}
    changes={[REPLACED]}
    seen={role === "read-only" ? null : [{ at: AT, by: "operator", kind: "export", subject: "consent" }]}
    facts={{}}
    busy={null}
    onSubmit={() => undefined}
    {...change}
  />
);

describe("the Access page", () => {
  test("gives an owner a form for each person, and nobody else one", () => {
    expect(htmlOf(access("owner")).match(/<form/g)).toHaveLength(2);
    for (const role of ["marketer", "read-only"] as const) expect(htmlOf(access(role))).not.toContain("<form");
  });

  test("says who changed what from what to what, and who saw what", () => {
    const text = textOf(access("marketer"));
    expect(text).toMatch(/Staff member 1, pixel 123: paused\s*State: Sending → Paused/);
    expect(text).toMatch(/The operator, an export: consent/);
  });

  test.each<readonly [Change["before"], Change["after"], string]>([
    [{ hasToken: false }, { hasToken: true }, "Access token: none → stored"],
    [
      { eventsOff: [] },
      { eventsOff: ["Purchase", "Gone"] },
      "Events that it does not get: none → An order is placed or paid and Gone",
    ],
    [{ channels: null }, { channels: ["pos", "gone"] }, "Sales channels: none → Point of sale and gone"],
    [{ countries: ["DE"] }, { countries: ["DE", "AT"] }, "Countries: DE → DE and AT"],
    [{ testEventCode: "TEST1" }, null, "Test event code: TEST1 → none"],
    [{ role: "marketer" }, { role: "owner" }, "Role: Marketer → Owner"],
    [{}, { reason: "too-old" }, "Reason: none → The event became older than the 7 days"],
    [{ storefrontMode: "pixel" }, { storefrontMode: "embed" }, "→ "],
    [{ orders: { refundEvent: false } }, { orders: { refundEvent: true } }, ": off → on"],
    [{ state: "gone" }, { unheardOf: 1 }, "unheardOf: none → 1"],
  ])("words the change from %j to %j as the pages do", (before, after, line) => {
    const changes: readonly Change[] = [{ ...REPLACED, before, after }];
    const text = textOf(access("marketer", { changes }));
    expect(text).toContain(line);
    expect(text).not.toMatch(/storefrontMode|refundEvent|hasToken|eventsOff|testEventCode/);
  });

  test("says nothing of a field that had no value and has none", () => {
    const changes: readonly Change[] = [
      { ...REPLACED, before: null, after: { hasToken: true, eventsOff: [] } },
      { ...REPLACED, before: { eventsOff: [], state: "paused" }, after: null },
    ];
    const text = textOf(access("marketer", { changes }));
    expect(text).toMatch(/Access token: none → stored[^]*State: Paused → none/);
    expect(text).not.toContain("Events that it does not get");
  });

  test("keeps names that browsers may still use to itself", () => {
    const changes: readonly Change[] = [
      {
        ...REPLACED,
        before: null,
        after: { eventMapping: { rules: { Lead: { as: "Contact", formerly: ["Lead"] } } } },
      },
    ];
    expect(textOf(access("marketer", { changes }))).not.toMatch(/eventMapping|formerly/);
  });

  test("shows somebody who may only read no log of looks and no export", () => {
    const html = htmlOf(access("read-only"));
    expect(html).not.toMatch(/Who saw what|Export|<s-button/);
    expect(html).toContain("Your role: Read-only");
  });

  test("says that a shop has no owner yet", () => {
    expect(textOf(access("marketer", { staff: [member("1", "marketer")] }))).toContain(
      "No owner has opened the app yet",
    );
  });
});

describe("the settings, for somebody whose role", () => {
  const settings = (role: Role, page: SettingsPageName = "pixels") =>
    settingsPage(page, { permissions: permissionsOf(role) });

  test.each(SETTINGS_PAGE_NAMES)("allows no changes: what is chosen on the page %s, no form and no button", (page) => {
    const html = htmlOf(settings("read-only", page));
    expect(html).not.toMatch(/<(?:form|input|s-select|s-text-field|s-button)/);
    expect(html).toContain("Your role does not allow changes.");
  });

  test("allows no changes: pixels and choices are shown in words", () => {
    expect(textOf(settings("read-only"))).toContain(aPixel().metaPixelId);
    expect(textOf(settings("read-only", "purchase"))).toMatch(/Value of a purchase[^]*Items after every discount/);
  });

  test("does not allow disconnecting: every other button of a pixel", () => {
    expect(htmlOf(settings("owner"))).toContain("Disconnect pixel");
    expect(htmlOf(settings("marketer"))).not.toContain("Disconnect pixel");
    expect(htmlOf(settings("marketer"))).toContain("Pause pixel");
  });
});

test("somebody whose role allows no dry run gets a sentence instead of the form", () => {
  const html = htmlOf(
    <DryRunPage mayRun={false} outcome={null} basis="subtotal" busy={false} onSubmit={() => undefined} />,
  );
  expect(html).not.toContain("<form");
  expect(html).toContain("which your role does not allow");
});

test("a refusal by role is told apart from a missing page and from a failure", () => {
  expect([403, 404, 500, 400].map(troubleOf)).toEqual(["not-permitted", "missing", "failed", "failed"]);
  expect(textOf(<TroublePage trouble="not-permitted" />)).toContain("An owner of the app can change your role");
});
