import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import { createAccessLog } from "./access-log.server.ts";
import { createChangeLog } from "./change-log.server.ts";
import { listChanges } from "./list-changes.server.ts";
import type { Role } from "./roles.ts";
import { type Assignment, createStaff, type RoleSet } from "./staff.server.ts";
import type { NewChange } from "./types.ts";

export type Access = ReturnType<typeof createAccess>;

/** Who may do what in a shop's admin pages, who changed what, and who saw what. */
export function createAccess(prisma: PrismaClient, deps: { readonly now: () => Date; readonly log: Log }) {
  const changes = createChangeLog(prisma, deps);
  const { setRole, ...staff } = createStaff(prisma, deps);
  return {
    staff,
    /** Assigns a role and records it. `by` an owner's request or an operator's. */
    setRole: async (shop: ShopDomain, assignment: Assignment): Promise<RoleSet> => {
      const outcome = await setRole(shop, assignment);
      if (outcome.kind === "set") await changes.add(shop, roleChange(assignment, outcome.before));
      return outcome;
    },
    seen: createAccessLog(prisma, deps),
    noteChange: changes.add,
    /** Newest first: of settings, pixels and roles. */
    changes: (shop: ShopDomain, limit: number) => listChanges(prisma, changes, { shop, limit }),
  };
}

const roleChange = ({ userId, role, by }: Assignment, before: Role | null): NewChange => ({
  by,
  subject: { kind: "staff", name: userId },
  action: "role-set",
  before: before && { role: before },
  after: { role },
});
