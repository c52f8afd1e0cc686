import { z } from "zod";

import { httpAddress, isThisMachine } from "./addresses.server.ts";
import { togetherWrong } from "./conflicts.ts";
import { EncryptionKeys } from "./encryption-keys.ts";
import { OPERATIONS_VARIABLES, type OperationsEnv, operationsOf } from "./operations.server.ts";
import { TrustProxy } from "./trust-proxy.server.ts";
import type { RetentionDays } from "../privacy/retention.server.ts";
import type { SealingKey } from "../database/sealing.server.ts";

export type EnvSource = Readonly<Record<string, string | undefined>>;

/** What this process does: answer HTTP, deliver events, or both. */
export type Role = "all" | "web" | "worker";

/** The app's configuration, validated once at the start. */
export type Env = {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Origin only: `https://tandem.example.com`. */
  readonly appUrl: string;
  readonly scopes: readonly string[];
  /** Undefined: the embedded PGlite in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** The first key seals; every key can open. */
  readonly encryptionKeys: readonly SealingKey[];
  /** Without a slash at its end. */
  readonly graphUrl: string;
  readonly graphVersion: string;
  readonly port: number;
  readonly role: Role;
  readonly logLevel: LogLevel;
  /** Posts per minute that one process's collector accepts. */
  readonly collectLimits: { readonly perAddress: number; readonly perShop: number };
  /** Kilobytes per minute that one process's collector stores. */
  readonly storeLimits: { readonly kbPerAddress: number; readonly kbPerShop: number };
  /** How long rows are kept, in days. */
  readonly keepDays: RetentionDays;
  /** Where alerts are posted; undefined: only the log and the Home page show them. */
  readonly alertWebhook: { readonly url: string; readonly secret: string } | undefined;
  readonly alertEmail: string | undefined;
  /** The program that takes an email on standard input. */
  readonly sendmail: string;
  /** Which proxies are trusted for the visitor's IP address: none, this many, or these addresses. */
  readonly trustProxy: false | number | readonly string[];
} & OperationsEnv;

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/** The start is refused: one sentence per missing or invalid variable, with how to fix it. */
export class EnvProblem extends Error {
  override readonly name = "EnvProblem";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(["The environment is incomplete or invalid:", ...problems.map((problem) => `- ${problem}`)].join("\n"));
    this.problems = problems;
  }
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

// Every message is a whole sentence that starts with the variable's name, because nothing else names the variable.
const says = (message: string) => ({ error: message });

const required = (message: string) => z.string(says(message)).trim().min(1, says(message));

const Scopes = required(
  "SCOPES is missing: copy access_scopes.scopes from shopify.app.toml, for example read_orders,write_pixels.",
).transform((text) =>
  text
    .split(",")
    .map((scope) => scope.trim())
    .filter((scope) => scope !== ""),
);

const AppUrl = required(
  "SHOPIFY_APP_URL is missing: it is the public address of this app, the application_url of shopify.app.toml.",
).transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isThisMachine(url))) return url.origin;
  context.addIssue("SHOPIFY_APP_URL must start with https:// (http:// is accepted for localhost and 127.0.0.1 only).");
  return z.NEVER;
});

const DatabaseUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\//,
    says("DATABASE_URL must start with postgresql://; leave it out to use the embedded database in .data."),
  )
  .optional();

const GraphUrl = httpAddress("META_GRAPH_URL", "https://graph.facebook.com", "machine")
  .default("https://graph.facebook.com")
  .transform((text) => text.replace(/\/+$/, ""));

/** A checkout of 64 kB with what is stored beside it: a smaller limit would refuse it for ever. */
const LARGEST_POST_KB = 100;

const count = (name: string, byDefault: number, least = 1) =>
  z.coerce
    .number(says(`${name} must be a number.`))
    .int(says(`${name} must be a whole number.`))
    .min(least, says(`${name} must be at least ${least}.`))
    .default(byDefault);

/** `least` is a safety bound: rows deleted too early let an order count twice, or leave no receipt to join. */
const days = (name: string, byDefault: number, least: number) =>
  z.coerce
    .number(says(`${name} must be a number of days.`))
    .int(says(`${name} must be a whole number of days.`))
    .min(least, says(`${name} must be at least ${least} days.`))
    .default(byDefault);

const Environment = z.object({
  SHOPIFY_API_KEY: required(
    "SHOPIFY_API_KEY is missing: it is the client id in the Dev Dashboard, your app, Settings.",
  ),
  SHOPIFY_API_SECRET: required(
    "SHOPIFY_API_SECRET is missing: it is the client secret in the Dev Dashboard, your app, Settings.",
  ),
  SHOPIFY_APP_URL: AppUrl,
  SCOPES: Scopes,
  DATABASE_URL: DatabaseUrl,
  TANDEM_DATA_DIR: z.string().default(".data"),
  TANDEM_ENCRYPTION_KEYS: EncryptionKeys,
  META_GRAPH_URL: GraphUrl,
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d{1,3}\.\d$/, says("META_GRAPH_VERSION must look like v27.0."))
    .default("v27.0"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, says("PORT must be a number from 0 to 65535."))
    .default("3000")
    .transform(Number)
    .refine((port) => port <= 65_535, says("PORT must be a number from 0 to 65535.")),
  TANDEM_ROLE: z.enum(["all", "web", "worker"], says("TANDEM_ROLE must be all, web or worker.")).default("all"),
  LOG_LEVEL: z.enum(LOG_LEVELS, says(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}.`)).default("info"),
  TRUST_PROXY: TrustProxy,
  TANDEM_ALERT_WEBHOOK_URL: httpAddress("TANDEM_ALERT_WEBHOOK_URL", "https://example.com/hook", "network").optional(),
  TANDEM_ALERT_SECRET: z
    .string()
    .min(16, says("TANDEM_ALERT_SECRET must have at least 16 characters: it signs the alerts."))
    .optional(),
  TANDEM_ALERT_EMAIL: z.email(says("TANDEM_ALERT_EMAIL must be one email address.")).optional(),
  TANDEM_SENDMAIL: z.string().default("/usr/sbin/sendmail"),
  TANDEM_COLLECT_PER_ADDRESS: count("TANDEM_COLLECT_PER_ADDRESS", 600),
  TANDEM_COLLECT_PER_SHOP: count("TANDEM_COLLECT_PER_SHOP", 30_000),
  // An ordinary event is stored in about one kilobyte.
  TANDEM_COLLECT_KB_PER_ADDRESS: count("TANDEM_COLLECT_KB_PER_ADDRESS", 600, LARGEST_POST_KB),
  TANDEM_COLLECT_KB_PER_SHOP: count("TANDEM_COLLECT_KB_PER_SHOP", 30_000, LARGEST_POST_KB),
  TANDEM_KEEP_CONTEXT_DAYS: days("TANDEM_KEEP_CONTEXT_DAYS", 7, 1),
  TANDEM_KEEP_BODY_DAYS: days("TANDEM_KEEP_BODY_DAYS", 30, 1),
  // Sales in a physical shop may be sent for 62 days, and only the ledger records that they were.
  TANDEM_KEEP_LEDGER_DAYS: days("TANDEM_KEEP_LEDGER_DAYS", 396, 70),
  // Meta accepts a storefront event for seven days, and it may be a day old when it expires.
  TANDEM_KEEP_STOREFRONT_DAYS: days("TANDEM_KEEP_STOREFRONT_DAYS", 14, 9),
  TANDEM_KEEP_ATTEMPT_DAYS: days("TANDEM_KEEP_ATTEMPT_DAYS", 90, 1),
  TANDEM_KEEP_WEBHOOK_DAYS: days("TANDEM_KEEP_WEBHOOK_DAYS", 30, 2),
  TANDEM_KEEP_QUARANTINE_DAYS: days("TANDEM_KEEP_QUARANTINE_DAYS", 90, 1),
  ...OPERATIONS_VARIABLES,
});

/**
 * Reads the environment; an empty value counts as absent. Throws EnvProblem, which lists every problem, so that one
 * start shows them all.
 */
export function readEnv(source: EnvSource = process.env): Env {
  const given = withoutBlanks(source);
  const parsed = Environment.safeParse(given);
  const problems = [...(parsed.error?.issues.map((issue) => issue.message) ?? []), ...togetherWrong(given)];
  if (!parsed.success || problems.length > 0) throw new EnvProblem([...new Set(problems)]);

  const env = parsed.data;
  return {
    apiKey: env.SHOPIFY_API_KEY,
    apiSecret: env.SHOPIFY_API_SECRET,
    appUrl: env.SHOPIFY_APP_URL,
    scopes: env.SCOPES,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.TANDEM_DATA_DIR,
    encryptionKeys: env.TANDEM_ENCRYPTION_KEYS,
    graphUrl: env.META_GRAPH_URL,
    graphVersion: env.META_GRAPH_VERSION,
    port: env.PORT,
    role: env.TANDEM_ROLE,
    logLevel: env.LOG_LEVEL,
    collectLimits: { perAddress: env.TANDEM_COLLECT_PER_ADDRESS, perShop: env.TANDEM_COLLECT_PER_SHOP },
    storeLimits: { kbPerAddress: env.TANDEM_COLLECT_KB_PER_ADDRESS, kbPerShop: env.TANDEM_COLLECT_KB_PER_SHOP },
    keepDays: {
      contexts: env.TANDEM_KEEP_CONTEXT_DAYS,
      bodies: env.TANDEM_KEEP_BODY_DAYS,
      ledger: env.TANDEM_KEEP_LEDGER_DAYS,
      storefront: env.TANDEM_KEEP_STOREFRONT_DAYS,
      attempts: env.TANDEM_KEEP_ATTEMPT_DAYS,
      webhooks: env.TANDEM_KEEP_WEBHOOK_DAYS,
      quarantine: env.TANDEM_KEEP_QUARANTINE_DAYS,
    },
    trustProxy: env.TRUST_PROXY,
    alertWebhook: alertWebhook(env),
    alertEmail: env.TANDEM_ALERT_EMAIL,
    sendmail: env.TANDEM_SENDMAIL,
    ...operationsOf(env),
  };
}

/** What a command needs that only uses the database. */
export type StoreEnv = Pick<Env, "databaseUrl" | "dataDir" | "encryptionKeys">;

/** Like readEnv, for commands that call neither Shopify nor Meta. */
export function readStoreEnv(source: EnvSource = process.env): StoreEnv {
  const parsed = StoreEnvironment.safeParse(withoutBlanks(source));
  if (!parsed.success) throw new EnvProblem([...new Set(parsed.error.issues.map((issue) => issue.message))]);
  const { DATABASE_URL, TANDEM_DATA_DIR, TANDEM_ENCRYPTION_KEYS } = parsed.data;
  return { databaseUrl: DATABASE_URL, dataDir: TANDEM_DATA_DIR, encryptionKeys: TANDEM_ENCRYPTION_KEYS };
}

const StoreEnvironment = Environment.pick({ DATABASE_URL: true, TANDEM_DATA_DIR: true, TANDEM_ENCRYPTION_KEYS: true });

const withoutBlanks = (source: EnvSource): EnvSource =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => (value ?? "").trim() !== ""));

const alertWebhook = (env: {
  TANDEM_ALERT_WEBHOOK_URL?: string | undefined;
  TANDEM_ALERT_SECRET?: string | undefined;
}) =>
  env.TANDEM_ALERT_WEBHOOK_URL === undefined || env.TANDEM_ALERT_SECRET === undefined
    ? undefined
    : { url: env.TANDEM_ALERT_WEBHOOK_URL, secret: env.TANDEM_ALERT_SECRET };
