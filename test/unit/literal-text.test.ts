import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { noLiteralText } from "../../app/scripts/lint-literal-text.mjs";

const problemsIn = (code: string): number =>
  new Linter().verify(
    code,
    {
      languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { tandem: { rules: { "no-literal-text": noLiteralText } } },
      rules: { "tandem/no-literal-text": "error" },
      files: ["**/*.tsx"],
    },
    "page.tsx",
  ).length;

test.each([
  ["<s-text>Orders</s-text>", 1],
  ["<s-text>{words.text('frame.save')}: Orders</s-text>", 1],
  ['<s-page heading="Orders" />', 1],
  ["<s-page heading={`Orders of ${shop}`} />", 1],
  ["<s-button accessibilityLabel={'Save'} />", 1],
  ['<nav aria-label="Pages" />', 1],
  ['const TEXT = "Nothing was saved.";', 1],
  ["showToast(`Not saved: ${reason} happened`);", 1],
  ["<p>{isOpen ? 'is open' : 'is closed'}</p>", 2],
  ['import { ENGLISH } from "../../wording/english.ts";', 1],
  ["<s-text>{words.text('frame.save')}</s-text>", 0],
  ["<s-text>{count} → {most} · 5%</s-text>", 0],
  ['<s-stack direction="inline" gap="small-100" />', 0],
  ["<div style={{ gridTemplateColumns: 'minmax(7rem, max-content) auto' }} />", 0],
  ['<p className="one two">{text}</p>', 0],
  ['throw new Error("No words: render the page inside WordsContext.");', 0],
  ["const url = `/app/events/${name}`;", 0],
  ['type Kind = "one kind" | "another kind";', 0],
])("%s: %i", (code, problems) => {
  expect(problemsIn(code)).toBe(problems);
});
