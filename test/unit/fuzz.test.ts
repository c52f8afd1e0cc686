import { expect, test } from "vitest";
import { fuzzParser } from "../programs/fuzz/fuzz-parser.ts";
import { LEAD_PARSERS, PARSERS } from "../programs/fuzz/parsers.ts";

// Other cases in every run; a failure names its seed.
const SEED = Math.floor(Math.random() * 2 ** 31);
const CASES = 2_000;
// Those of leads have a file of their own, with more cases.
const OTHERS = PARSERS.filter((parser) => !LEAD_PARSERS.includes(parser));

test.each(OTHERS)("$name: no input crashes it, and what it accepts keeps its promises", async (parser) => {
  const { result, crashes } = await fuzzParser(parser, { cases: CASES, seed: SEED });
  expect(crashes).toEqual([]);
  expect(result).toMatchObject({ cases: CASES, crashes: 0 });
});
