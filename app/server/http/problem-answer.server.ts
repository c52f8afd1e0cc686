import type { FastifyInstance, FastifyReply } from "fastify";
import type { Problem } from "../../leads/stages-request.ts";
import type { Log } from "../../logging/logger.server.ts";

/** RFC 9457: the type is a name for programs, the detail a sentence for people. */
export function answerProblem(
  reply: FastifyReply,
  { name, ...problem }: Omit<Problem, "type"> & { readonly name: string },
): FastifyReply {
  const body: Problem = { type: `urn:tandem:problem:${name}`, ...problem };
  return reply.code(problem.status).header("content-type", "application/problem+json").send(JSON.stringify(body));
}

type StandardProblem = "bad-request" | "unavailable";
type Failing<Name extends string> = {
  readonly log: Log;
  /** What the log calls an outage. */
  readonly outage: Parameters<Log["error"]>[0];
  readonly byStatus: Readonly<Record<number, Name | StandardProblem>>;
  readonly refuse: (reply: FastifyReply, name: Name | StandardProblem) => FastifyReply;
};

/** Answers what Fastify could not read by its status, and everything else as an outage that the sender may repeat. */
export function refuseFailures<Name extends string>(server: FastifyInstance, failing: Failing<Name>): void {
  const { log, outage, byStatus, refuse } = failing;
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return refuse(reply, byStatus[status] ?? "bad-request");
    log.error(outage, { error });
    return refuse(reply.header("retry-after", "5"), "unavailable");
  });
}

/** Takes bodies of every type as the bytes that were signed. */
export function takeSignedBytes(server: FastifyInstance, limit: { readonly bodyLimit: number }): void {
  server.removeAllContentTypeParsers();
  const body = { parseAs: "buffer", ...limit } as const;
  server.addContentTypeParser(["application/json", "*"], body, (_request, bytes, done) => done(null, bytes));
}
