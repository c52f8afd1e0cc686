import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import type { UserError } from "../shopify/admin/publish-operations.server.ts";
import { whyUnanswered } from "../shopify/admin/why-unanswered.ts";
import type { PublishProblem } from "../settings/publish-problem.ts";
import { storedProblem } from "../wording/coded-problem.ts";

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
  if (answer.kind !== "answered") throw new Refusal(whyUnanswered(answer), answer.message);
  return answer.data;
}

export function mustBeEmpty(errors: readonly UserError[]): void {
  if (errors.length === 0) return;
  const said = errors.map(({ message }) => message).join(" ");
  throw errors.some(({ code }) => code === "NO_EXTENSION")
    ? new Refusal({ code: "no-web-pixel" }, said)
    : new Refusal({ code: "refused", said });
}
