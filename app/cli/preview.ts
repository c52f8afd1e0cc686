import { readFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { assumedCosts } from "../dry-run/assumed-costs.ts";
import { assumedBrowser, assumedProfile } from "../dry-run/assumptions.ts";
import { type DryRunGiven, dryRunOrder } from "../dry-run/dry-run-order.ts";
import type { ParsedInput } from "../settings/types.ts";
import { ENGLISH } from "../wording/english.ts";
import { problemIn } from "../wording/field-problem-words.ts";
import { dryRunCheckout } from "./dry-run/checkout.ts";
import { inWords } from "./dry-run/in-words.ts";

const HELP = `Usage: npm run preview -- order FILE [options]
       npm run preview -- checkout FILE [options]

A dry run: what would be sent for an order's webhook payload, or for a customer event (or its checkout) of the web
pixel, and why. It writes nothing, sends nothing and needs no database.

Options
  --settings FILE   the shop's settings as JSON (default: those of a new shop, with one pixel); for net revenue it may
                    say what pieces cost: "unitCosts": {"41001": "7.50 EUR"}, by variant
  --context FILE    what the browser reported as JSON: consent {"marketing", "saleOfData"}, fbp, fbc, ip, userAgent,
                    url, referrer (default: no browser reported anything)
  --now TIME        ISO 8601 (default: the payload's own time, so that an old one is not merely too old)
  --json            one JSON object on stdout
  --help            this text

State: send, wait (for its payment), withheld or refused. A file that holds no order is refused, and the reason names
the field. FILE may be - for standard input.
Exit codes: 0 printed, 2 wrong use or an unreadable file.`;

class WrongUse extends Error {}

async function main(argv: readonly string[]): Promise<string> {
  const { values, positionals } = options(argv);
  if (values.help) return `${HELP}\n`;
  const [kind, file, ...more] = positionals;
  if ((kind !== "order" && kind !== "checkout") || file === undefined || more.length > 0) {
    throw new WrongUse("Name what to read: order FILE, or checkout FILE. See --help.");
  }
  const given = givenBy(values);
  const result = kind === "order" ? dryRunOrder(read(file), given) : await dryRunCheckout(read(file), given);
  return values.json ? `${JSON.stringify(result)}\n` : `${inWords(result)}\n`;
}

function givenBy({ settings, context, now: time }: ReturnType<typeof options>["values"]): DryRunGiven {
  const file = settings === undefined ? null : read(settings);
  const profile = valueOf(assumedProfile(file), settings);
  const costs = valueOf(assumedCosts(file), settings);
  const now = time === undefined ? null : new Date(time);
  if (now !== null && Number.isNaN(now.getTime())) throw new WrongUse(`--now: ${String(time)} is no time.`);
  if (context === undefined) return { profile, browser: null, now, costs };
  return {
    profile,
    costs,
    now,
    browser: valueOf(assumedBrowser(read(context), profile.shop, now ?? new Date()), context),
  };
}

function options(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        settings: { type: "string" },
        context: { type: "string" },
        now: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

function read(file: string): string {
  try {
    return readFileSync(file === "-" ? process.stdin.fd : file, "utf8");
  } catch (error) {
    throw new WrongUse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function valueOf<T>(answer: ParsedInput<T>, file: string | undefined): T {
  if (answer.ok) return answer.value;
  throw new WrongUse(
    answer.problems.map((problem) => `${file ?? ""}: ${problem.field}: ${problemIn(ENGLISH, problem)}`).join("\n"),
  );
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof WrongUse)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
