// What the floors share: rows in shared inserts, read in batches by pixel, sent, and marked by one update.
import { Agent, request } from "node:http";
import type pg from "pg";
import { pixelOf, tokenOf } from "./orders.ts";

export type FloorPlan = { readonly databaseUrl: string; readonly graphUrl: string; readonly pixels: number };

const MOST_PER_INSERT = 64;
const MOST_PER_REQUEST = 1_000;
const EVERY_MS = 20;

// Less than a server keeps an idle connection, so that no request meets its end.
const agent = new Agent({ keepAlive: true, timeout: 2_000 });

type Waiting<Row> = { readonly row: Row; readonly stored: () => void };

/** While one insert is under way, the next rows gather for a shared statement. Resolves after the commit. */
export function gathering<Row>(insert: (rows: readonly Row[]) => Promise<unknown>): (row: Row) => Promise<void> {
  let waiting: Waiting<Row>[] = [];
  let inserting = 0;
  const insertAll = async (): Promise<void> => {
    inserting += 1;
    while (waiting.length > 0) {
      const next = waiting.slice(0, MOST_PER_INSERT);
      waiting = waiting.slice(MOST_PER_INSERT);
      await insert(next.map(({ row }) => row));
      for (const { stored } of next) stored();
    }
    inserting -= 1;
  };
  return (row) =>
    new Promise((resolve) => {
      waiting.push({ row, stored: resolve });
      if (inserting < 2) void insertAll();
    });
}

/** Sends what is stored in floor_event, pixel by pixel, until the function it returns is called. */
export function delivering(open: pg.Pool, { pixels, graphUrl }: FloorPlan): () => void {
  const draining = Array.from({ length: pixels }, () => false);
  const timer = setInterval(() => {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      if (draining[pixel]) continue;
      draining[pixel] = true;
      void drain(open, pixel, graphUrl).finally(() => (draining[pixel] = false));
    }
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    agent.destroy();
  };
}

async function drain(open: pg.Pool, pixel: number, graphUrl: string): Promise<void> {
  for (;;) {
    const { rows } = await open.query<{ id: string; body: string }>({
      name: "due",
      text: `select id, body::text from floor_event where pixel = $1 and sent_at is null order by id limit ${MOST_PER_REQUEST}`,
      values: [pixel],
    });
    if (rows.length === 0) return;
    await send(`${graphUrl}/v27.0/${pixelOf(pixel)}/events`, tokenOf(pixel), rows);
    await open.query({
      name: "sent",
      // A range of IDs would mark a row that was committed after the batch was read, and it would never be sent.
      text: "update floor_event set sent_at = now() where id = any($1::bigint[])",
      values: [rows.map(({ id }) => id)],
    });
  }
}

function send(url: string, token: string, rows: readonly { readonly body: string }[]): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const posted = request(url, { method: "POST", agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`Meta answered ${answer.statusCode}`));
      answer.resume().on("end", resolve);
    });
    posted.on("error", reject);
    posted.end(`{"data":[${rows.map(({ body }) => body).join(",")}]}`);
  });
}
