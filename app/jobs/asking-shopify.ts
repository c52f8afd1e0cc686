import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import type { UserError } from "../shopify/admin/publish-operations.server.ts";

/** Shopify refused one step of a publication, which ends there; the message is for the merchant. */
export class Refusal extends Error {}

/** The answer's data, or a refusal. */
export async function adminAnswer(admin: AdminGraphql, ...request: Parameters<AdminGraphql>): Promise<unknown> {
  const answer = await admin(...request);
  if (answer.kind !== "answered") throw new Refusal(answer.message);
  return answer.data;
}

export function mustBeEmpty(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new Refusal(errors.map(inWords).join(" "));
}

const inWords = ({ code, message }: UserError): string =>
  code === "NO_EXTENSION"
    ? "This app has no web pixel on Shopify yet: run shopify app deploy once, then save again."
    : message;
