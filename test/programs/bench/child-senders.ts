// The alternatives to Tandem's delivery, and the lower bound of what any implementation costs.
import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { answerQuestions, usage } from "./child-process.ts";
import { eventOf, mapOrder, webhookOf } from "./map-order.ts";
import { orderBodies, type OrderNumber, pixelOf, tokenOf } from "./orders.ts";
import { pointSdkAt, sdkEvent, sdkSend } from "./sdk-sender.ts";

export type Sending = {
  readonly graphUrl: string;
  readonly count: number;
  readonly pixels: number;
  readonly perRequest: number;
  readonly atOnce: number;
};
export type Sent = { readonly taken: number; readonly seconds: number; readonly cpuUsPerEvent: number };
export type Mapped = { readonly cpuUsPerOrder: number };

export type SenderQuestions = {
  readonly sdk: (sending: Sending) => Promise<Sent>;
  readonly floor: (sending: Sending) => Promise<Sent>;
  readonly mapTandem: (count: number) => Promise<Mapped>;
  readonly mapSdk: (count: number) => Promise<Mapped>;
  readonly mapFloor: (count: number) => Promise<Mapped>;
};

const bodyOf = orderBodies(new Date());
// Each round sends its own orders, so that the simulator can count missing and duplicate ones.
let nextOrder = 0;

type SendBatch = (pixel: number, orders: readonly OrderNumber[]) => Promise<number>;

async function sendAll(sending: Sending, send: SendBatch): Promise<Sent> {
  const { count, perRequest, pixels, atOnce } = sending;
  const first = nextOrder;
  nextOrder += count;
  const batches = Array.from({ length: Math.ceil(count / perRequest) }, (_, batch) =>
    Array.from(
      { length: Math.min(perRequest, count - batch * perRequest) },
      (__, at) => first + batch * perRequest + at,
    ),
  );
  const before = usage().cpuUs;
  const startedAt = performance.now();
  let taken = 0;
  const lines = Array.from({ length: atOnce }, async (_, line) => {
    for (let batch = line; batch < batches.length; batch += atOnce) {
      const answered = await send(batch % pixels, batches[batch] ?? []);
      taken += answered;
    }
  });
  await Promise.all(lines);
  return {
    taken,
    seconds: (performance.now() - startedAt) / 1_000,
    cpuUsPerEvent: (usage().cpuUs - before) / count,
  };
}

function sdk(sending: Sending): Promise<Sent> {
  pointSdkAt(sending.graphUrl);
  return sendAll(sending, (pixel, orders) =>
    sdkSend(
      pixel,
      orders.map((order) => sdkEvent(bodyOf(order), `sdk.${order}`)),
    ),
  );
}

const agent = new Agent({ keepAlive: true });
const HASHED = ["a@example.com", "16505551212", "ada", "example", "menlopark", "ca", "94025", "us", "4206822293653"];
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Plain Node: nine hashes per event, JSON, and a POST over a keep-alive connection. Stores nothing. */
async function floor(sending: Sending): Promise<Sent> {
  const { body: sample } = await mapOrder(0);
  const [em, ph, fn, ln, ct, st, zp, country, external_id] = HASHED;
  const keys = { em, ph, fn, ln, ct, st, zp, country, external_id };
  return sendAll(sending, (pixel, orders) => {
    const data = orders.map((order) => ({
      ...sample,
      event_id: `floor.${order}`,
      user_data: {
        ...sample.user_data,
        ...Object.fromEntries(Object.entries(keys).map(([key, text]) => [key, [hash(`${text ?? ""}`)]])),
      },
    }));
    return postJson(`${sending.graphUrl}/v27.0/${pixelOf(pixel)}/events`, tokenOf(pixel), JSON.stringify({ data }));
  });
}

function postJson(url: string, token: string, json: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const posted = request(url, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => resolve(Number(/"events_received":(\d+)/.exec(text)?.[1] ?? 0)));
    });
    posted.on("error", reject);
    posted.end(json);
  });
}

async function timed(count: number, map: (order: OrderNumber) => unknown): Promise<Mapped> {
  const before = usage().cpuUs;
  for (let order = 0; order < count; order += 1) await map(order);
  return { cpuUsPerOrder: (usage().cpuUs - before) / count };
}

function prepared<Prepared>(count: number, make: (order: OrderNumber) => Prepared): (order: OrderNumber) => Prepared {
  const all = Array.from({ length: count }, (_, order) => make(order));
  return (order) => all[order] ?? make(order);
}

const questions: SenderQuestions = {
  sdk,
  floor,
  mapTandem: (count) => {
    const webhook = prepared(count, webhookOf);
    return timed(count, (order) => eventOf(webhook(order)));
  },
  mapSdk: (count) => {
    const body = prepared(count, bodyOf);
    return timed(count, (order) => sdkEvent(body(order), "sdk").normalize());
  },
  mapFloor: (count) => {
    const body = prepared(count, bodyOf);
    return timed(count, (order) => [
      JSON.parse(body(order)) as unknown,
      ...HASHED.map((text) => hash(`${text}${order}`)),
    ]);
  },
};
answerQuestions(questions);
