import type { FastifyReply } from "fastify";
import type { Problem } from "../../leads/stages-request.ts";

/** RFC 9457: the type is a name for programs, the detail a sentence for people. */
export function answerProblem(
  reply: FastifyReply,
  { name, ...problem }: Omit<Problem, "type"> & { readonly name: string },
): FastifyReply {
  const body: Problem = { type: `urn:tandem:problem:${name}`, ...problem };
  return reply.code(problem.status).header("content-type", "application/problem+json").send(JSON.stringify(body));
}
