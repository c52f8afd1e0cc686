import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { DEFAULT_ROLE, isRole, type Role } from "./roles.ts";
import type { Actor, StaffMember } from "./types.ts";

export type RoleSet = { readonly kind: "set"; readonly before: Role | null } | { readonly kind: "last-owner" };

export type Assignment = { readonly userId: string; readonly role: Role; readonly by: Actor };

/** The people who use the app in a shop, and their roles. */
export type Staff = {
  /** Null for somebody who has not been seen here. */
  readonly roleOf: (shop: ShopDomain, userId: string) => Promise<Role | null>;
  /** Adds somebody who opened the app for the first time; a role that was assigned meanwhile stays. */
  readonly add: (shop: ShopDomain, userId: string, role: Role) => Promise<Role>;
  readonly list: (shop: ShopDomain) => Promise<readonly StaffMember[]>;
  /** `last-owner`: the shop would be left without an owner, so nothing changed. */
  readonly setRole: (shop: ShopDomain, assignment: Assignment) => Promise<RoleSet>;
};

/** The largest page that anybody could read; a shop has far fewer. */
const MOST = 500;

export function createStaff(prisma: PrismaClient, { now }: { readonly now: () => Date }): Staff {
  const roleOf = async (shop: ShopDomain, userId: string): Promise<Role | null> => {
    const row = await prisma.staff.findUnique({ where: { shop_userId: { shop, userId } }, select: { role: true } });
    return row === null ? null : known(row.role);
  };
  return {
    roleOf,
    add: async (shop, userId, role) => {
      await prisma.$executeRaw`
        insert into staff (shop, user_id, role, first_seen_at, role_set_at, role_set_by)
        select domain, ${userId}, ${role}, ${now()}::timestamptz, ${now()}::timestamptz, 'tandem: first visit'
        from shop where domain = ${shop}
        on conflict (shop, user_id) do nothing`;
      return (await roleOf(shop, userId)) ?? role;
    },
    list: async (shop) => {
      const rows = await prisma.staff.findMany({ where: { shop }, orderBy: { firstSeenAt: "asc" }, take: MOST });
      return rows.map(({ shop: _, role, ...member }) => ({ ...member, role: known(role) }));
    },
    setRole: (shop, assignment) => setRole(prisma, shop, { ...assignment, at: now() }),
  };
}

// The database's check allows the known roles only.
const known = (role: string): Role => (isRole(role) ? role : DEFAULT_ROLE);

/** Two owners who demote each other at once would both find another owner; the lock on the shop lets one go first. */
const setRole = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { userId, role, by, at }: Assignment & { readonly at: Date },
): Promise<RoleSet> =>
  prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`select from shop where domain = ${shop} for no key update`;
    const rows = await transaction.$queryRaw<{ userId: string; role: string }[]>`
      select user_id as "userId", role from staff where shop = ${shop} and (role = 'owner' or user_id = ${userId})`;
    const before = rows.find((row) => row.userId === userId)?.role;
    const others = rows.filter((row) => row.userId !== userId && row.role === "owner");
    if (before === "owner" && role !== "owner" && others.length === 0) return { kind: "last-owner" };
    await transaction.$executeRaw`
      insert into staff (shop, user_id, role, first_seen_at, role_set_at, role_set_by)
      values (${shop}, ${userId}, ${role}, ${at}::timestamptz, ${at}::timestamptz, ${by})
      on conflict (shop, user_id) do update
        set role = excluded.role, role_set_at = excluded.role_set_at, role_set_by = excluded.role_set_by`;
    return { kind: "set", before: before === undefined ? null : known(before) };
  });
