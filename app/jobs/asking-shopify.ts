import type { AdminGraphql, Unanswered } from "../shopify/admin/admin-graphql.server.ts";
import type { UserError } from "../shopify/admin/publish-operations.server.ts";
import { type PublishProblem, storedProblem } from "../settings/publish-problem.ts";

/** Shopify refused one step of a publication, which ends there. The message is for the log. */
export class Refusal extends Error {
  /** For the merchant, as it is stored. */
  readonly problem: string;

  constructor({ code, said = null }: Pick<PublishProblem, "code"> & Partial<PublishProblem>, message?: string) {
    const problem = storedProblem({ code, said });
    super(message ?? problem);
    this.problem = problem;
  }
}

/** The answer's data, or a refusal. */
export async function adminAnswer(admin: AdminGraphql, ...request: Parameters<AdminGraphql>): Promise<unknown> {
  const answer = await admin(...request);
  if (answer.kind !== "answered") throw new Refusal(problemOf(answer), answer.message);
  return answer.data;
}

const ANSWERED_IN_WORDS = 200;
const FORBIDDEN = 403;

/** Only an answer of 200 has Shopify's own words; every other message is the client's. */
function problemOf(answer: Unanswered): ConstructorParameters<typeof Refusal>[0] {
  if (answer.kind === "unavailable") return { code: "unavailable" };
  if (answer.status === ANSWERED_IN_WORDS) return { code: "refused", said: answer.message };
  return answer.status === FORBIDDEN ? { code: "forbidden" } : { code: "request-refused", said: String(answer.status) };
}

export function mustBeEmpty(errors: readonly UserError[]): void {
  if (errors.length === 0) return;
  const said = errors.map(({ message }) => message).join(" ");
  throw errors.some(({ code }) => code === "NO_EXTENSION")
    ? new Refusal({ code: "no-web-pixel" }, said)
    : new Refusal({ code: "refused", said });
}
