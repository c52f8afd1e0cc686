import { accessCsv, changesCsv } from "../wording/access-csv.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";
import { subjectFacts } from "./subject-facts.server.ts";

const SHOWN = 50;
const EXPORTED = 10_000;

/** Roles, and the lists of who changed and who saw what. */
export const accessPorts = (
  app: Pick<OpenApp, "access" | "database" | "eventLog" | "apiKeys">,
  { by }: Pick<PortsUser, "by">,
): Pick<
  AdminPorts,
  "staff" | "setRole" | "changes" | "accessRecords" | "subjectFacts" | "exportChanges" | "exportAccessRecords"
> => ({
  staff: app.access.staff.list,
  changes: (shop) => app.access.changes(shop, SHOWN),
  accessRecords: (shop) => app.access.seen.list(shop, SHOWN),
  subjectFacts: (shop, stored) => subjectFacts(app, shop, stored),

  setRole: async (shop, userId, role) => {
    if ((await app.access.staff.roleOf(shop, userId)) === null) return "no-such-person";
    const outcome = await app.access.setRole(shop, { userId, role, by });
    return outcome.kind === "set" ? "changed" : outcome.kind;
  },

  exportChanges: async (shop) => {
    app.access.seen.note(shop, by, { kind: "export", subject: { kind: "changes" } });
    return changesCsv(await app.access.changes(shop, EXPORTED));
  },

  exportAccessRecords: async (shop) => {
    app.access.seen.note(shop, by, { kind: "export", subject: { kind: "access-log" } });
    return accessCsv(await app.access.seen.list(shop, EXPORTED));
  },
});
