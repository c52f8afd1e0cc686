import { startChild } from "./child-process.ts";
import type { OrderFloorQuestions } from "./child-order-floor.ts";
import { anEvent, freshDatabase } from "./database.ts";
import type { Database } from "../../../app/database/db.server.ts";

/** The floor of orders on a database of its own; it delivers from the moment that it is asked to. */
export async function openOrderFloor(pixels: number, graphUrl: string) {
  const database = await freshDatabase("postgresql");
  const server = await startChild<OrderFloorQuestions>("order-floor");
  const databaseUrl = database.env(graphUrl)["DATABASE_URL"] ?? "";
  const port = await server.ask("start", { databaseUrl, graphUrl, pixels });
  const close = async (): Promise<void> => {
    await server.end();
    await database.drop();
  };
  return { database, server, port, close };
}

/** Rows of the floor that Meta has not answered yet. */
export const unsent = async ({ prisma }: Database): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ n: bigint }[]>`select count(*) as n from floor_event where sent_at is null`;
  return Number(row?.n ?? 0);
};

export async function storedByFloor({ prisma }: Database): Promise<number> {
  const [row] = await prisma.$queryRaw<{ n: bigint }[]>`select count(*) as n from floor_event`;
  return Number(row?.n ?? 0);
}

type Span = { readonly first: number; readonly count: number; readonly shops: number };

/** The floor's rows of orders that seedBacklog would give Tandem; the floor must not deliver yet. */
export async function seedFloorBacklog({ prisma }: Database, { first, count, shops }: Span): Promise<void> {
  const { body } = await anEvent();
  await prisma.$executeRaw`insert into floor_event (pixel, event_id, body)
    select n % ${shops}::int, id, jsonb_set(${body}::jsonb, '{event_id}', to_jsonb(id))
    from (
      select n, 'purchase.bench-' || n % ${shops}::int || '.' || 6200000000000 + n as id
      from generate_series(${first}::int, ${first + count - 1}::int) n
    ) numbered`;
  await prisma.$executeRaw`analyze`;
}
