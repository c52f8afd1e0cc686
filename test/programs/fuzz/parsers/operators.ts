import { parseEnv } from "node:util";
import fc from "fast-check";
import { consentCsv } from "../../../../app/cli/consent-csv.ts";
import { dryRunCheckout } from "../../../../app/cli/dry-run/checkout.ts";
import { inWords } from "../../../../app/cli/dry-run/in-words.ts";
import { isOperatorCommand, type OperatorPorts, runOperatorCommand } from "../../../../app/cli/operator-command.ts";
import { runShopCommand, type ShopCommandPorts } from "../../../../app/cli/shop-command.ts";
import { assumedCosts } from "../../../../app/dry-run/assumed-costs.ts";
import { assumedBrowser, assumedProfile } from "../../../../app/dry-run/assumptions.ts";
import { dryRunOrder } from "../../../../app/dry-run/dry-run-order.ts";
import { EnvProblem, readEnv } from "../../../../app/env/env.server.ts";
import type { ConsentRecord } from "../../../../app/ledger/consent-log.server.ts";
import { anOrderWebhook } from "../../../fixtures/orders/order-webhook.ts";
import { aCheckout } from "../../../fixtures/orders/pixel-checkout.ts";
import { aShopDomain, settingsWith } from "../../../fixtures/orders/settings.ts";
import { jsonLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectSame, expectThat } from "../invariants.ts";
import { fuzzed, fuzzedAsync } from "../of-inputs.ts";

const ENV: Readonly<Record<string, string>> = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret-of-the-app",
  SHOPIFY_APP_URL: "https://tandem.example.com",
  SCOPES: "read_orders,write_pixels",
  DATABASE_URL: "postgresql://localhost/tandem",
  TANDEM_ENCRYPTION_KEYS: "k1:bR0Tn1VnU2b4V1kqkX6uS1m3q0yYk0m1kQf0l3l8y6M=",
  META_GRAPH_URL: "https://graph.facebook.com",
  META_GRAPH_VERSION: "v27.0",
  PORT: "3000",
  TANDEM_ROLE: "all",
  LOG_LEVEL: "info",
  TRUST_PROXY: "1",
  TANDEM_ALERT_WEBHOOK_URL: "https://example.com/hook",
  TANDEM_ALERT_SECRET: "0123456789abcdef",
  TANDEM_KEEP_LEDGER_DAYS: "396",
  TANDEM_COLLECT_PER_SHOP: "30000",
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318",
  OTEL_TRACES_SAMPLER_ARG: "0.5",
  TANDEM_PUBSUB_AUDIENCE: "https://tandem.example.com/webhooks/pubsub",
  TANDEM_PUBSUB_SERVICE_ACCOUNT: "push@example.iam.gserviceaccount.com",
  TANDEM_EVENTBRIDGE_TOKEN: "0123456789abcdef",
};
const variable = fc
  .constantFrom(...Object.keys(ENV))
  .chain((name) => fc.tuple(fc.constant(name), textLike(ENV[name] ?? "")));

export const environments = fuzzed("environment", fc.array(variable, { maxLength: 4 }), (changes) => {
  try {
    const env = readEnv({ ...ENV, ...Object.fromEntries(changes) });
    for (const [name, value] of Object.entries(env)) {
      if (typeof value === "number") expectThat(Number.isFinite(value) && value >= 0, `${name} is a number`);
    }
    expectThat(new URL(env.appUrl).origin === env.appUrl, "the app's address is an origin");
    expectThat(
      env.encryptionKeys.every(({ key }) => key.length === 32),
      "a key has 32 bytes",
    );
  } catch (error) {
    if (!(error instanceof EnvProblem)) throw error;
    expectThat(error.problems.length > 0, "a refused start says why");
  }
});

const FILE = Object.entries(ENV)
  .map(([name, value]) => `${name}="${value}" # x`)
  .join("\n");
export const envFiles = fuzzed(".env", textLike(FILE), (text) => {
  try {
    readEnv(parseEnv(text));
  } catch (error) {
    if (!(error instanceof EnvProblem)) throw error;
  }
});

const PROFILE = { shop: aShopDomain(), ingestKey: "k1", installed: true, settings: settingsWith(), pixels: [] };
const nothing = async () => undefined;
/** A shop that is known, whose changes go nowhere. */
const SHOP_PORTS = {
  settings: {
    profile: async () => PROFILE,
    ensureShop: async () => PROFILE,
    connect: async () => ({ metaPixelId: "1", state: "active" }),
    list: async () => [PROFILE],
    save: async () => PROFILE.settings,
    setState: nothing,
    setFilter: nothing,
  },
  unitCosts: { stateOf: async () => ({ withCost: 0, variants: 0, problem: null }) },
  crmHooks: { make: async () => ({ id: "h", preset: "generic" }), list: async () => [] },
  disconnect: async () => false,
  changed: nothing,
  releaseHeld: nothing,
} as unknown as ShopCommandPorts;
const OPERATOR_PORTS = {
  installedShops: async () => [aShopDomain()],
  reconcile: async () => ({ shop: aShopDomain(), orders: 0, missing: 0, found: [], withheld: {}, problem: null }),
  quarantined: async () => [],
  open: async () => null,
  replay: async () => "quarantined",
  noteSeen: () => undefined,
  consents: async () => [],
  now: () => new Date("2026-11-23T12:00:00Z"),
} as unknown as OperatorPorts;

const SHOP_WORDS =
  "connect list show set filter map pause resume disconnect make-hook hooks map-hook rotate-hook revoke-hook --preset generic --name CRM --hook --secret --mapping {} --example --shop tea.myshopify.com --pixel 1234567890123456 --token EAAB0123456789 --trigger paid --order-rules --forms --no-answer --countries --events --event Purchase --as --legs off --primary --json --context-wait".split(
    " ",
  );
const OPERATOR_WORDS =
  "reconcile quarantine consent list show replay export --shop tea.myshopify.com --id 1 --order 1 --since 2026-11-01 --all --replayed --json --help".split(
    " ",
  );
const words = (known: readonly string[]) =>
  fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: hostileText }), {
    maxLength: 7,
  });

export const commandLines = fuzzedAsync("command line: shop", words(SHOP_WORDS), async (argv) => {
  const { exitCode, stdout, stderr } = await runShopCommand(argv, SHOP_PORTS);
  expectThat(exitCode === 0 ? stdout !== "" : stderr !== "", "a command prints what it did, or why not");
});

export const operatorCommandLines = fuzzedAsync("command line: operators", words(OPERATOR_WORDS), async (argv) => {
  if (!isOperatorCommand(argv)) return;
  const { exitCode, stdout, stderr } = await runOperatorCommand(argv, OPERATOR_PORTS);
  expectThat([stdout, stderr].join("") !== "" || exitCode === 0, "a command prints what it did, or why not");
});

const SETTINGS = JSON.stringify({
  shop: "tea.myshopify.com",
  settings: {
    purchaseTrigger: "paid",
    mapping: { primary: "Lead", rules: { Purchase: { as: "Order", legs: "both" } } },
  },
  orders: { netRevenue: true },
  destinations: [{ pixelId: "1234567890123456", countries: ["de"], channels: ["online"], eventsOff: ["Lead"] }],
  unitCosts: { "41001": "7.50 EUR" },
});
const CONTEXT = JSON.stringify({
  consent: { marketing: true, saleOfData: true },
  fbp: "fb.1.1763000000000.1",
  fbc: null,
  ip: "203.0.113.7",
  userAgent: "Mozilla/5.0",
  url: "https://tea.example.com/",
  referrer: null,
});
const CHECKOUT = JSON.stringify({ checkout: aCheckout() });
const EVENT = JSON.stringify({
  name: "checkout_completed",
  timestamp: "2026-11-20T15:15:30Z",
  data: { checkout: aCheckout() },
});

const given = fc.tuple(fc.option(jsonLike(SETTINGS)), fc.option(jsonLike(CONTEXT)));

function givenBy([settings, context]: readonly [string | null, string | null]) {
  const [profile, costs] = [assumedProfile(settings), assumedCosts(settings)];
  if (!profile.ok || !costs.ok) return null;
  expectThat(
    profile.value.pixels.every(({ metaPixelId }) => typeof metaPixelId === "string"),
    "a pixel has an id",
  );
  const browser =
    context === null ? null : assumedBrowser(context, profile.value.shop, new Date("2026-11-23T12:00:00Z"));
  if (browser !== null && !browser.ok) return null;
  return { profile: profile.value, browser: browser && browser.value, costs: costs.value, now: null };
}

export const orderPreviews = fuzzed(
  "dry run of an order",
  fc.tuple(jsonLike(anOrderWebhook()), given),
  ([order, files]) => {
    const assumed = givenBy(files);
    if (assumed !== null) expectThat(inWords(dryRunOrder(order, assumed)) !== "", "a dry run says what it comes to");
  },
);

export const checkoutPreviews = fuzzedAsync(
  "dry run of a checkout",
  fc.tuple(jsonLike(CHECKOUT, EVENT), given),
  async ([event, files]) => {
    const assumed = givenBy(files);
    if (assumed === null) return;
    expectThat(inWords(await dryRunCheckout(event, assumed)) !== "", "a dry run says what it comes to");
  },
);

const stored = fc.oneof(fc.nat(2 ** 40), fc.constantFrom(1e300, -1e300, 864e13, 864e13 + 1, 0.5));
const signal = fc.option(fc.record({ marketing: fc.boolean(), saleOfData: fc.boolean(), at: stored }));
const record = fc.record({
  eventName: fc.constant("Purchase"),
  eventId: hostileText,
  orderId: fc.option(hostileText),
  happenedAt: fc.date({ noInvalidDate: true }),
  state: fc.constant("withheld"),
  reason: fc.option(hostileText),
  consent: fc.option(
    fc.record({
      decision: hostileText,
      rule: hostileText,
      region: fc.option(hostileText),
      policy: fc.constant(null),
      signal,
      decidedAt: stored,
    }),
  ),
  lateSignal: signal,
});

/** Whatever an older version has stored, the export shows it. */
export const consentExports = fuzzed("consent export", fc.array(record, { maxLength: 3 }), (records) => {
  const csv = consentCsv(records as unknown as readonly ConsentRecord[]);
  const rows = rowsOf(csv);
  expectSame(rows.length, records.length + 1, "a record is a row");
  for (const row of rows) expectSame(row.length, rows[0]?.length, "every row has the header's cells");
  expectThat(
    rows.every((row) => row.every((cell) => !/^[=+@\t\r]/.test(cell))),
    "no cell is a formula",
  );
});

/** RFC 4180. */
function rowsOf(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}
