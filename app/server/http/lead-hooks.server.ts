import type { KeyObject } from "node:crypto";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { OpenHook } from "../../leads/hooks/hook-store.server.ts";
import { PRESETS } from "../../leads/hooks/presets.ts";
import { OUTBOUND_MESSAGE_ANSWER } from "../../leads/hooks/read-body.ts";
import type { CrmHook, HookCheck } from "../../leads/hooks/types.ts";
import { verifyHook } from "../../leads/hooks/verify-hook.server.ts";
import type { StageOutcome } from "../../leads/types.ts";
import type { Log } from "../../logging/logger.server.ts";
import type { AcceptedHook, HookPosted, HookResult } from "../../pipeline/accept-hook.ts";
import { answerProblem, refuseFailures, takeSignedBytes } from "./problem-answer.server.ts";
import { createTokenBuckets, networkOf } from "./token-buckets.ts";

export type LeadHooksPorts = {
  readonly open: (id: string) => Promise<OpenHook | null>;
  readonly acceptHook: (posted: HookPosted) => Promise<AcceptedHook>;
  readonly noteUse: (hook: CrmHook) => Promise<void>;
  readonly inWords: (outcome: StageOutcome) => string;
  readonly appUrl: string;
  readonly highLevelKey: KeyObject | undefined;
};

type Options = { readonly ports: LeadHooksPorts; readonly now: () => Date; readonly log: Log };

// HubSpot sends up to 100 changes, Salesforce up to 100 notifications; the API takes as much.
const BODY_LIMIT_BYTES = 1024 * 1024;
const REQUESTS_PER_MINUTE = 600;
const STRANGERS_PER_MINUTE = 30;
const MOST_BUCKETS = 10_000;

const PROBLEMS = {
  "unknown-hook": [404, "Unknown address", "No webhook has this address, or it was revoked."],
  "no-signature": [401, "Not signed", "The request has not the signature or secret that this address asks for."],
  "bad-signature": [
    401,
    "Wrong signature",
    "The signature or secret is wrong. Compare it with the one of this address.",
  ],
  stale: [401, "Too old", "The request was signed too long ago, or its sender's clock is wrong. Send it anew."],
  "foreign-account": [
    403,
    "Another account",
    "The request is from another account of the CRM than this address is for.",
  ],
  "not-installed": [403, "App not installed", "The app is not installed in the shop of this address."],
  "too-large": [413, "Too large", "The body is larger than a megabyte."],
  "too-many": [429, "Too many requests", "Try again after the seconds of Retry-After."],
  unavailable: [503, "Not stored", "Nothing could be stored at the moment. Send the same body again."],
  "bad-request": [400, "Bad request", "The request could not be read."],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>;
type ProblemName = keyof typeof PROBLEMS;

function refuse(reply: FastifyReply, name: ProblemName): FastifyReply {
  const [status, title, detail] = PROBLEMS[name];
  return answerProblem(reply, { name, status, title, detail });
}

type Refusal = { readonly name: ProblemName; readonly wait_s?: number };
const isRefusal = (admitted: OpenHook | Refusal): admitted is Refusal => "name" in admitted;

/**
 * `POST /api/leads/hooks/:key`: the address names the shop and the CRM, the signature over the raw bytes proves the
 * sender, and only then the body is parsed. What was read once is not asked for again: unreadable bodies are kept and
 * answered 200, because a repetition would bring the same bytes.
 */
export const leadHookRoutes: FastifyPluginAsync<Options> = async (server, { ports, now, log }) => {
  takeSignedBytes(server, { bodyLimit: BODY_LIMIT_BYTES });
  refuseFailures(server, { log, outage: "leads.unavailable", byStatus: { 413: "too-large" }, refuse });

  const admit = admission(ports, now);
  const opened = new WeakMap<FastifyRequest, OpenHook>();
  server.post<{ Params: { key: string } }>("/api/leads/hooks/:key", {
    // Before the body is read.
    onRequest: async (request, reply) => {
      const admitted = await admit(request, request.params.key);
      if (!isRefusal(admitted)) return void opened.set(request, admitted);
      if (admitted.wait_s !== undefined) void reply.header("retry-after", String(admitted.wait_s));
      return void (await refuse(reply, admitted.name));
    },
    handler: async (request, reply) => {
      const open = opened.get(request);
      if (open === undefined) return refuse(reply, "unknown-hook");
      const { hook } = open;
      const receivedAt = now();
      const check = checked(request, open, { ports, receivedAt });
      if (check.kind !== "verified") {
        log.warn("leads.hook-refused", { shop: hook.shop, crm: hook.preset, because: check.kind });
        return refuse(reply, check.kind);
      }
      await ports.noteUse(hook);
      const accepted = await ports.acceptHook({ hook, body: check.text, receivedAt });
      log.info("leads.hook-answered", {
        shop: hook.shop,
        crm: hook.preset,
        outcome: "refused" in accepted ? accepted.refused : accepted.kind,
      });
      return answer(reply, accepted, { hook, ports });
    },
  });
};

/** The address's shop and secrets, or why the request goes no further. */
function admission(ports: LeadHooksPorts, now: () => Date) {
  const hooks = createTokenBuckets({ perMinute: REQUESTS_PER_MINUTE, most: MOST_BUCKETS });
  const strangers = createTokenBuckets({ perMinute: STRANGERS_PER_MINUTE, most: MOST_BUCKETS });
  return async ({ ip }: FastifyRequest, key: string): Promise<OpenHook | Refusal> => {
    const open = await ports.open(key);
    const at = now().getTime();
    const wait_s = open === null ? strangers.take(networkOf(ip), at) : hooks.take(open.hook.id, at);
    if (wait_s > 0) return { name: "too-many", wait_s };
    return open ?? { name: "unknown-hook" };
  };
}

type Checked = { readonly kind: HookCheck; readonly text: string };

function checked(
  request: FastifyRequest,
  { hook, secrets }: OpenHook,
  { ports, receivedAt }: { readonly ports: LeadHooksPorts; readonly receivedAt: Date },
): Checked {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const sent = { headers: request.headers, url: `${ports.appUrl}${request.raw.url ?? ""}`, body, receivedAt };
  const kind = verifyHook(sent, PRESETS[hook.preset].scheme, { secrets, highLevelKey: ports.highLevelKey });
  return { kind, text: body.toString("utf8") };
}

type About = { readonly hook: CrmHook; readonly ports: LeadHooksPorts };

function answer(reply: FastifyReply, accepted: AcceptedHook, { hook, ports }: About): FastifyReply {
  if ("refused" in accepted) return refuse(reply, accepted.refused);
  if (PRESETS[hook.preset].format === "soap") {
    return reply.header("content-type", "text/xml; charset=utf-8").send(OUTBOUND_MESSAGE_ANSWER);
  }
  if (accepted.kind === "quarantined") return reply.send({ results: [], quarantined: accepted.problem });
  if (accepted.kind === "erased") return reply.send({ results: [] });
  return reply.send({ results: accepted.results.map((result, index) => shown(result, index, ports)) });
}

const NOT_A_STAGE = "The mapping takes nothing from this, so it is no report about a stage.";

const shown = ({ outcome, leadId, eventId, problem }: HookResult, index: number, { inWords }: LeadHooksPorts) => {
  const detail = outcome === "ignored" ? NOT_A_STAGE : inWords(outcome);
  return { index, outcome, detail: problem === undefined ? detail : `${detail} ${problem}`, leadId, eventId };
};
