import type { Result } from "../event-contract/result.ts";
import { CsvProblem } from "../leads/csv-mapping.ts";
import { type FileProblem, importPart, previewPart } from "../pipeline/import-part.server.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import { reachStagesDeps } from "./leads-port.server.ts";
import type { OpenApp } from "./open-app.server.ts";

/** Stages of leads from a CSV file, which the page sends part by part. An import is recorded with its first part. */
export const leadImportPorts = (
  app: OpenApp,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "previewLeadRows" | "importLeadRows"> => ({
  previewLeadRows: (part, mapping) => orProblem(() => previewPart(part, mapping, app.now())),

  importLeadRows: (shop, part, mapping) =>
    orProblem(async () => {
      const profile = await app.profile(shop);
      const imported = await importPart(part, { mapping, profile }, reachStagesDeps(app));
      if (part.afterLine === undefined) {
        const change = { subject: { kind: "leads-file" }, action: "imported", before: null, after: null } as const;
        await app.access.noteChange(shop, { by, ...change });
      }
      return imported;
    }),
});

async function orProblem<Value>(read: () => Promise<Value>): Promise<Result<Value, { readonly problem: FileProblem }>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    return { ok: false, problem: { kind: error.kind } };
  }
}
