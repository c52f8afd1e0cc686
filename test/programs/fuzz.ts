import process from "node:process";
import { parseArgs } from "node:util";
import { fuzzParser } from "./fuzz/fuzz-parser.ts";
import type { Crash, FuzzedParser, FuzzedResult } from "./fuzz/parser.ts";
import { fuzzOverHttp, openHttpWays } from "./fuzz/over-http.ts";
import { PARSERS } from "./fuzz/parsers.ts";

const HELP = `Usage: npm run fuzz [-- --cases N] [--seed S] [--parser WORD] [--over-http] [--json]

Feeds every parser valid samples with strange values, damaged text and plain nonsense. A crash is an exception where the
parser's contract knows none, a broken promise about what is accepted, a change to what all objects share, an answer that
takes more than 100 ms however often it is repeated, or none at all.

  --cases N      cases for each parser (default 2000; 100000 before a release)
  --seed S       where the cases begin (default: another one each time; a crash names its own)
  --parser WORD  only the parsers whose name contains WORD
  --over-http    instead of the parsers: bodies with the right proof, posted to a running app at each way in for leads;
                 an answer of 5xx is a crash
  --json         one JSON object on stdout (crashes go to stderr)

Exit codes: 0 no crash, 1 a crash (its shrunk input is printed), 2 wrong use.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", default: "2000" },
      seed: { type: "string" },
      parser: { type: "string", default: "" },
      "over-http": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const cases = Number(values.cases);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const parsers = PARSERS.filter(({ name }) => name.toLowerCase().includes(values.parser.toLowerCase()));
  if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed) || parsers.length === 0) {
    process.stderr.write(`--cases and --seed are whole numbers, and --parser is part of a parser's name\n\n${HELP}`);
    return 2;
  }
  const run = { cases, seed, asJson: values.json };
  return values["over-http"] ? postHostileBodies(run) : fuzz(parsers, run);
}

type Run = { readonly cases: number; readonly seed: number; readonly asJson: boolean };

async function fuzz(parsers: readonly FuzzedParser[], { cases, seed, asJson }: Run): Promise<0 | 1> {
  const results: Record<string, FuzzedResult> = {};
  let isClean = true;
  if (!asJson) process.stdout.write(`seed ${seed}\n`);
  for (const parser of parsers) {
    const { result, crashes } = await fuzzParser(parser, { cases, seed });
    results[parser.name] = result;
    isClean &&= crashes.length === 0;
    for (const crash of crashes) process.stderr.write(inWords(crash));
    if (!asJson) process.stdout.write(`${line(parser.name, result)}\n`);
  }
  if (asJson) process.stdout.write(`${JSON.stringify({ parsers: results })}\n`);
  return isClean ? 0 : 1;
}

async function postHostileBodies({ cases, seed, asJson }: Run): Promise<0 | 1> {
  const { ways, close } = await openHttpWays();
  const results: Record<string, FuzzedResult> = {};
  try {
    if (!asJson) process.stdout.write(`seed ${seed}\n`);
    for (const way of ways) {
      const { failures, slowest_ms } = await fuzzOverHttp(way, { cases, seed });
      const result = { cases, crashes: failures.length, slowest_ms };
      results[way.name] = result;
      for (const { status, body } of failures) {
        process.stderr.write(inWords({ parser: way.name, problem: `answered ${status}`, input: body, seed }));
      }
      if (!asJson) process.stdout.write(`${line(way.name, result)}\n`);
    }
  } finally {
    await close();
  }
  if (asJson) process.stdout.write(`${JSON.stringify({ ways: results })}\n`);
  return Object.values(results).some(({ crashes }) => crashes > 0) ? 1 : 0;
}

const line = (name: string, { cases, crashes, slowest_ms }: FuzzedResult): string =>
  `${name.padEnd(30)} ${String(cases).padStart(7)} cases  ${crashes} crashes  slowest ${slowest_ms} ms`;

const inWords = ({ parser, problem, input, seed }: Crash): string =>
  `${parser}, seed ${seed}: ${problem}\n  input: ${input}\n`;

process.exitCode = await main();
