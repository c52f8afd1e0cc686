import { accessCsv, changesCsv } from "../wording/access-csv.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";

const SHOWN = 50;
const EXPORTED = 10_000;

/** Roles, and the lists of who changed and who saw what. */
export const accessPorts = (
  { access }: Pick<OpenApp, "access">,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "staff" | "setRole" | "changes" | "accessRecords" | "exportChanges" | "exportAccessRecords"> => ({
  staff: access.staff.list,
  changes: (shop) => access.changes(shop, SHOWN),
  accessRecords: (shop) => access.seen.list(shop, SHOWN),

  setRole: async (shop, userId, role) => {
    if ((await access.staff.roleOf(shop, userId)) === null) return "no-such-person";
    const outcome = await access.setRole(shop, { userId, role, by });
    return outcome.kind === "set" ? "changed" : outcome.kind;
  },

  exportChanges: async (shop) => {
    access.seen.note(shop, by, { kind: "export", subject: "changes" });
    return changesCsv(await access.changes(shop, EXPORTED));
  },

  exportAccessRecords: async (shop) => {
    access.seen.note(shop, by, { kind: "export", subject: "access log" });
    return accessCsv(await access.seen.list(shop, EXPORTED));
  },
});
