import type { FormEventHandler } from "react";
import type { Permission, Role } from "../../access/roles.ts";
import type { AccessRecord, Change, StaffMember } from "../../access/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { actorInWords, ROLE_WORDS, SEEN_WORDS } from "../../wording/access-words.ts";
import { ChangesCard } from "./changes-card.tsx";
import { ExportButton } from "./export-button.tsx";
import { StaffCard } from "./staff-card.tsx";

export type AccessProps = {
  readonly userId: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly staff: readonly StaffMember[];
  readonly changes: readonly Change[];
  /** Null for people who may not see it. */
  readonly seen: readonly AccessRecord[] | null;
  /** The person whose role is being saved. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Access: who may do what, who changed what, who saw what. */
export function AccessPage({ userId, role, permissions, staff, changes, seen, busy, onSubmit }: AccessProps) {
  const mayExport = permissions.includes("export");
  const { label, meaning } = ROLE_WORDS[role];
  return (
    <s-page heading="Access">
      <s-paragraph>
        Your role: {label}. {meaning}
      </s-paragraph>
      <StaffCard
        userId={userId}
        staff={staff}
        mayAssign={permissions.includes("assign-roles")}
        busy={busy}
        onSubmit={onSubmit}
      />
      <ChangesCard changes={changes} mayExport={mayExport} />
      {seen !== null && <SeenCard seen={seen} mayExport={mayExport} />}
    </s-page>
  );
}

function SeenCard({ seen, mayExport }: { readonly seen: readonly AccessRecord[]; readonly mayExport: boolean }) {
  return (
    <s-section heading="Who saw what">
      <s-paragraph color="subdued">
        Every look at events, dry runs and exports, kept for a year. The newest 50 are shown.
      </s-paragraph>
      {seen.length === 0 ? (
        <s-paragraph>Nobody has looked at an event yet.</s-paragraph>
      ) : (
        <s-unordered-list>
          {seen.map(({ at, by, kind, subject }, index) => (
            <s-list-item key={`${at.toISOString()} ${String(index)}`}>
              <LocalTime at={at} seconds />: {actorInWords(by)}, {SEEN_WORDS[kind]}
              {subject !== null && `: ${subject}`}
            </s-list-item>
          ))}
        </s-unordered-list>
      )}
      {mayExport && <ExportButton list="seen" label="Export who saw what" />}
    </s-section>
  );
}
