// The least that any way of keeping the promise costs: Fastify parses the post, one row goes in a shared insert, rows
// are read in batches by pixel, sent, and the batch is marked by one range update. No consent, no rules, no ledger.
import { Agent, request } from "node:http";
import Fastify from "fastify";
import pg from "pg";
import { answerQuestions, usage, type Usage } from "./child-process.ts";
import { pixelOf, tokenOf } from "./orders.ts";

export type FloorPlan = { readonly databaseUrl: string; readonly graphUrl: string; readonly pixels: number };

export type FloorQuestions = {
  /** Returns the port. */
  readonly start: (plan: FloorPlan) => Promise<number>;
  readonly usage: (nothing: undefined) => Usage;
};

type Waiting = { readonly pixel: number; readonly body: string; readonly stored: () => void };

const MOST_PER_INSERT = 64;
const MOST_PER_REQUEST = 1_000;
const EVERY_MS = 20;

const agent = new Agent({ keepAlive: true });
const app = Fastify();
let pool: pg.Pool | undefined;
let timer: NodeJS.Timeout | undefined;

async function start({ databaseUrl, graphUrl, pixels }: FloorPlan): Promise<number> {
  pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  await pool.query(`create table floor_event (id bigserial primary key, pixel int not null, body jsonb not null,
    sent_at timestamptz)`);
  await pool.query("create index on floor_event (pixel, id) where sent_at is null");
  const store = storing(pool);
  app.addContentTypeParser("text/plain", { parseAs: "string" }, (_request, text, done) => done(null, text));
  app.post<{ Params: { key: string }; Body: string }>("/collect/:key", async ({ params, body }, reply) => {
    const pixel = Number(params.key.slice("bench-key-".length));
    await store(pixel, JSON.stringify(serverLeg(body)));
    return reply.code(204).send();
  });
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const draining = Array.from({ length: pixels }, () => false);
  const open = pool;
  timer = setInterval(() => {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      if (draining[pixel]) continue;
      draining[pixel] = true;
      void drain(open, pixel, graphUrl).finally(() => (draining[pixel] = false));
    }
  }, EVERY_MS);
  return Number(new URL(address).port);
}

type Post = { readonly id: string; readonly name: string; readonly at: number; readonly url: string };

function serverLeg(text: string) {
  const { id, name, at, url, ...rest } = JSON.parse(text) as Post & Readonly<Record<string, unknown>>;
  return {
    event_name: name,
    event_id: id,
    event_time: Math.floor(at / 1_000),
    action_source: "website",
    event_source_url: url,
    user_data: { fbp: rest["fbp"], client_user_agent: rest["userAgent"], client_ip_address: "203.0.113.9" },
    custom_data: rest["data"],
  };
}

/** While one insert is under way, the next ones gather for a shared statement. Resolves after the commit. */
function storing(open: pg.Pool) {
  let waiting: Waiting[] = [];
  let inserting = 0;
  const insert = async (): Promise<void> => {
    inserting += 1;
    while (waiting.length > 0) {
      const rows = waiting.slice(0, MOST_PER_INSERT);
      waiting = waiting.slice(MOST_PER_INSERT);
      await open.query({
        name: "insert",
        text: "insert into floor_event (pixel, body) select * from unnest($1::int[], $2::jsonb[])",
        values: [rows.map(({ pixel }) => pixel), rows.map(({ body }) => body)],
      });
      for (const { stored } of rows) stored();
    }
    inserting -= 1;
  };
  return (pixel: number, body: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ pixel, body, stored: resolve });
      if (inserting < 2) void insert();
    });
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
      text: "update floor_event set sent_at = now() where pixel = $1 and sent_at is null and id between $2 and $3",
      values: [pixel, rows[0]?.id, rows.at(-1)?.id],
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

const questions: FloorQuestions = { start, usage };
answerQuestions(questions, async () => {
  clearInterval(timer);
  await app.close();
  await pool?.end();
  agent.destroy();
});
