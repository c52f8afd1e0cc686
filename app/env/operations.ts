import { z } from "zod";

/** Figures, traces, and the queues through which Shopify may deliver instead of calling the app itself. */
export type OperationsEnv = {
  /** Who may read `/metrics`; undefined: nobody, and no figures are kept. */
  readonly metricsToken: string | undefined;
  /** Where spans go (OTLP over HTTP, `/v1/traces` included) and of which share of the events; undefined: none are made. */
  readonly traces: { readonly url: string; readonly ratio: number } | undefined;
  /** How Google's push proves itself; undefined: nothing is taken from Pub/Sub. */
  readonly pubsub: { readonly audience: string; readonly serviceAccount: string; readonly keysUrl: string } | undefined;
  /** What an EventBridge API destination must send along; undefined: nothing is taken from EventBridge. */
  readonly eventbridgeToken: string | undefined;
};

const says = (message: string) => ({ error: message });

const secret = (name: string, what: string) =>
  z
    .string()
    .min(16, says(`${name} must have at least 16 characters: ${what}.`))
    .optional();

const address = (name: string, example: string) =>
  z.url({ protocol: /^https?$/, error: `${name} must be an address such as ${example}.` });

export const OPERATIONS_VARIABLES = {
  TANDEM_METRICS_TOKEN: secret("TANDEM_METRICS_TOKEN", "whoever knows it reads /metrics"),
  OTEL_EXPORTER_OTLP_ENDPOINT: address("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318").optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number(says("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1."))
    .min(0, says("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1."))
    .max(1, says("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1."))
    .default(1),
  TANDEM_PUBSUB_AUDIENCE: z.string().optional(),
  TANDEM_PUBSUB_SERVICE_ACCOUNT: z
    .email(says("TANDEM_PUBSUB_SERVICE_ACCOUNT must be the e-mail address of the push subscription's service account."))
    .optional(),
  TANDEM_PUBSUB_KEYS_URL: address("TANDEM_PUBSUB_KEYS_URL", "https://www.googleapis.com/oauth2/v3/certs").default(
    "https://www.googleapis.com/oauth2/v3/certs",
  ),
  TANDEM_EVENTBRIDGE_TOKEN: secret("TANDEM_EVENTBRIDGE_TOKEN", "whoever knows it can send orders"),
};

type Given = z.infer<z.ZodObject<typeof OPERATIONS_VARIABLES>>;

export const operationsOf = (env: Given): OperationsEnv => ({
  metricsToken: env.TANDEM_METRICS_TOKEN,
  traces: tracesOf(env),
  pubsub: pubsubOf(env),
  eventbridgeToken: env.TANDEM_EVENTBRIDGE_TOKEN,
});

/** The path is OpenTelemetry's own rule for the variable that names all signals' address. */
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
