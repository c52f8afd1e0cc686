// The least that any way of keeping the promise of an order costs: the HMAC is checked, the order parsed, its buyer
// hashed, the receipt joined, one row goes in a shared insert, once for each order, and floor.ts delivers it. No consent,
// no rules, no ledger, no waiting for a receipt that comes later.
import { createHmac, hash, timingSafeEqual } from "node:crypto";
import Fastify from "fastify";
import pg from "pg";
import { API_SECRET } from "../../simulators/app-process.ts";
import { answerQuestions, usage, type Usage } from "./child-process.ts";
import { delivering, type FloorPlan, gathering } from "./floor.ts";

export type OrderFloorQuestions = {
  /** Returns the port. Nothing is delivered yet. */
  readonly start: (plan: FloorPlan) => Promise<number>;
  readonly deliver: (on: boolean) => void;
  readonly usage: (nothing: undefined) => Usage;
};

type Row = { readonly shop: string; readonly checkout: string; readonly eventId: string; readonly body: string };

const app = Fastify();
const begun: { pool?: pg.Pool; plan?: FloorPlan; stop?: (() => void) | undefined } = {};

async function start(plan: FloorPlan): Promise<number> {
  const pool = new pg.Pool({ connectionString: plan.databaseUrl, max: 4 });
  Object.assign(begun, { pool, plan });
  await pool.query(`create table floor_event (id bigserial primary key, pixel int not null, event_id text not null unique,
    body jsonb not null, sent_at timestamptz)`);
  await pool.query("create index on floor_event (pixel, id) where sent_at is null");
  const store = gathering<Row>((rows) => insert(pool, rows));
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, raw, done) => done(null, raw));
  app.post<{ Body: Buffer }>("/webhooks/orders", async ({ headers, body }, reply) => {
    if (!isSigned(body, String(headers["x-shopify-hmac-sha256"]))) return reply.code(401).send();
    await store(rowOf(String(headers["x-shopify-shop-domain"]), body.toString()));
    return reply.code(200).send();
  });
  return Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
}

/** The receipt of the checkout, where there is one, is joined by the statement that stores the row. */
const insert = (pool: pg.Pool, rows: readonly Row[]): Promise<unknown> =>
  pool.query({
    name: "insert",
    text: `insert into floor_event (pixel, event_id, body)
      select split_part(split_part(shop, '.', 1), '-', 2)::int, row.event_id,
        case when receipt is null then row.body else jsonb_set(row.body, '{user_data}', (row.body->'user_data') || jsonb_build_object(
          'fbp', receipt->'fbp', 'fbc', receipt->'fbc', 'client_ip_address', receipt->'ip',
          'client_user_agent', receipt->'userAgent')) end
      from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as row(shop, checkout_token, event_id, body)
      left join browser_context using (shop, checkout_token)
      on conflict (event_id) do nothing`,
    values: [
      rows.map(({ shop }) => shop),
      rows.map(({ checkout }) => checkout),
      rows.map(({ eventId }) => eventId),
      rows.map(({ body }) => body),
    ],
  });

function isSigned(body: Buffer, signature: string): boolean {
  const [wanted, given] = [createHmac("sha256", API_SECRET).update(body).digest(), Buffer.from(signature, "base64")];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

type Address = Readonly<
  Record<"first_name" | "last_name" | "phone" | "city" | "zip" | "province_code" | "country_code", string>
>;
type Order = {
  readonly id: number;
  readonly checkout_token: string;
  readonly processed_at: string;
  readonly currency: string;
  readonly current_subtotal_price: string;
  readonly email: string;
  readonly customer: { readonly id: number };
  readonly billing_address: Address;
  readonly client_details: { readonly browser_ip: string; readonly user_agent: string };
  readonly line_items: readonly { readonly variant_id: number; readonly quantity: number; readonly price: string }[];
};

function rowOf(shop: string, text: string): Row {
  // Only the bench posts here, and only orders of its own.
  const order = JSON.parse(text) as Order;
  const eventId = `purchase.${shop.split(".")[0] ?? ""}.${order.id}`;
  return { shop, checkout: order.checkout_token, eventId, body: JSON.stringify(purchase(order, eventId)) };
}

function purchase(order: Order, eventId: string) {
  return {
    event_name: "Purchase",
    event_id: eventId,
    event_time: Math.floor(Date.parse(order.processed_at) / 1_000),
    action_source: "website",
    event_source_url: "https://bench.example/",
    user_data: buyer(order),
    custom_data: {
      order_id: String(order.id),
      value: Number(order.current_subtotal_price),
      currency: order.currency,
      content_type: "product",
      contents: order.line_items.map(({ variant_id, quantity, price }) => ({
        id: String(variant_id),
        quantity,
        item_price: Number(price),
      })),
    },
  };
}

const hashed = (text: string): readonly string[] => [hash("sha256", text.trim().toLowerCase())];

const buyer = ({ email, customer, billing_address: address, client_details: client }: Order) => ({
  em: hashed(email),
  ph: hashed(address.phone.replace(/\D/g, "")),
  fn: hashed(address.first_name),
  ln: hashed(address.last_name),
  ct: hashed(address.city),
  st: hashed(address.province_code),
  zp: hashed(address.zip),
  country: hashed(address.country_code),
  external_id: hashed(String(customer.id)),
  client_ip_address: client.browser_ip,
  client_user_agent: client.user_agent,
});

function deliver(on: boolean): void {
  begun.stop?.();
  begun.stop =
    on && begun.pool !== undefined && begun.plan !== undefined ? delivering(begun.pool, begun.plan) : undefined;
}

const questions: OrderFloorQuestions = { start, deliver, usage };
answerQuestions(questions, async () => {
  begun.stop?.();
  await app.close();
  await begun.pool?.end();
});
