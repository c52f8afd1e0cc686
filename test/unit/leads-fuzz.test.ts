import { expect, test } from "vitest";
import { fuzzParser } from "../programs/fuzz/fuzz-parser.ts";
import { LEAD_PARSERS } from "../programs/fuzz/parsers.ts";

// Other cases in every run; a failure names its seed.
const SEED = Math.floor(Math.random() * 2 ** 31);
const CASES = 5_000;

test.each(LEAD_PARSERS)("$name: none of 5,000 bodies makes it fail", async (parser) => {
  const { result, crashes } = await fuzzParser(parser, { cases: CASES, seed: SEED });
  expect(crashes).toEqual([]);
  expect(result).toMatchObject({ cases: CASES, crashes: 0 });
});
