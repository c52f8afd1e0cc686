import type { Rehearsal } from "../../dry-run/rehearsal.ts";
import type { Unrehearsed } from "../../dry-run/rehearsal-limits.ts";
import type { FieldProblem, PixelId } from "../../settings/types.ts";
import type { Superseded } from "../../settings/settings-clash.ts";
import type { Words } from "../../wording/words.ts";

export type PixelAnswer = "valid" | "refused" | "unreachable" | "unclear" | "lost";

/** The outcome of a form that the merchant sent from a settings page. */
export type SettingsOutcome =
  | {
      readonly kind: "settings-saved";
      readonly version: number;
      /** Of a save that no question came before: what its rehearsal left out. */
      readonly unrehearsed: readonly Unrehearsed[];
    }
  | { readonly kind: "settings-invalid" | "pixel-invalid"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-connected"; readonly pixelId: PixelId }
  /** `ofForm`: what the form of the pixels sent. */
  | { readonly kind: "pixel-checked"; readonly answer: PixelAnswer; readonly ofForm: boolean }
  | { readonly kind: "pixel-filtered" }
  | { readonly kind: "filter-invalid"; readonly metaPixelId: string; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "pixel-changed"; readonly change: "resumed" | "paused" | "disconnected" }
  /** `code-gone`: somebody removed it before. */
  | { readonly kind: "test-code"; readonly done: "code-removed" | "code-gone" }
  | SaveTrouble
  /** Not saved yet: it would change something of the last days, and its author may still think better of it. */
  | { readonly kind: "rehearsed"; readonly rehearsal: Rehearsal }
  /** Not saved yet: the rehearsal broke off, and its author decides without it. */
  | { readonly kind: "not-rehearsed" }
  /** The shop has no such pixel, any more or at all. */
  | { readonly kind: "pixel-missing" };

/** Nothing was saved, and the form that was sent keeps its input. `lost`: no answer came. */
export type SaveTrouble =
  (Superseded & { readonly intent: string }) | { readonly kind: "lost"; readonly intent: string };

const STATUSES: Readonly<Partial<Record<SettingsOutcome["kind"], number>>> = {
  "pixel-missing": 404,
  superseded: 409,
  lost: 503,
};

export const statusOf = ({ kind }: SettingsOutcome): number => STATUSES[kind] ?? 200;

const NO_PROBLEMS: readonly FieldProblem[] = [];

type Invalid = Extract<SettingsOutcome, { problems: unknown }>;

/** The problems of this kind of form only; every form of the page gets the same outcome. */
export const problemsOf = (outcome: SettingsOutcome | null, kind: Invalid["kind"]): readonly FieldProblem[] =>
  outcome !== null && "problems" in outcome && outcome.kind === kind ? outcome.problems : NO_PROBLEMS;

export const troubleOf = (outcome: SettingsOutcome | null, intent: string): SaveTrouble | null =>
  outcome !== null && "intent" in outcome && outcome.intent === intent ? outcome : null;

type Toast = { readonly message: string; readonly isError: boolean };

/** The toast for an outcome. */
export function toastFor(outcome: SettingsOutcome, words: Words): Toast {
  switch (outcome.kind) {
    case "settings-saved":
    case "pixel-filtered":
      return { message: words.text("settings.toast.saved"), isError: false };
    case "pixel-connected":
      return { message: words.text("settings.toast.connected"), isError: false };
    case "pixel-checked":
      return checkToast(outcome, words);
    case "pixel-changed":
      return { message: words.text(`settings.toast.${outcome.change}`), isError: false };
    case "test-code":
      return { message: words.text(`testing.done.${outcome.done}`), isError: outcome.done === "code-gone" };
    case "pixel-missing":
      return { message: words.text("settings.toast.missing"), isError: true };
    case "rehearsed":
      return { message: words.text("versions.rehearsal.toast"), isError: false };
    case "not-rehearsed":
      return { message: words.text("versions.rehearsal.failed"), isError: true };
    case "superseded":
    case "lost":
      return { message: words.text(`settings.toast.${outcome.kind}`), isError: true };
    case "settings-invalid":
    case "pixel-invalid":
    case "filter-invalid":
      return { message: words.text("settings.toast.invalid"), isError: true };
  }
}

type Checked = Extract<SettingsOutcome, { kind: "pixel-checked" }>;

/** The pixel is connected whether or not Meta could be asked about it. */
function checkToast({ answer, ofForm }: Checked, words: Words): Toast {
  return ofForm && answer !== "lost"
    ? { message: words.text(`settings.toast.${answer}`), isError: answer === "refused" }
    : { message: words.text(`settings.toast.checked-${answer}`), isError: answer !== "valid" };
}
