export const ROLES = ["owner", "marketer", "read-only"] as const;
export type Role = (typeof ROLES)[number];

/** What somebody may do in the admin pages. Decision 53 argues the table below. */
export type Permission =
  /** Everything that shows no customer's details. */
  | "look"
  /** An event's match keys, page addresses and search text; a dry run of an order. */
  | "see-customers"
  /** Who saw what. */
  | "see-access"
  | "change-settings"
  | "export"
  | "disconnect-pixel"
  | "assign-roles";

const PERMISSIONS = {
  owner: ["look", "see-customers", "see-access", "change-settings", "export", "disconnect-pixel", "assign-roles"],
  marketer: ["look", "see-customers", "see-access", "change-settings", "export"],
  "read-only": ["look"],
} as const satisfies Record<Role, readonly Permission[]>;

/** The role of everybody who has none assigned and does not own the shop's account. */
export const DEFAULT_ROLE: Role = "marketer";

export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[role] as readonly Permission[]).includes(permission);

export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);

export const permissionsOf = (role: Role): readonly Permission[] => PERMISSIONS[role];
