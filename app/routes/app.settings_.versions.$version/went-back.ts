import type { SettingsSaved } from "../../server/admin-ports.ts";
import type { Words } from "../../wording/words.ts";

type WentBack = Exclude<SettingsSaved, { kind: "invalid" }>;

/** The toast for what came of going back. */
export function wentBackIn(words: Words, answer: WentBack): { readonly message: string; readonly isError: boolean } {
  if (answer.kind === "superseded") return { message: words.text("versions.go-back.superseded"), isError: true };
  return { message: words.text("versions.go-back.done", { version: answer.version }), isError: false };
}
