import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { LimitExceeded, RefusedBecause } from "../../ledger/collector-refusal-types.ts";
import type { AcceptedBrowserEvent, BrowserPost } from "../../pipeline/accept-browser-event.ts";
import type { Log } from "../../logging/logger.server.ts";
import { fieldsOf } from "../../event-contract/json.ts";
import type { BrowserRequest } from "../../normalize/event-from-collector.ts";
import { createTokenBuckets, networkOf } from "./token-buckets.ts";

type CollectOptions = {
  readonly collect: (posted: BrowserPost) => Promise<readonly AcceptedBrowserEvent[]>;
  /** Called for every refused event and post; must be cheap. */
  readonly noteRefusal: (ingestKey: string, because: RefusedBecause) => void;
  readonly now: () => Date;
  readonly log: Log;
  readonly limits: CollectLimits;
};

/**
 * Events per minute that this process accepts, in bursts of up to a minute's worth; beyond that: 429 with Retry-After.
 * A post counts as one at least.
 */
export type CollectLimits = { readonly perAddress: number; readonly perShop: number };

// The most that a browser can send from a page it leaves. Most events are well under 4 kB; the parser limits the rest.
const BODY_LIMIT_BYTES = 64 * 1024;
const KEY_LENGTH = 100;
// As in a post. Browsers send under 300; Node accepts headers of 16 kB.
const LONGEST_USER_AGENT = 1024;
// About a hundred bytes each.
const MOST_BUCKETS = 50_000;

/**
 * The key as the router read it, known or not: a stranger's guesses count for themselves, and one key that is written in
 * several ways (`%61` is `a`) is one.
 */
function keyOf({ params }: FastifyRequest): string {
  const key = fieldsOf(params)?.["ingestKey"];
  return typeof key === "string" ? key.slice(0, KEY_LENGTH) : "";
}

const browserOf = ({ ip, headers }: FastifyRequest, receivedAt: Date): BrowserRequest => ({
  ip,
  userAgent: headers["user-agent"]?.slice(0, LONGEST_USER_AGENT) ?? null,
  receivedAt,
});

/**
 * `POST /collect/{ingestKey}`: browser events as JSON in a `text/plain` body, which needs no preflight. Answers 204 to
 * any origin, without credentials: a worker's origin may be the shop or `null`, and the response has no content. Where
 * one of several events is accepted, the answer is 204; the refused ones are counted and logged.
 */
export const collectRoutes: FastifyPluginAsync<CollectOptions> = async (server, options) => {
  const { collect, noteRefusal, now, log } = options;
  server.removeAllContentTypeParsers();
  // Listed besides "*", because for "*" alone Fastify parses the header on every request.
  const types = ["text/plain", "*"];
  server.addContentTypeParser(types, { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });
  server.addHook("onRequest", async (_request, reply) => {
    void reply.header("access-control-allow-origin", "*");
  });
  server.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) {
      noteRefusal(keyOf(request), error.statusCode === 413 ? "too-long" : "not-json");
      return reply.code(error.statusCode).send({ error: error.message });
    }
    log.error("collect.unavailable", { error });
    return reply.code(503).header("retry-after", "5").send({ error: "not stored" });
  });
  const take = withinLimits(options);
  server.addHook("onRequest", async (request, reply) => {
    const wait_s = take(request);
    if (wait_s === 0) return;
    noteRefusal(keyOf(request), "too-many");
    await reply.code(429).header("retry-after", String(wait_s)).send({ error: TOO_MUCH["too-many"] });
  });

  server.post<{ Params: { ingestKey: string } }>("/collect/:ingestKey", async (request, reply) => {
    const accepted = await collect({
      ingestKey: request.params.ingestKey,
      text: typeof request.body === "string" ? request.body : "",
      request: browserOf(request, now()),
      takeAnother: () => take(request),
    });
    const refused = accepted.filter((one) => one.kind !== "accepted");
    for (const one of refused) {
      noteRefusal(keyOf(request), reasonOf(one));
      if (one.kind === "bad-post") log.warn("collect.refused", { problem: one.problem });
    }
    const isTaken = refused.length < accepted.length;
    return answer(reply, isTaken ? undefined : refused[0]);
  });
};

type Refused = Exclude<AcceptedBrowserEvent, { readonly kind: "accepted" }>;

const REASONS = { erased: "erased", "unknown-key": "unknown-address", "foreign-page": "foreign-page" } as const;
const reasonOf = (refused: Refused): RefusedBecause => ("because" in refused ? refused.because : REASONS[refused.kind]);

function answer(reply: FastifyReply, refused: Refused | undefined): FastifyReply {
  switch (refused?.kind) {
    case undefined:
    // The browser learns nothing about erasures.
    case "erased":
      return reply.code(204).send();
    case "unknown-key":
      return reply.code(404).send({ error: "no shop has this collector address" });
    case "beyond-limit": {
      const error = TOO_MUCH[refused.because];
      return reply.code(429).header("retry-after", String(refused.wait_s)).send({ error });
    }
    case "foreign-page":
      return reply.code(400).send({ error: "the page is none of this shop's" });
    case "bad-post":
      return reply.code(refused.because === "too-long" ? 413 : 400).send({ error: refused.problem });
  }
}

const TOO_MUCH: Readonly<Record<LimitExceeded, string>> = {
  "too-many": "too many posts",
  "too-much": "too much to store",
  guessing: "too many different orders",
};

/**
 * Takes one event from the limits of the request's address and shop; answers 0, or the seconds until there is room. A
 * flood at one shop's URL affects only that shop's posts.
 */
function withinLimits({ limits, now }: CollectOptions): (request: FastifyRequest) => number {
  const addresses = createTokenBuckets({ perMinute: limits.perAddress, most: MOST_BUCKETS });
  const shops = createTokenBuckets({ perMinute: limits.perShop, most: MOST_BUCKETS });
  return (request) => {
    const at = now().getTime();
    return addresses.take(networkOf(request.ip), at) || shops.take(keyOf(request), at);
  };
}
