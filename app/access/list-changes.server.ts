import type { PrismaClient, Settings } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { ChangeLog } from "./change-log.server.ts";
import { differences } from "./differences.ts";
import { storedSubject } from "./subjects.ts";
import type { Change, Facts } from "./types.ts";

/** The newest changes of a shop: saved versions of the settings, and the changes that have no versions. */
export async function listChanges(
  prisma: PrismaClient,
  changes: Pick<ChangeLog, "list">,
  { shop, limit }: { readonly shop: ShopDomain; readonly limit: number },
): Promise<readonly Change[]> {
  const [recorded, saved] = await Promise.all([changes.list(shop, limit), savedVersions(prisma, shop, limit)]);
  return [...recorded, ...saved].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}

/**
 * Each version against the one before it. A version without a difference only published a changed list of pixels, and
 * that change has a record of its own.
 */
async function savedVersions(prisma: PrismaClient, shop: ShopDomain, limit: number): Promise<readonly Change[]> {
  const rows = await prisma.settings.findMany({ where: { shop }, orderBy: { version: "desc" }, take: limit + 1 });
  return rows.flatMap((row, index): Change[] => {
    const { version, savedAt: at, savedBy: by } = row;
    const earlier = rows[index + 1];
    if (version === 1) return [saved({ at, by, version, before: null, after: null })];
    if (earlier === undefined) return [];
    const [before, after] = [choicesIn(earlier), choicesIn(row)];
    const changed = new Set(differences(before, after).map(({ field }) => field.split(".")[0]));
    const only = (facts: Facts): Facts =>
      Object.fromEntries(Object.entries(facts).filter(([name]) => changed.has(name)));
    return changed.size === 0 ? [] : [saved({ at, by, version, before: only(before), after: only(after) })];
  });
}

const choicesIn = ({ shop: _shop, version: _version, savedAt: _at, savedBy: _by, ...choices }: Settings): Facts =>
  choices;

type Saved = Pick<Change, "at" | "by" | "before" | "after"> & { readonly version: number };

const saved = ({ version, ...change }: Saved): Change => ({
  ...change,
  subject: storedSubject({ kind: "settings", name: String(version) }),
  action: "settings-saved",
});
