import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { ShopDomain } from "../../event-contract/event-id.ts";
import type { StageOutcome } from "../../leads/types.ts";
import type { Log } from "../../logging/logger.server.ts";
import type { AcceptedActionRun } from "../../pipeline/accept-action-run.ts";
import { type ActionRun, parseActionRun } from "../../shopify/flow/parse-action-run.ts";
import { parseWorkflowChange, type WorkflowChange } from "../../shopify/flow/parse-workflow-change.ts";
import type { Parsed } from "../../shopify/types.ts";
import type { SignatureCheck } from "../../shopify/webhooks/verify-webhook.server.ts";
import { answerProblem, refuseFailures, takeSignedBytes } from "./problem-answer.server.ts";
import { createTokenBuckets } from "./token-buckets.ts";

export type FlowPorts = {
  readonly isSigned: SignatureCheck;
  readonly acceptActionRun: (sent: {
    readonly run: ActionRun;
    readonly receivedAt: Date;
  }) => Promise<AcceptedActionRun>;
  readonly noteWorkflow: (change: WorkflowChange) => Promise<unknown>;
  readonly inWords: (outcome: StageOutcome) => string;
};

type Options = { readonly ports: FlowPorts; readonly now: () => Date; readonly log: Log };

// Far above what the fields of the action can hold.
const BODY_LIMIT_BYTES = 128 * 1024;
const REQUESTS_PER_MINUTE = 600;
const MOST_SHOPS = 10_000;

// Flow gives up at any 4xx but 429, and comes back for 429 and 5xx (shopify.dev, "Create Flow action endpoints", 2026-11).
const PROBLEMS = {
  "bad-signature": [401, "Not signed by Shopify", "The HMAC does not match the body and this app's secret."],
  "not-json": [400, "Not JSON", "The body is not JSON."],
  malformed: [422, "Not an action of Shopify Flow", "The body is not what Shopify Flow sends."],
  incomplete: [422, "A field is missing", "Correct the action in the workflow."],
  "unknown-action": [404, "Unknown action", "This app has no action with this handle. Remove it from the workflow."],
  "not-installed": [403, "App not installed", "The app is not installed in this shop. Open it in the admin once."],
  "not-storable": [422, "Not storable", "A field has a character that cannot be stored."],
  "too-large": [413, "Too large", "The body is larger than 128 kB."],
  "too-many": [429, "Too many requests", "Try again after the seconds of Retry-After."],
  unavailable: [503, "Not stored", "Nothing could be stored at the moment. Send the same body again."],
  "bad-request": [400, "Bad request", "The request could not be read."],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>;
type ProblemName = keyof typeof PROBLEMS;

function refuse(reply: FastifyReply, name: ProblemName, problem?: string): FastifyReply {
  const [status, title, detail] = PROBLEMS[name];
  return answerProblem(reply, { name, status, title, detail: problem ?? detail });
}

/** The lead is where the workflow wants it. Every other outcome fails the step, so that the merchant sees the reason. */
const DONE: ReadonlySet<StageOutcome> = new Set(["accepted", "duplicate", "reopened", "disqualified-again"]);

/**
 * `POST /api/flow/stages`, the runtime URL of the action "Send stage to Meta": HMAC over the raw bytes, then the body,
 * then the same rules as for every report. The signed body alone names the shop. `POST /api/flow/triggers`: which shops
 * use the triggers.
 */
export const flowRoutes: FastifyPluginAsync<Options> = async (server, { ports, now, log }) => {
  takeSignedBytes(server, { bodyLimit: BODY_LIMIT_BYTES });
  refuseFailures(server, { log, outage: "flow.unavailable", byStatus: { 413: "too-large" }, refuse });

  const buckets = createTokenBuckets({ perMinute: REQUESTS_PER_MINUTE, most: MOST_SHOPS });
  /** The seconds to wait; 0: go on. */
  const waitOf = (shop: ShopDomain): number => buckets.take(shop, now().getTime());

  server.post("/api/flow/stages", async (request, reply) => {
    const read = readSigned(request, ports.isSigned, parseActionRun);
    if ("refused" in read) return refuse(reply, read.refused, read.problem);
    const wait_s = waitOf(read.value.shop);
    if (wait_s > 0) return refuse(reply.header("retry-after", String(wait_s)), "too-many");
    const accepted = await ports.acceptActionRun({ run: read.value, receivedAt: now() });
    const outcome = accepted.kind === "reported" ? accepted.result.outcome : accepted.kind;
    log.info("flow.action-answered", { shop: read.value.shop, outcome });
    return answer(reply, accepted, ports);
  });

  server.post("/api/flow/triggers", async (request, reply) => {
    const read = readSigned(request, ports.isSigned, parseWorkflowChange);
    if ("refused" in read) return refuse(reply, read.refused, read.problem);
    const { shop, definition: trigger, isEnabled } = read.value;
    await ports.noteWorkflow(read.value);
    log.info("flow.workflow-changed", { shop, trigger, enabled: isEnabled });
    // Anything else would keep the merchant from switching the workflow on.
    return reply.code(200).send();
  });
};

type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly refused: ProblemName; readonly problem?: string | undefined };

function readSigned<T>(request: FastifyRequest, isSigned: SignatureCheck, parse: (text: string) => Parsed<T>): Read<T> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!isSigned(request.headers, body)) return { refused: "bad-signature" };
  const parsed = parse(body.toString("utf8"));
  if (parsed.ok) return parsed;
  const { code, detail } = parsed.problem;
  return code === "not-json" ? { refused: "not-json" } : { refused: "malformed", problem: detail };
}

function answer(reply: FastifyReply, accepted: AcceptedActionRun, { inWords }: FlowPorts): FastifyReply {
  if (accepted.kind === "incomplete") return refuse(reply, "incomplete", accepted.problem);
  if (accepted.kind !== "reported") return refuse(reply, accepted.kind);
  const { outcome, leadId, eventId } = accepted.result;
  const detail = inWords(outcome);
  if (DONE.has(outcome)) return reply.send({ outcome, detail, leadId, eventId });
  return answerProblem(reply, { name: outcome, status: 422, title: "The stage was not sent to Meta", detail });
}
