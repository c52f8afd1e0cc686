import { type DestinationStream, type Logger, pino } from "pino";

import type { LogLevel } from "../env/env.server.ts";

/**
 * All events of the log, as `station.what`: a named fact with IDs, never free text. docs/operations/logs.md has a row
 * for each.
 */
export type LogEvent =
  | "access.change-not-recorded"
  | "access.not-recorded"
  | "access.owner-unknown"
  | "auth.library"
  | "auth.refreshed"
  | "auth.refresh-failed"
  | "clock.was-ahead"
  | "keys.do-not-open"
  | "settings.rehearsal-failed"
  | "auth.session-unreadable"
  | "auth.uninstalled"
  | "background.failed"
  | "collect.refused"
  | "collect.refusals-not-counted"
  | "collect.unavailable"
  | "consent.opt-outs-unavailable"
  | "consent.policy-unavailable"
  | "consent.policy-read"
  | "costs.unavailable"
  | "costs.read"
  | "delivery.blocked"
  | "delivery.meta-down"
  | "delivery.meta-up"
  | "delivery.mended"
  | "delivery.unknown-answer"
  | "delivery.version-warning"
  | "delivery.warning"
  | "installation.checked"
  | "installation.check-failed"
  | "installation.embed-not-noted"
  | "installation.hosts-not-read"
  | "intake.accepted"
  | "intake.keys-unknown"
  | "intake.refused"
  | "intake.unavailable"
  | "housekeeping.done"
  | "flow.action-answered"
  | "flow.refusals-not-noted"
  | "flow.trigger-not-sent"
  | "flow.triggers-not-sent"
  | "flow.unavailable"
  | "flow.workflow-changed"
  | "leads.hook-answered"
  | "leads.hook-refused"
  | "leads.unavailable"
  | "metrics.queue-unknown"
  | "outbox.settled"
  | "privacy.customer-redacted"
  | "privacy.data-assembled"
  | "privacy.data-not-assembled"
  | "privacy.data-requested"
  | "privacy.shop-erased"
  | "queue.failed"
  | "receipts.dropped"
  | "quarantine.replayed"
  | "reconcile.done"
  | "reconcile.failed"
  | "parcels.not-read"
  | "server.migrated"
  | "server.request-failed"
  | "server.started"
  | "server.stopped"
  | "server.stopping"
  | "settings.publish-failed"
  | "settings.published";

type LogValue = string | number | bigint | boolean | null | undefined | readonly (string | number)[];

/** IDs, counts, durations and states. `error` takes a caught exception. */
export type LogFields =
  Readonly<Record<string, LogValue>> | (Readonly<Record<string, unknown>> & { readonly error: unknown });

type Write = (event: LogEvent, fields?: LogFields) => void;

export type Log = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** The same log with these fields in every line. */
  child(fields: LogFields): Log;
};

const SECRET_FIELDS: ReadonlySet<string> = new Set([
  "token",
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "sealedToken",
  "apiSecret",
  "secret",
  "password",
  "authorization",
  "email",
  "phone",
  "firstName",
  "lastName",
  "ip",
  "userAgent",
]);

/** JSON lines on standard output, or on `to`. */
export function createLogger(options: { level: LogLevel; name: string; to?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    name: options.name,
    base: { name: options.name },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    messageKey: "event",
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return logOver(options.to === undefined ? pino(settings) : pino(settings, options.to));
}

function logOver(logger: Logger): Log {
  const writer =
    (level: "debug" | "info" | "warn" | "error"): Write =>
    (event, fields = {}) => {
      logger[level](printable(fields), event);
    };
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    child: (fields) => logOver(logger.child(printable(fields))),
  };
}

// pino's own redaction walks all of these names for each line; looking up only the given fields costs far less.
function printable(fields: LogFields): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    shown[name] = SECRET_FIELDS.has(name) ? "[redacted]" : withoutSecrets(value);
  }
  return shown;
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return scrubbed(value);
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value instanceof Error) return printableError(value);
  // A nested object: its fields are redacted by the same names.
  if (typeof value === "object" && value !== null) return printable({ ...value });
  return value;
}

const printableError = (error: Error): Record<string, unknown> => ({
  type: error.name,
  message: scrubbed(error.message),
  ...("code" in error && { code: error.code }),
  stack: scrubbed(error.stack ?? ""),
  ...(error.cause instanceof Error && { cause: printableError(error.cause) }),
});

// Fields are redacted by name; this catches a secret inside a longer text, such as an exception that quotes a request.
const SECRETS =
  /(?<=:\/\/)[^\s/@]+(?=@)|sh(?:pat|prt|pss|pca|ppa|ua)_[\w-]{8,}|\bEAA[A-Za-z0-9]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+|[^\s"'<>@]+@[\w-]+(?:\.[\w-]+)+/g;
const scrubbed = (text: string): string => text.replace(SECRETS, "[redacted]");
