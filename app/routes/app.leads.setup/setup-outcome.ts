import type { SaveTrouble } from "../../components/settings/settings-outcome.ts";
import type { TriedItem } from "../../pipeline/try-mapping.ts";
import type { FieldProblem } from "../../settings/types.ts";

/** What became of the form that was sent last. `hookId`: of the address that it was about; null: of a new one. */
export type SetupOutcome =
  | { readonly kind: "stages-saved" }
  | { readonly kind: "stages-invalid"; readonly problems: readonly FieldProblem[] }
  | SaveTrouble
  | { readonly kind: "key-made"; readonly key: string }
  | { readonly kind: "key-invalid"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "hook-made"; readonly path: string; readonly secret: string | null }
  | { readonly kind: "hook-mapped" }
  | { readonly kind: "tried"; readonly hookId: string | null; readonly items: readonly TriedItem[] }
  | { readonly kind: "hook-invalid"; readonly hookId: string | null; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "revoked" }
  | { readonly kind: "gone" };

export const STATUSES: Readonly<Partial<Record<SetupOutcome["kind"], number>>> = {
  "stages-invalid": 422,
  superseded: 409,
  "key-invalid": 422,
  "hook-invalid": 422,
  gone: 404,
};
