import { ROLES, type Role } from "../access/roles.ts";
import type { Actor, ChangeAction, SeenKind } from "../access/types.ts";
import { ENGLISH } from "./english.ts";
import type { Words } from "./words.ts";

export const roleIn = (words: Words, role: Role): { readonly label: string; readonly meaning: string } => ({
  label: words.text(`access.role.${role}`),
  meaning: words.text(`access.role.${role}.meaning`),
});

export const actionIn = (words: Words, action: ChangeAction): string => words.text(`access.action.${action}`);
export const seenIn = (words: Words, kind: SeenKind): string => words.text(`access.seen.${kind}`);

const STAFF = "shopify-user ";

/** Who did it. The stored names include those of earlier versions, such as `command line`. */
export function actorIn(words: Words, by: Actor): string {
  if (by.startsWith(STAFF)) return words.text("access.actor.staff", { userId: by.slice(STAFF.length) });
  return words.text(by === "operator" || by === "command line" ? "access.actor.operator" : "access.actor.tandem");
}

// In English, for the page that does not take its texts from the catalogue yet.
const SEEN = ["events", "event", "dry-run", "export", "quarantined"] as const satisfies readonly SeenKind[];
const ACTIONS = [
  "connected",
  "token-replaced",
  "connected-again",
  "paused",
  "resumed",
  "limited",
  "disconnected",
  "blocked",
  "unblocked",
  "role-set",
  "settings-saved",
] as const satisfies readonly ChangeAction[];
export const ROLE_WORDS = Object.fromEntries(ROLES.map((role) => [role, roleIn(ENGLISH, role)])) as Readonly<
  Record<Role, { readonly label: string; readonly meaning: string }>
>;
export const ACTION_WORDS = Object.fromEntries(
  ACTIONS.map((action) => [action, actionIn(ENGLISH, action)]),
) as Readonly<Record<ChangeAction, string>>;
export const SEEN_WORDS = Object.fromEntries(SEEN.map((kind) => [kind, seenIn(ENGLISH, kind)])) as Readonly<
  Record<SeenKind, string>
>;
export const actorInWords = (by: Actor): string => actorIn(ENGLISH, by);
