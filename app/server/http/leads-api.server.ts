import { randomUUID } from "node:crypto";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { KeyCheck, KeyOf } from "../../leads/api-keys.server.ts";
import type { Problem } from "../../leads/stages-request.ts";
import type { StageOutcome } from "../../leads/types.ts";
import type { AcceptedStages, ItemResult, StagesPosted } from "../../pipeline/accept-stages.ts";
import type { Log } from "../../logging/logger.server.ts";
import { API_DOCUMENT } from "./api-document.ts";
import { answerProblem, refuseFailures } from "./problem-answer.server.ts";
import { createTokenBuckets, networkOf } from "./token-buckets.ts";

export type LeadsApiPorts = {
  readonly checkKey: (key: string) => Promise<KeyCheck>;
  readonly acceptStages: (posted: StagesPosted) => Promise<AcceptedStages>;
  readonly inWords: (outcome: StageOutcome) => string;
};

type Options = { readonly ports: LeadsApiPorts; readonly now: () => Date; readonly log: Log };

// 500 reports with every field at its longest.
const BODY_LIMIT_BYTES = 1024 * 1024;
const REQUESTS_PER_MINUTE = 60;
const WRONG_KEYS_PER_MINUTE = 30;
const MOST_BUCKETS = 10_000;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;

const PROBLEMS = {
  "no-key": [401, "No API key", "Send your API key as Authorization: Bearer …"],
  "unknown-key": [401, "Unknown API key", "No key is like this one. Check that it was copied in one piece."],
  "expired-key": [401, "Expired API key", "This key was replaced, and its overlap is over. Use the new one."],
  "revoked-key": [401, "Revoked API key", "This key was revoked. Make a new one."],
  "missing-scope": [403, "Not allowed", "This key has not the scope leads:write."],
  "not-installed": [403, "App not installed", "The app is not installed in the shop of this key."],
  "bad-idempotency-key": [400, "Bad Idempotency-Key", "An Idempotency-Key has 1 to 128 visible ASCII characters."],
  "key-reused": [422, "Idempotency-Key used before", "This Idempotency-Key was used with another body. Use a new one."],
  "not-json": [400, "Not JSON", "The body is not JSON."],
  "not-storable": [422, "Text that cannot be stored", "A text contains a character that cannot be stored."],
  malformed: [422, "Not of the documented form", "The body has not the form of /api/openapi.json. Nothing was done."],
  "too-large": [413, "Too large", "The body is larger than a megabyte. Send fewer stages in one request."],
  "not-json-type": [415, "Not application/json", "Send the body with Content-Type: application/json."],
  "too-many": [429, "Too many requests", "Try again after the seconds of Retry-After."],
  unavailable: [503, "Not stored", "Nothing could be stored at the moment. Try again with the same Idempotency-Key."],
  "bad-request": [400, "Bad request", "The request could not be read."],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>;
type ProblemName = keyof typeof PROBLEMS;

function refuse(reply: FastifyReply, name: ProblemName, errors?: Problem["errors"]): FastifyReply {
  const [status, title, detail] = PROBLEMS[name];
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="Tandem"');
  return answerProblem(reply, { name, status, title, detail, ...(errors && { errors }) });
}

const BY_STATUS: Readonly<Record<number, ProblemName>> = { 413: "too-large", 415: "not-json-type" };
const OF_KEY = { unknown: "unknown-key", expired: "expired-key", revoked: "revoked-key" } as const;

/**
 * `POST /api/leads/stages` and `GET /api/openapi.json`. The key names the shop; whoever has none learns nothing, and
 * cannot try many.
 */
export const leadsApiRoutes: FastifyPluginAsync<Options> = async (server, options) => {
  const { ports, log } = options;
  server.removeAllContentTypeParsers();
  const body = { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES } as const;
  server.addContentTypeParser("application/json", body, (_request, text, done) => done(null, text));
  refuseFailures(server, { log, outage: "leads.unavailable", byStatus: BY_STATUS, refuse });

  server.get("/api/openapi.json", (_request, reply) => reply.send(API_DOCUMENT));

  const admit = admission(options);
  const keyOf = new WeakMap<FastifyRequest, KeyOf>();
  server.post("/api/leads/stages", {
    // Before the body is read.
    onRequest: async (request, reply) => {
      const admitted = await admit(request, reply);
      if (typeof admitted === "string") return void (await refuse(reply, admitted));
      keyOf.set(request, admitted);
    },
    handler: async (request, reply) => {
      const key = keyOf.get(request);
      const idempotencyKey = request.headers["idempotency-key"] ?? randomUUID();
      if (key === undefined) return refuse(reply, "no-key");
      if (!IDEMPOTENCY_KEY.test(String(idempotencyKey))) return refuse(reply, "bad-idempotency-key");
      const text = typeof request.body === "string" ? request.body : "";
      const posted = { shop: key.shop, text, idempotencyKey: String(idempotencyKey) };
      return answer(reply, await ports.acceptStages(posted), ports);
    },
  });
};

function answer(reply: FastifyReply, accepted: AcceptedStages, ports: LeadsApiPorts): FastifyReply {
  if (accepted.kind === "malformed") return refuse(reply, "malformed", accepted.errors);
  if (accepted.kind !== "read") return refuse(reply, accepted.kind);
  return reply.send({ results: accepted.results.map((result, index) => shown(result, index, ports)) });
}

/** The request's key, or why it is refused. */
function admission({
  ports,
  now,
}: Options): (request: FastifyRequest, reply: FastifyReply) => Promise<KeyOf | ProblemName> {
  const keys = createTokenBuckets({ perMinute: REQUESTS_PER_MINUTE, most: MOST_BUCKETS });
  const strangers = createTokenBuckets({ perMinute: WRONG_KEYS_PER_MINUTE, most: MOST_BUCKETS });

  const tooMany = (reply: FastifyReply, wait_s: number): ProblemName => {
    void reply.header("retry-after", String(wait_s));
    return "too-many";
  };
  const stranger = (request: FastifyRequest, reply: FastifyReply, problem: ProblemName): ProblemName => {
    const wait_s = strangers.take(networkOf(request.ip), now().getTime());
    return wait_s > 0 ? tooMany(reply, wait_s) : problem;
  };

  return async (request, reply) => {
    const [, text] = /^Bearer +(\S{1,200}) *$/i.exec(request.headers.authorization ?? "") ?? [];
    if (text === undefined) return stranger(request, reply, "no-key");
    const check = await ports.checkKey(text);
    if (check.kind !== "valid") return stranger(request, reply, OF_KEY[check.kind]);
    const { key } = check;
    const wait_s = keys.take(key.id, now().getTime());
    void reply.headers(limitHeaders(keys.left(key.id)));
    if (wait_s > 0) return tooMany(reply, wait_s);
    return key.scopes.includes("leads:write") ? key : "missing-scope";
  };
}

const shown = ({ outcome, leadId, eventId, problem }: ItemResult, index: number, { inWords }: LeadsApiPorts) => ({
  index,
  outcome,
  detail: problem ? `${inWords(outcome)} ${problem}` : inWords(outcome),
  leadId,
  eventId,
});

/** draft-ietf-httpapi-ratelimit-headers-10: the policy, and what is left of it. */
const limitHeaders = (left: number): Readonly<Record<string, string>> => ({
  "ratelimit-policy": `"requests";q=${REQUESTS_PER_MINUTE};w=60`,
  ratelimit: `"requests";r=${left};t=${Math.ceil(((REQUESTS_PER_MINUTE - left) * 60) / REQUESTS_PER_MINUTE)}`,
});
