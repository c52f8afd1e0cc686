import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import { storedSubject } from "./subjects.ts";
import type { Actor, Change, ChangeAction, Facts, NewChange } from "./types.ts";

/** Changes that have no versions of their own: of pixels and of roles. They are kept as long as the shop. */
export type ChangeLog = {
  /** Records a change that has been made. Logs a failure instead of throwing, because the change stands. */
  readonly add: (shop: ShopDomain, change: NewChange) => Promise<void>;
  /** Newest first. */
  readonly list: (shop: ShopDomain, limit: number) => Promise<readonly Change[]>;
};

export const createChangeLog = (
  prisma: PrismaClient,
  { now, log }: { readonly now: () => Date; readonly log: Log },
): ChangeLog => ({
  add: async (shop, { by, subject: of, action, before, after }) => {
    const subject = storedSubject(of);
    const data = {
      shop,
      changedAt: now(),
      changedBy: by,
      subject,
      action,
      before: asJson(before),
      after: asJson(after),
    };
    await prisma.changeRecord
      .create({ data })
      .catch((error: unknown) => log.error("access.change-not-recorded", { shop, subject, action, error }));
  },
  list: async (shop, limit) => {
    const rows = await prisma.changeRecord.findMany({
      where: { shop },
      orderBy: [{ changedAt: "desc" }, { id: "desc" }],
      take: limit,
    });
    return rows.map(({ changedAt, changedBy, subject, action, before, after }) => ({
      at: changedAt,
      by: changedBy satisfies Actor,
      subject,
      // `add` wrote the actions and the facts.
      action: action as ChangeAction,
      before: before as Facts | null,
      after: after as Facts | null,
    }));
  },
});

const asJson = (facts: Facts | null): Prisma.InputJsonObject | typeof Prisma.DbNull =>
  facts === null ? Prisma.DbNull : (facts as Prisma.InputJsonObject);
