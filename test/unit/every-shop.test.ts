import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, test } from "vitest";
import { EVERY_SHOP, namesItsShop, tenantTables } from "../../app/scripts/lint-names-its-shop.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

const problemsOf = (code: string): number =>
  new Linter().verify(code, {
    languageOptions: { parser: tseslint.parser },
    plugins: { tandem: { rules: { "names-its-shop": namesItsShop } } },
    rules: { "tandem/names-its-shop": "error" },
  }).length;

describe("raw SQL on rows that belong to shops", () => {
  test.each([
    ["prisma.$queryRaw`select 1 from event where event_id = ${id}`", 1],
    ["prisma.$queryRaw`select shop from event`", 1],
    ["prisma.$executeRaw`update destination set state = 'paused' where id = ${id}::uuid`", 1],
    ["prisma.$executeRaw`delete from quarantine where received_at < ${then}`", 1],
    ["prisma.$queryRaw`select 1 from event join shop on domain = event.shop`", 1],
    ["prisma.$queryRawUnsafe('select * from event')", 1],
    ["prisma.$executeRaw(Prisma.sql`delete from attempt`)", 1],
    ["prisma.$queryRaw`select 1 from event where shop = ${shop}`", 0],
    ["prisma.$queryRaw`select 1 from shop where domain = ${shop}`", 0],
    ["prisma.$executeRaw`insert into settings (shop, version) values (${shop}, 1)`", 0],
    ["prisma.$queryRaw`-- every shop: the sweep looks for what is due\nselect 1 from event`", 0],
    ["prisma.$queryRaw`-- every shop:\nselect 1 from event`", 1],
    ["prisma.$queryRaw`select 1`", 0],
    ["prisma.$queryRaw`select 1 from housekeeping`", 0],
  ])("%s: %i", (code, problems) => {
    expect(problemsOf(code)).toBe(problems);
  });

  test("are the tables of the schema that have a shop", () => {
    expect(tenantTables()).toEqual(
      expect.arrayContaining(["shop", "destination", "event", "delivery", "browser_context"]),
    );
    expect(tenantTables()).not.toContain("housekeeping");
  });
});

test("docs/every-shop.md lists exactly the files whose queries are about every shop", () => {
  const files = readdirSync(path.join(ROOT, "app"), { recursive: true, encoding: "utf8" })
    .map((file) => `app/${file}`)
    .filter((file) => file.endsWith(".server.ts") && file !== "app/database/tenancy.server.ts")
    .filter((file) => EVERY_SHOP.test(read(file)) || /\beveryShop\(/.test(read(file)));
  const listed = [...read("docs/every-shop.md").matchAll(/^\| `(app\/[^`]+)`/gm)].map(([, file]) => file);
  expect(listed).toEqual(files.sort());
});
