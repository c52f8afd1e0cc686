import { DEFAULT_ROLE, type Role } from "../access/roles.ts";
import type { Staff } from "../access/staff.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";

/** Somebody whose request Shopify's library has authenticated. */
export type Visitor = { readonly userId: string; readonly request: Request };

type Deps = {
  readonly staff: Pick<Staff, "roleOf" | "add">;
  /** Asks Shopify whether the session token's user owns the shop's account. */
  readonly isAccountOwner: (shop: ShopDomain, sessionToken: string) => Promise<boolean>;
  readonly now: () => Date;
  readonly log: Log;
};

const ASK_AGAIN_AFTER_MS = 5 * 60_000;
// Shopify answers in a fraction of a second; the page waits for it once per person.
const ANSWER_WITHIN_MS = 3_000;
const MOST_UNANSWERED = 1_000;

type Question = { readonly at: number; readonly answer: Promise<boolean | null> };

/**
 * The role of whoever opened a page. Somebody new is the owner if Shopify says that the shop's account is theirs, and
 * gets the default role otherwise. While Shopify does not say, they have the default role, and nothing is stored.
 */
export function createRoleOf({ staff, isAccountOwner, now, log }: Deps) {
  const questions = new Map<string, Question>();

  const ownership = (shop: ShopDomain, { userId, request }: Visitor): Promise<boolean | null> => {
    const key = `${shop} ${userId}`;
    const last = questions.get(key);
    if (last !== undefined && now().getTime() - last.at < ASK_AGAIN_AFTER_MS) return last.answer;
    const token = sessionTokenIn(request);
    if (token === null) return Promise.resolve(null);
    const answer = inTime(isAccountOwner(shop, token)).then(
      (owns) => (questions.delete(key), owns),
      (error: unknown) => (log.warn("access.owner-unknown", { shop, error }), null),
    );
    if (questions.size >= MOST_UNANSWERED) questions.clear();
    questions.set(key, { at: now().getTime(), answer });
    return answer;
  };

  return async (shop: ShopDomain, visitor: Visitor): Promise<Role> => {
    const stored = await staff.roleOf(shop, visitor.userId);
    if (stored !== null) return stored;
    const owns = await ownership(shop, visitor);
    return owns === null ? DEFAULT_ROLE : staff.add(shop, visitor.userId, owns ? "owner" : DEFAULT_ROLE);
  };
}

function inTime(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("Shopify did not answer in time.")), ANSWER_WITHIN_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** App Bridge sends the session token as a header, and the admin puts it into the address of a page. */
const sessionTokenIn = (request: Request): string | null =>
  /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ??
  new URL(request.url).searchParams.get("id_token");
