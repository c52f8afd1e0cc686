import type { EnvSource } from "./env.server.ts";

/** Problems between variables that are each valid by themselves. */
export const togetherWrong = (given: EnvSource): readonly string[] => [
  ...halfARole(given),
  ...halfAnAlert(given),
  ...halfAPubsub(given),
];

const halfAnAlert = (given: EnvSource): readonly string[] =>
  given["TANDEM_ALERT_WEBHOOK_URL"] !== undefined && given["TANDEM_ALERT_SECRET"] === undefined
    ? ["TANDEM_ALERT_WEBHOOK_URL needs TANDEM_ALERT_SECRET: without a signature anybody could send such an alert."]
    : [];

const halfAPubsub = (given: EnvSource): readonly string[] =>
  (given["TANDEM_PUBSUB_AUDIENCE"] === undefined) === (given["TANDEM_PUBSUB_SERVICE_ACCOUNT"] === undefined)
    ? []
    : [
        "TANDEM_PUBSUB_AUDIENCE and TANDEM_PUBSUB_SERVICE_ACCOUNT belong together: Google signs tokens for everybody, " +
          "and only the two together prove that a token is your subscription's.",
      ];

// Two processes on one PGlite folder would corrupt it, so the roles web and worker need a database server.
const halfARole = (given: EnvSource): readonly string[] =>
  given["DATABASE_URL"] === undefined && ["web", "worker"].includes(given["TANDEM_ROLE"] ?? "")
    ? [
        `TANDEM_ROLE=${given["TANDEM_ROLE"] ?? ""} needs DATABASE_URL: the embedded database serves one process only. ` +
          "Set DATABASE_URL to a PostgreSQL server, or leave TANDEM_ROLE out.",
      ]
    : [];
