import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { putInPlace } from "../simulators/browser.ts";

const folder = mkdtempSync(join(tmpdir(), "tandem-chromium-"));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a Chromium that another process is running is not replaced", () => {
  const target = join(folder, "chromium");
  const [first, second] = [join(folder, "chromium.1"), join(folder, "chromium.2")];
  writeFileSync(first, "first");
  writeFileSync(second, "second");
  putInPlace(first, target);
  const running = statSync(target).ino;
  putInPlace(second, target);
  expect(statSync(target).ino).toBe(running);
  expect(readFileSync(target, "utf8")).toBe("first");
  expect([first, second].some((draft) => existsSync(draft))).toBe(false);
});
