import process from "node:process";
import { parseArgs } from "node:util";
import { type ChaosReport, runChaos } from "./chaos/run-chaos.ts";

const HELP = `Usage: npm run chaos [-- --minutes N] [--rate N] [--embedded] [--json]

Sells at a steady rate, with twenty storefront events to an order, while it kills processes, makes Meta fail in nine
ways, restarts the database, and lets webhooks come twice, out of order and not at all. Then it heals everything, waits,
and compares what the shops sold, and what browsers posted and the collector took, with what the simulated Meta counted
and what the ledger says of it.

  --minutes N   how long to break things (default 1); less than 1 leaves out the faults that would outlast it
  --rate N      orders each second, each with a visit of twenty events (default 15)
  --embedded    one process on the embedded database, with the faults that apply to it;
                otherwise two web and two worker processes on a PostgreSQL server that comes from npm
  --json        one JSON object on stdout (progress goes to stderr)

Exit codes: 0 nothing lost and nothing counted twice, 1 otherwise (each case is named on stderr), 2 wrong use.
`;

const say = (line: string): void => void process.stderr.write(`chaos: ${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "1" },
      rate: { type: "string", default: "15" },
      embedded: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (!(minutes > 0) || !(rate > 0)) {
    process.stderr.write(`--minutes and --rate must be numbers above 0\n\n${HELP}`);
    return 2;
  }
  const { report, problems } = await runChaos({ minutes, rate, embedded: values.embedded, say });
  process.stdout.write(`${values.json ? JSON.stringify(report) : inWords(report)}\n`);
  for (const problem of problems) say(problem);
  return problems.length === 0 ? 0 : 1;
}

function inWords(report: ChaosReport): string {
  const { orders, delivered, lost, doubleCounted, resent, late, withheld, faults, storefront } = report;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ") || "none";
  return [
    `${orders} orders: ${delivered} delivered, ${lost} lost, ${doubleCounted} counted twice.`,
    `${resent} sent again because an answer was lost; ${late} delivered more than a minute after the sale.`,
    `Not sent on purpose: ${list(withheld)}.`,
    ...storefrontInWords(storefront),
    `Faults: ${list(faults)}.`,
  ].join("\n");
}

const storefrontInWords = (report: ChaosReport["storefront"]): readonly string[] => [
  `${report.sent} storefront events: ${report.delivered} delivered, ${report.withheld} withheld because the visitor ` +
    `declined, ${report.refused} refused by Meta, ${report.lost} lost, ${report.doubleCounted} counted twice.`,
  `${report.resent} of them sent again because an answer was lost; ${report.unanswered} posts never answered.`,
];

process.exitCode = await main();
