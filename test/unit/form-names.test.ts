import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { FORM_NAMES } from "../support/form-names.ts";

const APP = path.resolve(import.meta.dirname, "../../app");

const source = ["routes", "components"]
  .flatMap((folder) =>
    readdirSync(path.join(APP, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(APP, folder, file), "utf8")),
  )
  .join("\n");

/** As a page's field or button names a form. */
const NAMED = /\bname="intent" value="([a-z-]+)"|\bintent(?:: |=| === |"\) (?:===|!==) )"([a-z-]+)"/g;

const named = [...source.matchAll(NAMED)].map(([, field, button]) => field ?? button ?? "");
// Of a `typeof`.
const inPages = [...new Set(named)].filter((name) => name !== "string");

test("every form of a page is one that the tests of roles and of other shops post", () => {
  expect(inPages.filter((name) => !(FORM_NAMES as readonly string[]).includes(name))).toEqual([]);
});

test.each(FORM_NAMES)("the form %s is one that the app has", (name) => {
  expect(source).toContain(`"${name}"`);
});
