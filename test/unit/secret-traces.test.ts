import { expect, test } from "vitest";

import { secretsIn } from "../support/secret-traces.ts";

test.each([
  ["in plain", "?token=marked+a/secret~text-0f9a"],
  ["encoded for an address", encodeURIComponent("marked+a/secret~text-0f9a")],
  ["in base64, at any place of a longer text", Buffer.from("x:marked+a/secret~text-0f9a:y").toString("base64")],
  ["in base64 for an address", Buffer.from("xyz marked+a/secret~text-0f9a").toString("base64url")],
  ["in hex", Buffer.from("marked+a/secret~text-0f9a").toString("hex")],
  ["as JSON with escaped slashes", JSON.stringify("marked+a/secret~text-0f9a").replaceAll("/", "\\/")],
])("the search finds a secret %s", (_form, output) => {
  const secret = { name: "a", text: "marked+a/secret~text-0f9a" };
  expect(secretsIn(`before ${output} after`, [secret])).toEqual(["a"]);
  expect(secretsIn("nothing here", [secret])).toEqual([]);
});
