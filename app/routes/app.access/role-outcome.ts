import type { RoleChanged } from "../../server/admin-ports.ts";

/** The toast for an outcome. */
export const ROLE_OUTCOMES = {
  changed: { message: "Role saved", isError: false },
  "last-owner": { message: "Not saved: this is the only owner. Make another owner first", isError: true },
  "no-such-person": { message: "Not saved: nobody with this ID has opened the app. Reload the page", isError: true },
} as const satisfies Record<RoleChanged, { readonly message: string; readonly isError: boolean }>;
