import type { PrismaClient } from "@prisma/client";

type Table = { readonly schema: string; readonly name: string };

/** Every row of every table as text, the queue's and everybody else's schemas included: `schema.table: (…)` a line. */
export async function dumpOf(prisma: PrismaClient): Promise<readonly string[]> {
  const tables = await prisma.$queryRaw<Table[]>`
    select table_schema::text as schema, table_name::text as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`;
  const lines: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from "${schema}"."${name}" t`);
    lines.push(...rows.map(({ row }) => `${schema}.${name}: ${row}`));
  }
  return lines;
}
