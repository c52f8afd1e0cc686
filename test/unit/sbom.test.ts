import { execFileSync } from "node:child_process";
import path from "node:path";

import { expect, test } from "vitest";

const SCRIPT = path.resolve(import.meta.dirname, "../../app/scripts/sbom.mjs");

test("the packages of production are listed with their licences, and the Prisma CLI is not among them", () => {
  const bom = JSON.parse(execFileSync(process.execPath, [SCRIPT], { encoding: "utf8" })) as {
    bomFormat: string;
    components: { name: string; purl: string }[];
  };
  const names = bom.components.map(({ name }) => name);
  expect(bom.bomFormat).toBe("CycloneDX");
  expect(names).toEqual(expect.arrayContaining(["fastify", "pg", "zod", "@prisma/client"]));
  expect(names.filter((name) => /^(?:prisma|elkjs|@prisma\/(?:dev|studio[\w-]*))$/.test(name))).toEqual([]);
});

test("every licence of production is agreed to", () => {
  expect(() => execFileSync(process.execPath, [SCRIPT, "--check"], { stdio: "pipe" })).not.toThrow();
});
