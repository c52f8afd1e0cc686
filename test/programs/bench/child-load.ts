// Posts signed webhooks over raw sockets, because the load shares the machine with what it measures.
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { browserPosts } from "./browser-posts.ts";
import { answerQuestions } from "./child-process.ts";
import { signedRequests, type SignedRequests } from "./orders.ts";
import { percentile, sortedCopy } from "./statistics.ts";

export type LoadPlan = {
  /** Ports; connections are spread over them. */
  readonly ports: readonly number[];
  readonly connections: number;
  /** Requests a second. Undefined: each connection posts again as soon as it is answered. */
  readonly perSecond: number | undefined;
};

export type LoadResult = {
  readonly acknowledged: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** When each order, in its number's order, was due to be sent: Unix milliseconds. */
  readonly sentAtMs: Float64Array;
};

export type LoadQuestions = {
  readonly prepare: (what: SignedRequests) => number;
  readonly post: (plan: LoadPlan) => Promise<LoadResult>;
};

let requests: readonly Buffer[] = [];

const now = (): number => performance.timeOrigin + performance.now();

async function post({ ports, connections, perSecond }: LoadPlan): Promise<LoadResult> {
  const mine = requests;
  const sentAtMs = new Float64Array(mine.length);
  const waits = new Float64Array(mine.length);
  const answers = { ok: 0, refused: 0 };
  let next = 0;
  const startedAt = now();
  // Latency counts from the moment an order was due, not from when a connection became free (coordinated omission).
  const dueAt = (index: number): number => (perSecond === undefined ? now() : startedAt + (index * 1_000) / perSecond);
  const postNext = async (socket: Answering): Promise<boolean> => {
    const index = next;
    const request = mine[index];
    if (request === undefined) return false;
    next += 1;
    const due = dueAt(index);
    const early = due - now();
    if (early > 1) await pause(early);
    sentAtMs[index] = due;
    const ok = await socket.post(request);
    waits[index] = now() - due;
    answers[ok ? "ok" : "refused"] += 1;
    return true;
  };
  const sockets = await Promise.all(
    Array.from({ length: connections }, (_, index) => open(ports[index % ports.length] ?? 0)),
  );
  await Promise.all(
    sockets.map(async (socket) => {
      while (await postNext(socket));
      socket.end();
    }),
  );
  const sorted = sortedCopy(waits);
  return {
    acknowledged: answers.ok,
    refused: answers.refused,
    seconds: (now() - startedAt) / 1_000,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    sentAtMs,
  };
}

type Answering = { readonly post: (request: Buffer) => Promise<boolean>; readonly end: () => void };

async function open(port: number): Promise<Answering> {
  const socket: Socket = connect(port, "127.0.0.1");
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  socket.setNoDelay(true);
  let answered: (ok: boolean) => void = () => undefined;
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    if (!isWhole(text)) return;
    const ok = text.startsWith("HTTP/1.1 2");
    text = "";
    answered(ok);
  });
  socket.on("close", () => answered(false));
  socket.on("error", () => answered(false));
  return {
    post: (request) =>
      new Promise((resolve) => {
        answered = resolve;
        socket.write(request);
      }),
    end: () => void socket.end(),
  };
}

/** Reads one answer at a time, with a content length or chunked. */
function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /content-length: *(\d+)/i.exec(text.slice(0, head))?.[1];
  if (length !== undefined) return text.length >= head + 4 + Number(length);
  return !/transfer-encoding: *chunked/i.test(text.slice(0, head)) || text.endsWith("0\r\n\r\n");
}

const questions: LoadQuestions = {
  prepare: (what) => {
    requests = what.path === "/collect" ? browserPosts(what) : signedRequests(what);
    return requests.reduce((sum, request) => sum + request.length, 0) / requests.length;
  },
  post,
};
answerQuestions(questions);
