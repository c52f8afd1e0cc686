import { setTimeout as pause } from "node:timers/promises";
import { Agent, request } from "undici";

/**
 * `accepted`: answered 2xx. `unanswered`: every try ended without an answer, or with one that asks for another try.
 * Any other answer refuses what a browser may post, and is given by its status.
 */
export type PostAnswer = "accepted" | "unanswered" | number;

export type Collector = {
  /** One event to `/collect/{key}`, as a browser posts it. */
  readonly post: (key: string, body: string) => Promise<PostAnswer>;
  readonly close: () => Promise<void>;
};

// Later posts wait for a connection, so that a busy machine delays them and drops none.
const CONNECTIONS = 64;
const PATIENT_MS = 10_000;
const TRIES = 20;
const BETWEEN_TRIES_MS = 500;

/**
 * Repeats a post whose connection broke before an answer, as a browser does where the connection had been kept open. It
 * is more patient than a browser, so that most posts are answered in the end, some after the first try was stored.
 */
export function openCollector(appUrl: string): Collector {
  const agent = new Agent({ connections: CONNECTIONS, headersTimeout: PATIENT_MS, bodyTimeout: PATIENT_MS });
  const post = async (key: string, body: string): Promise<PostAnswer> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const status = await posted(`${appUrl}/collect/${key}`, body, agent);
      if (status !== null && status < 300) return "accepted";
      if (status !== null && status < 500 && status !== 429) return status;
      await pause(BETWEEN_TRIES_MS);
    }
    return "unanswered";
  };
  return { post, close: () => agent.destroy() };
}

/** The status of the answer; null without one. */
async function posted(url: string, body: string, dispatcher: Agent): Promise<number | null> {
  const headers = { "content-type": "text/plain;charset=UTF-8" };
  try {
    const answer = await request(url, { method: "POST", dispatcher, headers, body });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return null;
  }
}
