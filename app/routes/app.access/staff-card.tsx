import { type FormEventHandler, useState } from "react";
import { isRole, ROLES } from "../../access/roles.ts";
import type { StaffMember } from "../../access/types.ts";
import { useListener } from "../../components/use-listener.ts";
import { ROLE_WORDS } from "../../wording/access-words.ts";

type Props = {
  /** Whoever is looking. */
  readonly userId: string;
  readonly staff: readonly StaffMember[];
  readonly mayAssign: boolean;
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const WHO =
  "Everybody who has opened the app, by their Shopify user ID: the number at the end of their page in the Shopify admin " +
  "under Settings, Users. Whoever owns the shop’s Shopify account is an owner, and everybody else is a marketer until " +
  "an owner decides otherwise.";

/** Who may do what. Owners get a form for each person, everybody else a list. */
export function StaffCard({ userId, staff, mayAssign, busy, onSubmit }: Props) {
  return (
    <s-section heading="Roles">
      <s-stack gap="small">
        <s-paragraph color="subdued">{WHO}</s-paragraph>
        {!staff.some(({ role }) => role === "owner") && (
          <s-paragraph>
            No owner has opened the app yet, so nobody can assign roles or disconnect a pixel here.
          </s-paragraph>
        )}
        {staff.map((member) => {
          const name = `Staff member ${member.userId}${member.userId === userId ? " (you)" : ""}`;
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
              {name}: {ROLE_WORDS[member.role].label}
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
  const [role, setRole] = useState(member.role);
  const select = useListener<"s-select">("change", ({ value }) => setRole(isRole(value) ? value : role));
  return (
    <form method="post" onSubmit={onSubmit} aria-label={`Role of ${name}`}>
      <input type="hidden" name="intent" value="set-role" />
      <input type="hidden" name="userId" value={member.userId} />
      <s-stack direction="inline" gap="small-100" alignItems="end">
        <s-select ref={select} label={name} name="role" value={member.role} details={ROLE_WORDS[role].meaning}>
          {ROLES.map((value) => (
            <s-option key={value} value={value}>
              {ROLE_WORDS[value].label}
            </s-option>
          ))}
        </s-select>
        <s-button type="submit" accessibilityLabel={`Save role of ${name}`} {...(busy && { loading: true })}>
          Save role
        </s-button>
      </s-stack>
    </form>
  );
}
