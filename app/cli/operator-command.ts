import { parseArgs } from "node:util";
import { orderId, shopDomain, type ShopDomain } from "../event-contract/event-id.ts";
import type { Seen } from "../access/types.ts";
import type { ReplayOutcome } from "../pipeline/replay-quarantined.ts";
import type { ConsentQuery, ConsentRecord } from "../ledger/consent-log.server.ts";
import type { Quarantined, QuarantinedPayload } from "../ledger/quarantine.server.ts";
import type { Comparison } from "../jobs/reconcile-orders.ts";
import { consentCsv } from "./consent-csv.ts";
import { refuseLongGroups } from "./short-options.ts";
import type { ShopCommandResult } from "./shop-command.ts";

export type OperatorPorts = {
  readonly installedShops: () => Promise<readonly ShopDomain[]>;
  readonly reconcile: (shop: ShopDomain) => Promise<Comparison>;
  readonly quarantined: (which: { shop: ShopDomain | null; replayed: boolean }) => Promise<readonly Quarantined[]>;
  readonly open: (id: bigint) => Promise<QuarantinedPayload | null>;
  /** Records that the operator saw a shop's data. */
  readonly noteSeen: (shop: ShopDomain, seen: Seen) => void;
  readonly replay: (payload: QuarantinedPayload) => Promise<ReplayOutcome>;
  readonly consents: (shop: ShopDomain, query: ConsentQuery) => Promise<readonly ConsentRecord[]>;
  readonly now: () => Date;
};

export const RECONCILE_HELP = `Usage: npm run reconcile -- (--shop x.myshopify.com | --all) [--json]

Compares a shop's orders at Shopify with the ledger and makes events for those that are missing. The worker does this
every hour by itself; this does it now, and counts the orders of the last minutes too.

  --shop S   one shop
  --all      every installed shop
  --json     one JSON object on stdout: {"shops": [report, ...]}

Exit codes: 0 done, 1 Shopify did not let the orders be read (the reason is printed), 2 wrong use.`;

export const QUARANTINE_HELP = `Usage: npm run quarantine -- <command> [options]

Payloads of Shopify that could not be read are kept here, sealed.

Commands
  list    [--shop S] [--replayed]   what is there, without contents
  show    --id N                    one payload, opened: it holds personal data
  replay  (--id N | --all) [--shop S]
          gives it to today's parser; what can be read now goes the webhook's way, the rest stays

Options
  --json    one JSON object on stdout
  --help    this text

Exit codes: 0 done, 1 not found, or still unreadable, 2 wrong use.`;

export const CONSENT_HELP = `Usage: npm run consent -- export --shop x.myshopify.com [--order ID | --since 2026-11-01] [--json]

The consent receipt of every event: what was decided, by which rule, whose policy, from what the browser said, and when.
Nothing in it says who the person was; a data request names an order. CSV, or JSON for machines.

  --shop S      one shop
  --order ID    one order's events, whenever they are from
  --since DATE  what came in since that day, UTC (default: 30 days ago)
  --json        one JSON object on stdout: {"shop", "receipts": [...]}

Exit codes: 0 done, 2 wrong use.`;

const HELP: Readonly<Record<string, string>> = {
  reconcile: RECONCILE_HELP,
  quarantine: QUARANTINE_HELP,
  consent: CONSENT_HELP,
};

const OPTIONS = {
  shop: { type: "string" },
  id: { type: "string" },
  order: { type: "string" },
  since: { type: "string" },
  all: { type: "boolean" },
  replayed: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

type Values = ReturnType<typeof parse>["values"];
function parse(argv: readonly string[]) {
  refuseLongGroups(argv);
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

type Done = { readonly exitCode: 0 | 1; readonly facts: object; readonly text: string };
type Command = (values: Values, ports: OperatorPorts) => Promise<Done | "wrong-use">;

/**
 * `reconcile …`, `quarantine …` and `consent …`. Prints nothing itself, because a running app answers other processes.
 */
export async function runOperatorCommand(argv: readonly string[], ports: OperatorPorts): Promise<ShopCommandResult> {
  const [group = "", ...rest] = argv;
  const help = helpOf(group);
  const given = parsed(rest);
  if ("problem" in given) return { exitCode: 2, stdout: "", stderr: `${given.problem}\n\n${help}\n` };
  const { values, positionals } = given;
  if (values.help) return { exitCode: 0, stdout: `${help}\n`, stderr: "" };
  const done = await commandNamed([group, ...positionals].join(" "))?.(values, ports);
  return done === undefined || done === "wrong-use"
    ? { exitCode: 2, stdout: "", stderr: `${help}\n` }
    : { exitCode: done.exitCode, stdout: printed(done, values.json === true), stderr: "" };
}

// Ignores inherited names such as `constructor`.
const commandNamed = (name: string): Command | undefined =>
  Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
const helpOf = (group: string): string => (Object.hasOwn(HELP, group) && HELP[group]) || QUARANTINE_HELP;

const printed = ({ facts, text }: Done, asJson: boolean): string => `${asJson ? JSON.stringify(facts) : text}\n`;

function parsed(argv: readonly string[]): ReturnType<typeof parse> | { readonly problem: string } {
  try {
    return parse(argv);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

export const isOperatorCommand = ([group = ""]: readonly string[]): boolean => Object.hasOwn(HELP, group);

const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1000;

/** Without a shop these commands cover every shop's payloads, so a mistyped shop must not count as none. */
const isMistyped = (shop: string | undefined): boolean => shop !== undefined && shopDomain(shop) === null;

const COMMANDS: Readonly<Record<string, Command>> = {
  async reconcile({ shop: name, all }, ports) {
    const shop = shopDomain(name);
    if ((shop === null) === !all) return "wrong-use";
    const reports: Comparison[] = [];
    for (const domain of shop === null ? await ports.installedShops() : [shop]) {
      reports.push(await ports.reconcile(domain));
    }
    return {
      exitCode: reports.some(({ problem }) => problem !== null) ? 1 : 0,
      facts: { shops: reports },
      text: reports.map(inWords).join("\n") || "No shop is installed.",
    };
  },

  async "consent export"({ shop: name, order, since }, ports) {
    const shop = shopDomain(name);
    const which = order === undefined ? null : orderId(order);
    const from = since === undefined ? ports.now().getTime() - THIRTY_DAYS_MS : Date.parse(since);
    if (shop === null || (order !== undefined && which === null) || Number.isNaN(from)) return "wrong-use";
    const receipts = await ports.consents(shop, { orderId: which, since: new Date(from) });
    const subject = which === null ? { kind: "consent" as const } : { kind: "order-consent" as const, name: which };
    ports.noteSeen(shop, { kind: "export", subject });
    return { exitCode: 0, facts: { shop, receipts }, text: consentCsv(receipts) };
  },

  async "quarantine list"({ shop: name, replayed = false }, ports) {
    if (isMistyped(name)) return "wrong-use";
    const rows = await ports.quarantined({ shop: shopDomain(name), replayed });
    const text = rows
      .map(({ id, receivedAt, shop, topic, problem, detail }) =>
        [String(id), receivedAt.toISOString(), shop, topic, `${problem}: ${detail}`].join("  "),
      )
      .join("\n");
    return { exitCode: 0, facts: { quarantine: rows.map(plain) }, text: text || "The quarantine is empty." };
  },

  async "quarantine show"({ id }, ports) {
    const payload = await opened(id, ports);
    if (payload === null) return missing(id);
    const { body, ...facts } = payload;
    ports.noteSeen(payload.shop, { kind: "quarantined", subject: { kind: "payload", name: String(facts.id) } });
    return { exitCode: 0, facts: { ...plain(facts), body }, text: body };
  },

  async "quarantine replay"({ id, all, shop }, ports) {
    if ((id === undefined) === !all || isMistyped(shop)) return "wrong-use";
    const ids = all
      ? (await ports.quarantined({ shop: shopDomain(shop), replayed: false })).map((row) => row.id)
      : [id];
    const replayed: { id: string; outcome: ReplayOutcome }[] = [];
    for (const payloadId of ids) {
      const payload = await opened(String(payloadId), ports);
      if (payload === null) return missing(String(payloadId));
      replayed.push({ id: String(payloadId), outcome: await ports.replay(payload) });
    }
    const isStuck = replayed.some(({ outcome }) => outcome === "quarantined");
    const text = replayed.map(
      (replay) => `${replay.id}  ${replay.outcome === "quarantined" ? "still unreadable" : replay.outcome}`,
    );
    return { exitCode: isStuck ? 1 : 0, facts: { replayed }, text: text.join("\n") || "The quarantine is empty." };
  },
};

const opened = (id: string | undefined, ports: OperatorPorts): Promise<QuarantinedPayload | null> =>
  id !== undefined && /^\d{1,18}$/.test(id) ? ports.open(BigInt(id)) : Promise.resolve(null);

const missing = (id: string | undefined): Done => ({
  exitCode: 1,
  facts: { problem: "not-found" },
  text: `The quarantine has no payload ${id ?? "without --id"}.`,
});

/** JSON has no bigint. */
const plain = ({ id, ...rest }: Quarantined): object => ({ id: String(id), ...rest });

function inWords({ shop, orders, missing: count, found, withheld, message }: Comparison): string {
  const lines = [`${shop}: ${orders} orders compared, ${count} missing.`];
  for (const order of found) lines.push(`  ${order.orderId}  ${order.because}  ${order.outcome}`);
  const reasons = Object.entries(withheld).map(([reason, number]) => `${reason} ${number}`);
  if (reasons.length > 0) lines.push(`  withheld: ${reasons.join(", ")}`);
  if (message !== null) lines.push(`  not finished: ${message}`);
  return lines.join("\n");
}
