import type { RoleChanged } from "../../server/admin-ports.ts";

/** The toast for an outcome, `access.roles.OUTCOME`, and whether it is an error. */
export const IS_ERROR = {
  changed: false,
  "last-owner": true,
  "no-such-person": true,
} as const satisfies Record<RoleChanged, boolean>;
