import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLossless } from "../../app/shopify/webhooks/lossless-json.ts";

const digits = fc.bigInt({ min: 10n ** 13n, max: 10n ** 19n });
const leaf = fc.oneof(
  digits.map((n) => ({ json: String(n), read: n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : String(n) })),
  digits.map((n) => ({ json: String(-n), read: n <= BigInt(Number.MAX_SAFE_INTEGER) ? -Number(n) : String(-n) })),
  digits.map((n) => ({ json: `"${n}"`, read: String(n) })),
  fc.stringMatching(/^[0-9a-f]{0,70}$/).map((text) => ({ json: `"${text}"`, read: text })),
  fc.integer().map((n) => ({ json: `${n}.5e0`, read: Number(`${n}.5`) })),
);
const gap = fc.constantFrom("", "", " ", "\n  ");

test("an ID of any size is preserved anywhere in the payload, and nothing else changes", () => {
  const document = fc.array(fc.tuple(fc.stringMatching(/^[a-z0-9]{0,20}$/), gap, leaf, gap), { maxLength: 12 });
  fc.assert(
    fc.property(document, (fields) => {
      const json = fields.map(([name, before, { json: text }, after]) => `["${name}",${before}${text}${after}]`);
      const read = fields.map(([name, , { read: value }]) => [name, value]);
      expect(parseLossless(`[${json.join(",")}]`)).toEqual(read);
    }),
    { numRuns: 5_000 },
  );
});

test("a megabyte of digits is parsed in one pass", () => {
  const long = "7".repeat(1_000_000);
  expect(parseLossless(`{"note":"${long}","id":9007199254740993123}`)).toEqual({
    note: long,
    id: "9007199254740993123",
  });
});
