import type { FieldProblem } from "../../settings/types.ts";
import type { Superseded } from "../../settings/settings-clash.ts";
import type { Words } from "../../wording/words.ts";

/** The forms that save a new version of the settings. */
export type SavedForm = "settings" | "orders" | "consent" | "mapping" | "forms";

/** The outcome of a form that the merchant sent from the settings page. */
export type SettingsOutcome =
  | { readonly kind: "settings-saved"; readonly version: number; readonly publishProblem: string | null }
  | { readonly kind: InvalidSettings; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-connected"; readonly checked: "valid" | "unreachable" | "unclear" }
  | { readonly kind: "pixel-invalid"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-filtered"; readonly publishProblem: string | null }
  | { readonly kind: "filter-invalid"; readonly metaPixelId: string; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-changed"; readonly change: "resumed" | "paused" | "disconnected" }
  | SaveTrouble
  /** The shop has no such pixel, any more or at all. */
  | { readonly kind: "pixel-missing" };

/** Nothing was saved, and the form that was sent keeps its input. `lost`: no answer came. */
export type SaveTrouble =
  (Superseded & { readonly intent: string }) | { readonly kind: "lost"; readonly intent: string };

/** Each form has its own kind, so that a problem is shown in its form. */
export type InvalidSettings = `${SavedForm}-invalid`;

const STATUSES: Readonly<Partial<Record<SettingsOutcome["kind"], number>>> = {
  "pixel-missing": 404,
  superseded: 409,
  lost: 503,
};

export const statusOf = ({ kind }: SettingsOutcome): number => STATUSES[kind] ?? 200;

type Toast = { readonly message: string; readonly isError: boolean };

/** The toast for an outcome. */
export function toastFor(outcome: SettingsOutcome, words: Words): Toast {
  switch (outcome.kind) {
    case "settings-saved":
    case "pixel-filtered":
      return outcome.publishProblem === null
        ? { message: words.text("settings.toast.saved"), isError: false }
        : { message: words.text("settings.toast.unpublished"), isError: true };
    case "pixel-connected":
      return { message: words.text(`settings.toast.${outcome.checked}`), isError: false };
    case "pixel-changed":
      return { message: words.text(`settings.toast.${outcome.change}`), isError: false };
    case "pixel-missing":
      return { message: words.text("settings.toast.missing"), isError: true };
    case "superseded":
    case "lost":
      return { message: words.text(`settings.toast.${outcome.kind}`), isError: true };
    case "settings-invalid":
    case "pixel-invalid":
    case "filter-invalid":
    case "mapping-invalid":
    case "orders-invalid":
    case "consent-invalid":
    case "forms-invalid":
      return { message: words.text("settings.toast.invalid"), isError: true };
  }
}
