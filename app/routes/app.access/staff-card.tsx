import { BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import { isRole, ROLES } from "../../access/roles.ts";
import type { StaffMember } from "../../access/types.ts";
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
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Roles
        </Text>
        <Text as="p" tone="subdued">
          {WHO}
        </Text>
        {!staff.some(({ role }) => role === "owner") && (
          <Text as="p">No owner has opened the app yet, so nobody can assign roles or disconnect a pixel here.</Text>
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
            <Text key={member.userId} as="p">
              {name}: {ROLE_WORDS[member.role].label}
            </Text>
          );
        })}
      </BlockStack>
    </Card>
  );
}

type FormProps = Pick<Props, "onSubmit"> & {
  readonly name: string;
  readonly member: StaffMember;
  readonly busy: boolean;
};

const CHOICES = ROLES.map((value) => ({ value, label: ROLE_WORDS[value].label }));

function RoleForm({ name, member, busy, onSubmit }: FormProps) {
  const [role, setRole] = useState(member.role);
  return (
    <form method="post" onSubmit={onSubmit} aria-label={`Role of ${name}`}>
      <input type="hidden" name="intent" value="set-role" />
      <input type="hidden" name="userId" value={member.userId} />
      <InlineStack gap="200" blockAlign="end">
        <Select
          label={name}
          name="role"
          options={CHOICES}
          value={role}
          onChange={(value) => setRole(isRole(value) ? value : role)}
          helpText={ROLE_WORDS[role].meaning}
        />
        <Button submit loading={busy} accessibilityLabel={`Save role of ${name}`}>
          Save role
        </Button>
      </InlineStack>
    </form>
  );
}
