// The least that any way of keeping the promise of a storefront event costs: Fastify parses the post, one row goes in a
// shared insert, and floor.ts delivers it. No consent, no rules, no ledger.
import Fastify from "fastify";
import pg from "pg";
import { answerQuestions, usage, type Usage } from "./child-process.ts";
import { delivering, type FloorPlan, gathering } from "./floor.ts";

export type FloorQuestions = {
  /** Returns the port. */
  readonly start: (plan: FloorPlan) => Promise<number>;
  readonly usage: (nothing: undefined) => Usage;
};

const app = Fastify();
let pool: pg.Pool | undefined;
let stopDelivering = (): void => undefined;

async function start(plan: FloorPlan): Promise<number> {
  const open = new pg.Pool({ connectionString: plan.databaseUrl, max: 4 });
  pool = open;
  await open.query(`create table floor_event (id bigserial primary key, pixel int not null, body jsonb not null,
    sent_at timestamptz)`);
  await open.query("create index on floor_event (pixel, id) where sent_at is null");
  const store = gathering<{ readonly pixel: number; readonly body: string }>((rows) =>
    open.query({
      name: "insert",
      text: "insert into floor_event (pixel, body) select * from unnest($1::int[], $2::jsonb[])",
      values: [rows.map(({ pixel }) => pixel), rows.map(({ body }) => body)],
    }),
  );
  app.addContentTypeParser("text/plain", { parseAs: "string" }, (_request, text, done) => done(null, text));
  app.post<{ Params: { key: string }; Body: string }>("/collect/:key", async ({ params, body }, reply) => {
    const pixel = Number(params.key.slice("bench-key-".length));
    await store({ pixel, body: JSON.stringify(serverLeg(body)) });
    return reply.code(204).send();
  });
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  stopDelivering = delivering(open, plan);
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

const questions: FloorQuestions = { start, usage };
answerQuestions(questions, async () => {
  stopDelivering();
  await app.close();
  await pool?.end();
});
