import type { ParsedInput } from "../../app/settings/types.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { problemIn } from "../../app/wording/field-problem-words.ts";

type Worded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly { readonly field: string; readonly message: string }[] };

/** What was read, with its problems as an English reader sees them. */
export const inEnglish = <Value>(read: ParsedInput<Value>): Worded<Value> =>
  read.ok
    ? read
    : { ok: false, problems: read.problems.map((one) => ({ field: one.field, message: problemIn(ENGLISH, one) })) };
