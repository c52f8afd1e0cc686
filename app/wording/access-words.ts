import type { Role } from "../access/roles.ts";
import type { Actor, ChangeAction, SeenKind } from "../access/types.ts";
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
