import type { FormEventHandler } from "react";
import type { Permission, Role } from "../../access/roles.ts";
import type { AccessRecord, Change, StaffMember } from "../../access/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { useWords } from "../../components/words-context.ts";
import { actorIn, roleIn, seenIn } from "../../wording/access-words.ts";
import type { Words } from "../../wording/words.ts";
import { ChangesCard } from "./changes-card.tsx";
import { ExportButton } from "../../components/export-button.tsx";
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
  const words = useWords();
  const { label, meaning } = roleIn(words, role);
  return (
    <s-page heading={words.text("frame.page.access")}>
      <s-paragraph>{words.text("access.your-role", { role: label, meaning })}</s-paragraph>
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
  const words = useWords();
  return (
    <s-section heading={words.text("access.seen")}>
      <s-paragraph color="subdued">{words.text("access.seen.kept")}</s-paragraph>
      {seen.length === 0 ? (
        <s-paragraph>{words.text("access.seen.none")}</s-paragraph>
      ) : (
        <s-unordered-list>
          {seen.map((record, index) => (
            <s-list-item key={`${record.at.toISOString()} ${String(index)}`}>
              <LocalTime at={record.at} seconds />: {lookIn(words, record)}
            </s-list-item>
          ))}
        </s-unordered-list>
      )}
      {mayExport && (
        <ExportButton
          url="/app/access-export?list=seen"
          file="tandem-seen.csv"
          label={words.text("access.seen.export-list")}
          problem={words.text("access.not-exported")}
        />
      )}
    </s-section>
  );
}

function lookIn(words: Words, { by, kind, subject }: AccessRecord): string {
  const look = { actor: actorIn(words, by), what: seenIn(words, kind) };
  return subject === null
    ? words.text("access.seen.line", look)
    : words.text("access.seen.line-of", { ...look, subject });
}
