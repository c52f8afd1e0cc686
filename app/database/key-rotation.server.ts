import { Prisma, type PrismaClient } from "@prisma/client";

import { SEALED_COLUMNS, type SealedColumn } from "./sealed-columns.ts";
import { type Sealer, SealProblem } from "./sealing.server.ts";

/** Numbers of values by kind. */
export type SealedCounts = Partial<Record<SealedColumn["name"], number>>;

export type Resealed = {
  readonly resealed: SealedCounts;
  /** Values that no listed key opens; they stay unchanged. */
  readonly unreadable: SealedCounts;
};

type Row = { readonly id: string; readonly sealed: string; readonly parts: readonly string[] };

// A value's key ID is within its first 64 characters, so long values are not read whole.
const keyOf = ({ column }: SealedColumn) => Prisma.raw(`split_part(substr(${column}, 1, 64), ':', 3)`);
const isSealed = ({ column }: SealedColumn) => Prisma.raw(`substr(${column}, 1, 10) = 'sealed:v1:'`);

/** The values under each key, listed or not. */
export async function countByKey(prisma: PrismaClient): Promise<ReadonlyMap<string, SealedCounts>> {
  const counts = new Map<string, SealedCounts>();
  for (const column of SEALED_COLUMNS) {
    const rows = await prisma.$queryRaw<{ key: string; count: number }[]>`
      select ${keyOf(column)} as key, count(*)::int as count from ${Prisma.raw(column.table)}
      where ${isSealed(column)} group by 1`;
    for (const { key, count } of rows) counts.set(key, { ...counts.get(key), [column.name]: count });
  }
  return counts;
}

/**
 * Reseals values of other keys with the current key, in batches. Changes a value only if it is still the one that was
 * opened, so that it can run beside everything else. After an interruption it continues where it stopped.
 */
export async function resealAll(prisma: PrismaClient, sealer: Sealer): Promise<Resealed> {
  const resealed: SealedCounts = {};
  const unreadable: SealedCounts = {};
  for (const column of SEALED_COLUMNS) {
    const { changed, failed } = await resealColumn(prisma, sealer, column);
    if (changed > 0) resealed[column.name] = changed;
    if (failed > 0) unreadable[column.name] = failed;
  }
  return { resealed, unreadable };
}

async function resealColumn(prisma: PrismaClient, sealer: Sealer, column: SealedColumn) {
  let changed = 0;
  let failed = 0;
  for (let after: string | null = null; ;) {
    const rows: Row[] = await nextBatch(prisma, column, { current: sealer.keyIds[0], after });
    const last = rows.at(-1);
    if (last === undefined) return { changed, failed };
    const opened = rows.flatMap((row) => resealedRow(row, sealer.bound(...column.purpose(row.parts))) ?? []);
    failed += rows.length - opened.length;
    if (opened.length > 0) changed += await store(prisma, column, opened);
    after = last.id;
  }
}

function nextBatch(
  prisma: PrismaClient,
  column: SealedColumn,
  { current, after }: { readonly current: string; readonly after: string | null },
): Promise<Row[]> {
  const beyond = after === null ? Prisma.empty : Prisma.sql`and id > ${after}::${Prisma.raw(column.idType)}`;
  return prisma.$queryRaw<Row[]>`
    select id::text as id, ${Prisma.raw(column.column)} as sealed, ${Prisma.raw(column.parts)} as parts
    from ${Prisma.raw(column.table)}
    where ${isSealed(column)} and ${keyOf(column)} <> ${current} ${beyond}
    order by ${Prisma.raw(column.table)}.id limit ${column.batch}`;
}

function resealedRow({ id, sealed }: Row, sealer: Sealer) {
  const text = openedOrNull(sealed, sealer);
  return text === null ? null : { id, old: sealed, sealed: sealer.seal(text) };
}

function openedOrNull(sealed: string, sealer: Sealer): string | null {
  try {
    return sealer.unseal(sealed);
  } catch (error) {
    if (error instanceof SealProblem) return null;
    throw error;
  }
}

const store = (prisma: PrismaClient, column: SealedColumn, rows: readonly object[]): Promise<number> => {
  const [table, name, type] = [column.table, column.column, column.idType].map((text) => Prisma.raw(text));
  return prisma.$executeRaw`
    update ${table} as stored set ${name} = fresh.sealed
    from json_to_recordset(${JSON.stringify(rows)}::json) as fresh(id text, old text, sealed text)
    where stored.id = fresh.id::${type} and stored.${name} = fresh.old`;
};

/** A required key with a problem: `missing` from the list, or listed with `wrong` bytes. */
export type KeyTrouble = { readonly key: string; readonly what: "missing" | "wrong"; readonly counts: SealedCounts };

const SAMPLES = 3;

/** The keys that stored values require and that do not open them. One damaged value does not make a key wrong. */
export async function troublesOfKeys(prisma: PrismaClient, sealer: Sealer): Promise<readonly KeyTrouble[]> {
  const troubles: KeyTrouble[] = [];
  for (const [key, counts] of await countByKey(prisma)) {
    if (!sealer.keyIds.includes(key)) troubles.push({ key, what: "missing", counts });
    else if (!(await opensAny(prisma, sealer, key))) troubles.push({ key, what: "wrong", counts });
  }
  return troubles;
}

async function opensAny(prisma: PrismaClient, sealer: Sealer, key: string): Promise<boolean> {
  for (const column of SEALED_COLUMNS) {
    const rows = await prisma.$queryRaw<Row[]>`
      select id::text as id, ${Prisma.raw(column.column)} as sealed, ${Prisma.raw(column.parts)} as parts
      from ${Prisma.raw(column.table)} where ${isSealed(column)} and ${keyOf(column)} = ${key} limit ${SAMPLES}`;
    if (rows.some(({ sealed, parts }) => openedOrNull(sealed, sealer.bound(...column.purpose(parts))) !== null)) {
      return true;
    }
  }
  return false;
}

/** Discards the values sealed with a lost key. Returns how many were discarded. */
export async function discardSealedWith(prisma: PrismaClient, key: string): Promise<SealedCounts> {
  const discarded: SealedCounts = {};
  for (const column of SEALED_COLUMNS) {
    const [table, name] = [Prisma.raw(column.table), Prisma.raw(column.column)];
    const where = Prisma.sql`${isSealed(column)} and ${keyOf(column)} = ${key}`;
    const count = await (column.discard === "null"
      ? prisma.$executeRaw`update ${table} set ${name} = null where ${where}`
      : prisma.$executeRaw`delete from ${table} where ${where}`);
    if (count > 0) discarded[column.name] = count;
  }
  return discarded;
}
