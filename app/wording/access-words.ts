import type { Role } from "../access/roles.ts";
import type { Actor, ChangeAction, SeenKind } from "../access/types.ts";

export const ROLE_WORDS = {
  owner: { label: "Owner", meaning: "May do everything, assign roles and disconnect pixels included." },
  marketer: { label: "Marketer", meaning: "May do everything but assign roles and disconnect pixels." },
  "read-only": {
    label: "Read-only",
    meaning: "Sees events without customers’ details, and the settings. Changes and exports nothing.",
  },
} as const satisfies Record<Role, { readonly label: string; readonly meaning: string }>;

export const ACTION_WORDS = {
  connected: "connected",
  "token-replaced": "token replaced",
  "connected-again": "connected again",
  paused: "paused",
  resumed: "resumed",
  limited: "limits changed",
  disconnected: "disconnected",
  blocked: "blocked, because Meta refused the token",
  unblocked: "unblocked, because Meta accepts the token",
  "role-set": "role changed",
  "settings-saved": "saved",
} as const satisfies Record<ChangeAction, string>;

export const SEEN_WORDS = {
  events: "the list of events",
  event: "an event",
  "dry-run": "a dry run",
  export: "an export",
  quarantined: "an unreadable payload, opened",
} as const satisfies Record<SeenKind, string>;

const STAFF = "shopify-user ";

/** Who did it. The stored names include those of earlier versions, such as `command line`. */
export function actorInWords(by: Actor): string {
  if (by.startsWith(STAFF)) return `Staff member ${by.slice(STAFF.length)}`;
  return by === "operator" || by === "command line" ? "The operator" : "Tandem";
}
