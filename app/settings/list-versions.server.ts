import type { PrismaClient } from "@prisma/client";
import { z } from "zod";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { settingDifferences, type SettingDifference } from "./setting-differences.ts";
import { SettingsRow } from "./shop-profiles.server.ts";
import type { Settings } from "./types.ts";

/** A saved version of a shop's settings, and in what it differs from the one before it. */
export type SettingsVersion = {
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: string;
  /** Null: the first one, which differs from nothing. Empty: only the pixels changed. */
  readonly differences: readonly SettingDifference[] | null;
};

export type VersionPage = {
  readonly versions: readonly SettingsVersion[];
  /** Where the older ones continue; null: there are none. */
  readonly olderThan: number | null;
};

export type OneVersion = SettingsVersion & { readonly settings: Settings };

// Versions are numbered by a PostgreSQL integer.
const NEWEST = 2_147_483_647;

const Saved = z.object({ saved_at: z.date(), saved_by: z.string() });
type Row = { readonly settings: Settings; readonly savedAt: Date; readonly savedBy: string };

/** The versions below a number, newest first. */
export async function listVersions(
  prisma: PrismaClient,
  shop: ShopDomain,
  { below = NEWEST, limit }: { readonly below?: number; readonly limit: number },
): Promise<VersionPage> {
  const rows = await rowsBelow(prisma, shop, { below, limit: limit + 1 });
  const versions = rows.slice(0, limit).map((row, index) => versionOf(row, rows[index + 1]));
  return { versions, olderThan: rows.length > limit ? (versions.at(-1)?.version ?? null) : null };
}

/** One version with all of its settings; null if the shop has no such version. */
export async function readVersion(prisma: PrismaClient, shop: ShopDomain, version: number): Promise<OneVersion | null> {
  if (!Number.isInteger(version) || version < 1 || version >= NEWEST) return null;
  const [row, before] = await rowsBelow(prisma, shop, { below: version + 1, limit: 2 });
  return row?.settings.version === version ? { ...versionOf(row, before), settings: row.settings } : null;
}

const versionOf = ({ settings, savedAt, savedBy }: Row, before: Row | undefined): SettingsVersion => ({
  version: settings.version,
  savedAt,
  savedBy,
  differences: before === undefined ? null : settingDifferences(before.settings, settings),
});

async function rowsBelow(
  prisma: PrismaClient,
  shop: ShopDomain,
  { below, limit }: { readonly below: number; readonly limit: number },
): Promise<readonly Row[]> {
  const rows = await prisma.$queryRaw<unknown[]>`
    select * from settings where shop = ${shop} and version < ${below}::integer order by version desc limit ${limit}::integer`;
  return rows.map((row) => {
    const { saved_at: savedAt, saved_by: savedBy } = Saved.parse(row);
    return { settings: SettingsRow.parse(row), savedAt, savedBy };
  });
}
