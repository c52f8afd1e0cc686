import { NoDeprecatedCustomRule, parse, specifiedRules, validate } from "graphql";
import { expect, test } from "vitest";

import * as privacy from "../../app/shopify/admin/privacy-operations.server.ts";
import * as operations from "../../app/shopify/admin/publish-operations.server.ts";
import { adminSchema } from "../simulators/shopify/admin-graphql.ts";

test("every operation is valid in Shopify's 2026-10 schema and uses nothing deprecated", () => {
  const rules = [...specifiedRules, NoDeprecatedCustomRule];
  const documents = Object.entries({ ...operations, ...privacy }).flatMap(([name, value]) =>
    typeof value === "string" ? [{ name, value }] : [],
  );
  expect(documents).toHaveLength(7);
  for (const { name, value } of documents) {
    expect(
      validate(adminSchema(), parse(value), rules).map((error) => error.message),
      name,
    ).toEqual([]);
  }
});
