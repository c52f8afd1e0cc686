import { isRole, ROLES } from "../access/roles.ts";
import type { StaffMember } from "../access/types.ts";
import { type Answer, knownShop, refused } from "./shop-answer.ts";
import type { ShopCommandPorts } from "./shop-command.ts";
import type { ShopOptions } from "./shop-options.ts";

/** Shopify's user IDs are numbers. */
const USER_ID = /^\d{1,20}$/;

/** `shop staff`: who has opened the app, and their roles. */
export async function listStaff(values: ShopOptions, ports: ShopCommandPorts): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const staff = await ports.access.staff.list(profile.shop);
  const text = staff.map(inOneLine).join("\n") || `${profile.shop}: nobody has opened the app yet.`;
  return { kind: "done", facts: { shop: profile.shop, staff }, text };
}

/** `shop set-role`: assigns a role, also to somebody who has not opened the app yet. */
export async function setRole(values: ShopOptions, ports: ShopCommandPorts): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const { shop } = profile;
  const { staff: userId = "", role } = values;
  if (!USER_ID.test(userId)) return refused("staff", "give the person's Shopify user ID; `staff` lists those known");
  if (!isRole(role)) return refused("role", `give one of ${ROLES.join(", ")}`);
  const { kind } = await ports.access.setRole(shop, { userId, role, by: "operator" });
  if (kind === "last-owner") return refused("role", `${userId} is the only owner; make another one first`);
  return { kind: "done", facts: { shop, userId, role }, text: `${shop}: ${userId} is ${role}.` };
}

const inOneLine = ({ userId, role, firstSeenAt, roleSetBy }: StaffMember): string =>
  `${userId}  ${role}  set by ${roleSetBy}, first seen ${firstSeenAt.toISOString()}`;
