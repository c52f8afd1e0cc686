import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { allPictures, FOLDER } from "../programs/screenshots/admin-pages.ts";

const pictures = allPictures();

test("every page of the admin is in docs/screenshots in each state: npm run screenshots", () => {
  expect(pictures.filter((picture) => !existsSync(path.join(FOLDER, picture)))).toEqual([]);
});

test("docs/screenshots has no picture of a page that is gone", () => {
  expect(readdirSync(FOLDER).filter((file) => !pictures.includes(file))).toEqual([]);
});
