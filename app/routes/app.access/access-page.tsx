import type { FormEventHandler } from "react";
import type { Permission, Role } from "../../access/roles.ts";
import { readSubject } from "../../access/subjects.ts";
import type { AccessRecord, Change, SeenKind, StaffMember, SubjectFacts } from "../../access/types.ts";
import { useWords } from "../../components/words-context.ts";
import { actorIn, roleIn, seenIn } from "../../wording/access-words.ts";
import type { Words } from "../../wording/words.ts";
import { ChangesCard } from "./changes-card.tsx";
import { ExportButton } from "../../components/export-button.tsx";
import { RecordLine } from "./record-line.tsx";
import { StaffCard } from "./staff-card.tsx";

export type AccessProps = {
  readonly userId: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly staff: readonly StaffMember[];
  readonly changes: readonly Change[];
  /** Null for people who may not see it. */
  readonly seen: readonly AccessRecord[] | null;
  /** What the shop has of the subjects of both lists. */
  readonly facts: SubjectFacts;
  /** The person whose role is being saved. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Access: who may do what, who changed what, who saw what. */
export function AccessPage({ userId, role, permissions, staff, changes, seen, facts, busy, onSubmit }: AccessProps) {
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
      <ChangesCard changes={changes} facts={facts} mayExport={mayExport} />
      {seen !== null && <SeenCard seen={seen} facts={facts} mayExport={mayExport} />}
    </s-page>
  );
}

type SeenProps = {
  readonly seen: readonly AccessRecord[];
  readonly facts: SubjectFacts;
  readonly mayExport: boolean;
};

function SeenCard({ seen, facts, mayExport }: SeenProps) {
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
              <RecordLine
                at={record.at}
                sentence={(about) => lookIn(words, record, about)}
                subject={record.subject}
                facts={facts}
              />
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

function lookIn(words: Words, { by, kind, subject }: AccessRecord, about: string): string {
  const actor = actorIn(words, by);
  const what = seenIn(words, kind);
  if (subject === null) return words.text("access.seen.line", { actor, what });
  return SAYS_ITSELF.has(kind) && readSubject(subject) !== null
    ? words.text("access.seen.line", { actor, what: about })
    : words.text("access.seen.line-of", { actor, what, subject: about });
}

/** Looks that their subject says as well: “order #1001” needs no “the list of events” before it. */
const SAYS_ITSELF: ReadonlySet<SeenKind> = new Set(["event", "events", "lead"]);
