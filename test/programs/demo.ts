import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { hostResolverRules, launchChromium, newShopper } from "../simulators/browser.ts";
import { freePort } from "../support/free-port.ts";
import { type Stack, startStack } from "../simulators/stack.ts";
import { appFrame, openAppPage } from "../simulators/merchant.ts";
import { ADMIN_URL, setUpShop, STORE } from "./demo/merchant.ts";
import { type DemoReport, reportOf, reportTable } from "./demo/report.ts";
import { buyMug } from "./demo/shopper.ts";
import { keptKey } from "./kept-key.ts";

const HELP = `Usage: npm run demo [-- --once] [--json]

Starts the app with a simulated Shopify and a simulated Meta, lets a merchant install it and a shopper buy something in
Chromium, and prints what Meta received. Then it stays up for clicking around, until Ctrl+C.

  --once    end after the run
  --json    one JSON object on stdout (progress goes to stderr)

Exit codes: 0 every order counted exactly once, 1 a purchase is missing, doubled or differs.
`;

const DATA = ".data/demo";
const ARRIVAL_MS = 30_000;

const say = (line: string): void => void process.stderr.write(`demo: ${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      once: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  say("starting the app, Shopify and Meta ...");
  const env = { TANDEM_ENCRYPTION_KEYS: await keptKey(DATA) };
  const stack = await startStack({ dataDir: DATA, ports: await stablePorts(), env });
  try {
    const report = await run(stack);
    process.stdout.write(`${values.json ? JSON.stringify(withoutProblems(report)) : reportTable(report)}\n`);
    for (const problem of values.json ? report.problems : []) say(problem);
    if (!values.once) await stayUp(stack);
    return report.problems.length === 0 ? 0 : 1;
  } finally {
    await stack.close();
  }
}

const withoutProblems = ({ problems: _, ...report }: DemoReport): Omit<DemoReport, "problems"> => report;

async function run(stack: Stack): Promise<DemoReport> {
  const browser = await launchChromium({ hosts: stack.hosts });
  try {
    const merchant = await newShopper(browser);
    const shopper = await newShopper(browser);
    const admin = await merchant.context.newPage();
    say("the merchant installs the app, connects a pixel and switches the embed on ...");
    await setUpShop(admin);
    say("a shopper buys two mugs ...");
    const orderId = await buyMug(await shopper.context.newPage(), (name) => arrival(stack, name));
    await stack.shopify.settled();
    const report = await reportOnceArrived(stack, [orderId]);
    say("the merchant looks at the Events page ...");
    await look(admin);
    for (const problem of [...merchant.consoleErrors, ...shopper.consoleErrors]) {
      say(`in the browser's console: ${problem}`);
    }
    return report;
  } finally {
    await browser.close();
  }
}

/** The order's event waits for its receipt and the worker sends it a moment later: asks Meta until nothing is missing. */
async function reportOnceArrived({ meta }: Stack, orderIds: readonly string[]): Promise<DemoReport> {
  const until = Date.now() + ARRIVAL_MS;
  for (;;) {
    const report = reportOf(meta.received(), orderIds);
    if ((report.problems.length === 0 && report.unmerged === 0) || Date.now() > until) return report;
    await pause();
  }
}

/** Waits for both legs of the event; the report shows a leg that never arrives. */
async function arrival({ meta }: Stack, eventName: string): Promise<void> {
  const until = Date.now() + ARRIVAL_MS;
  while (!meta.received().some((event) => event.eventName === eventName && event.merged) && Date.now() < until) {
    await pause();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

async function look(admin: Page): Promise<void> {
  await admin.goto(ADMIN_URL);
  await appFrame(admin).getByRole("heading", { level: 1 }).waitFor();
  const events = await openAppPage(admin, "Events");
  await events
    .getByRole("link", { name: /Purchase/ })
    .first()
    .waitFor();
}

/** The same ports every time if they are free, so that bookmarks work. */
async function stablePorts(): Promise<{ app: number; meta: number; shopify: number }> {
  const [app, meta, shopify] = await Promise.all([4300, 4301, 4302].map(freeOr));
  return { app: app ?? 0, meta: meta ?? 0, shopify: shopify ?? 0 };
}

const freeOr = (port: number): Promise<number> => freePort(port).catch(() => freePort());

async function stayUp({ meta, hosts }: Stack): Promise<void> {
  process.stderr.write(`
Meta's Events Manager (simulated)   ${meta.httpUrl}
The admin with the app              ${ADMIN_URL}
The shop                            https://${STORE}.myshopify.com
Orders, webhooks, uninstall         https://admin.shopify.com/simulator

The last three are simulated under their true names. Open them in a Chrome that knows where they are:
  google-chrome --user-data-dir=/tmp/tandem-demo --ignore-certificate-errors --host-resolver-rules="${hostResolverRules(hosts)}" ${ADMIN_URL}

Ctrl+C ends everything.
`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

process.exitCode = await main();
