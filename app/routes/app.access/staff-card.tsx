import { type FormEventHandler, useState } from "react";
import { isRole, ROLES } from "../../access/roles.ts";
import type { StaffMember } from "../../access/types.ts";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import { roleIn } from "../../wording/access-words.ts";

type Props = {
  /** Whoever is looking. */
  readonly userId: string;
  readonly staff: readonly StaffMember[];
  readonly mayAssign: boolean;
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Who may do what. Owners get a form for each person, everybody else a list. */
export function StaffCard({ userId, staff, mayAssign, busy, onSubmit }: Props) {
  const words = useWords();
  return (
    <s-section heading={words.text("access.roles")}>
      <s-stack gap="small">
        <s-paragraph color="subdued">{words.text("access.roles.who")}</s-paragraph>
        {!staff.some(({ role }) => role === "owner") && (
          <s-paragraph>{words.text("access.roles.no-owner")}</s-paragraph>
        )}
        {staff.map((member) => {
          const person = words.text("access.actor.staff", { userId: member.userId });
          const name = member.userId === userId ? words.text("access.roles.you", { person }) : person;
          return mayAssign ? (
            <RoleForm
              key={`${member.userId} ${member.role}`}
              name={name}
              member={member}
              busy={busy === member.userId}
              onSubmit={onSubmit}
            />
          ) : (
            <s-paragraph key={member.userId}>
              {words.text("access.roles.person", { person: name, role: roleIn(words, member.role).label })}
            </s-paragraph>
          );
        })}
      </s-stack>
    </s-section>
  );
}

type FormProps = Pick<Props, "onSubmit"> & {
  readonly name: string;
  readonly member: StaffMember;
  readonly busy: boolean;
};

function RoleForm({ name, member, busy, onSubmit }: FormProps) {
  const words = useWords();
  const [role, setRole] = useState(member.role);
  const select = useListener<"s-select">("change", ({ value }) => setRole(isRole(value) ? value : role));
  return (
    <form method="post" onSubmit={onSubmit} aria-label={words.text("access.roles.form", { person: name })}>
      <input type="hidden" name="intent" value="set-role" />
      <input type="hidden" name="userId" value={member.userId} />
      <s-stack direction="inline" gap="small-100" alignItems="end">
        <s-select ref={select} label={name} name="role" value={member.role} details={roleIn(words, role).meaning}>
          {ROLES.map((value) => (
            <s-option key={value} value={value}>
              {roleIn(words, value).label}
            </s-option>
          ))}
        </s-select>
        <s-button
          type="submit"
          accessibilityLabel={words.text("access.roles.save-of", { person: name })}
          {...(busy && { loading: true })}
        >
          {words.text("access.roles.save")}
        </s-button>
      </s-stack>
    </form>
  );
}
