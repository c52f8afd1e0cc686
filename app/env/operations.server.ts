import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";

import { httpAddress } from "./addresses.server.ts";

/** Metrics, traces, the queues through which Shopify may deliver instead of calling the app, and a CRM's public key. */
export type OperationsEnv = {
  /** The bearer token for `/metrics`; undefined: no endpoint, and no metrics are kept. */
  readonly metricsToken: string | undefined;
  /**
   * Where spans are sent (OTLP over HTTP, with `/v1/traces`) and for which share of the events; undefined: no traces.
   */
  readonly traces: { readonly url: string; readonly ratio: number } | undefined;
  /** How a Google push is authenticated; undefined: Pub/Sub is off. */
  readonly pubsub: { readonly audience: string; readonly serviceAccount: string; readonly keysUrl: string } | undefined;
  /** The key that an EventBridge API destination must send; undefined: EventBridge is off. */
  readonly eventbridgeToken: string | undefined;
  /** The key by which HighLevel's signatures are verified; undefined: the one that it published in 2026. */
  readonly highLevelKey: KeyObject | undefined;
};

const says = (message: string) => ({ error: message });

const secret = (name: string, what: string) =>
  z
    .string()
    .min(16, says(`${name} must have at least 16 characters: ${what}.`))
    .optional();

const HIGHLEVEL_KEY =
  "TANDEM_GOHIGHLEVEL_KEY must be HighLevel's public Ed25519 key: the base64 lines of its PEM in one.";

const Ed25519Key = z.string().transform((text, context) => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // Said below.
  }
  context.addIssue(HIGHLEVEL_KEY);
  return z.NEVER;
});

const GOOGLE_KEYS = "https://www.googleapis.com/oauth2/v3/certs";

export const OPERATIONS_VARIABLES = {
  TANDEM_METRICS_TOKEN: secret("TANDEM_METRICS_TOKEN", "anyone who knows it can read /metrics"),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpAddress(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "http://localhost:4318",
    "network",
  ).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number(says("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1."))
    .min(0, says("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1."))
    .max(1, says("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1."))
    .default(1),
  TANDEM_PUBSUB_AUDIENCE: z.string().optional(),
  TANDEM_PUBSUB_SERVICE_ACCOUNT: z
    .email(says("TANDEM_PUBSUB_SERVICE_ACCOUNT must be the email address of the push subscription's service account."))
    .optional(),
  // The server at this URL decides which pushes count as Google's.
  TANDEM_PUBSUB_KEYS_URL: httpAddress("TANDEM_PUBSUB_KEYS_URL", GOOGLE_KEYS, "machine").default(GOOGLE_KEYS),
  TANDEM_EVENTBRIDGE_TOKEN: secret("TANDEM_EVENTBRIDGE_TOKEN", "anyone who knows it can send orders"),
  TANDEM_GOHIGHLEVEL_KEY: Ed25519Key.optional(),
};

type Given = z.infer<z.ZodObject<typeof OPERATIONS_VARIABLES>>;

export const operationsOf = (env: Given): OperationsEnv => ({
  metricsToken: env.TANDEM_METRICS_TOKEN,
  traces: tracesOf(env),
  pubsub: pubsubOf(env),
  eventbridgeToken: env.TANDEM_EVENTBRIDGE_TOKEN,
  highLevelKey: env.TANDEM_GOHIGHLEVEL_KEY,
});

/** OpenTelemetry's rule: the variable names the base address of all signals, and the path is added. */
const tracesOf = (env: Given): OperationsEnv["traces"] =>
  env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
    ? undefined
    : {
        url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, "")}/v1/traces`,
        ratio: env.OTEL_TRACES_SAMPLER_ARG,
      };

const pubsubOf = (env: Given): OperationsEnv["pubsub"] =>
  env.TANDEM_PUBSUB_AUDIENCE === undefined || env.TANDEM_PUBSUB_SERVICE_ACCOUNT === undefined
    ? undefined
    : {
        audience: env.TANDEM_PUBSUB_AUDIENCE,
        serviceAccount: env.TANDEM_PUBSUB_SERVICE_ACCOUNT,
        keysUrl: env.TANDEM_PUBSUB_KEYS_URL,
      };
