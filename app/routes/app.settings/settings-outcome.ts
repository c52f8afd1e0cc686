import type { FieldProblem } from "../../settings/types.ts";

/** The outcome of a form that the merchant sent from the settings page. */
export type SettingsOutcome =
  | { readonly kind: "settings-saved"; readonly version: number; readonly publishProblem: string | null }
  | { readonly kind: InvalidSettings; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-connected"; readonly checked: "valid" | "unreachable" | "unclear" }
  | { readonly kind: "pixel-invalid"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-filtered"; readonly publishProblem: string | null }
  | { readonly kind: "filter-invalid"; readonly metaPixelId: string; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-changed"; readonly change: "resumed" | "paused" | "disconnected" }
  /** The shop has no such pixel, any more or at all. */
  | { readonly kind: "pixel-missing" };

/** The forms that save a new version of the settings, each with its own kind, so that a problem is shown in its form. */
export type InvalidSettings =
  "settings-invalid" | "mapping-invalid" | "orders-invalid" | "consent-invalid" | "forms-invalid";

const CHECKED = {
  valid: "Pixel connected: Meta accepts the token",
  unreachable: "Pixel connected, but Meta could not be reached to check it",
  unclear: "Pixel connected, but Meta’s answer did not confirm the token",
} as const;

const CHANGED = { resumed: "Pixel resumed", paused: "Pixel paused", disconnected: "Pixel disconnected" } as const;

export const statusOf = ({ kind }: SettingsOutcome): 200 | 404 => (kind === "pixel-missing" ? 404 : 200);

/** The toast for an outcome. */
export function toastFor(outcome: SettingsOutcome): { readonly message: string; readonly isError: boolean } {
  switch (outcome.kind) {
    case "settings-saved":
    case "pixel-filtered":
      return outcome.publishProblem === null
        ? { message: "Settings saved", isError: false }
        : { message: "Saved, but not published", isError: true };
    case "pixel-connected":
      return { message: CHECKED[outcome.checked], isError: false };
    case "pixel-changed":
      return { message: CHANGED[outcome.change], isError: false };
    case "pixel-missing":
      return { message: "Nothing changed: this shop has no such pixel. Reload the page", isError: true };
    case "settings-invalid":
    case "pixel-invalid":
    case "filter-invalid":
    case "mapping-invalid":
    case "orders-invalid":
    case "consent-invalid":
    case "forms-invalid":
      return { message: "Not saved: see the marked fields", isError: true };
  }
}
