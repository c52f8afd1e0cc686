import { Pool } from "undici";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import { type GraphAnswer, type GraphHeaders, KEPT_HEADERS, parseGraphBody } from "./graph-answer.ts";

export type { GraphAnswer } from "./graph-answer.ts";

export type GraphRequest = {
  readonly metaPixelId: string;
  readonly token: string;
  /** At most 1,000; Graph refuses more. Each text is the JSON of one event, as the outbox stores it. */
  readonly events: readonly (MetaEvent | string)[];
  /** Also shows the events in Test Events; they still count. */
  readonly testEventCode: string | null;
};

export type GraphClient = {
  /** One request. Never throws for a failure of the network or Meta: the answer reports it. */
  readonly send: (request: GraphRequest) => Promise<GraphAnswer>;
  /** Waits for the requests under way and closes the connections. */
  readonly close: () => Promise<void>;
  /** Aborts the requests under way, which then count as unanswered. For a process that must exit now. */
  readonly hangUp: () => void;
};

export type GraphClientOptions = {
  /** `https://graph.facebook.com`, or a server in its place; a path is kept as a prefix. */
  readonly graphUrl: string;
  /** `v27.0`. */
  readonly version: string;
  /**
   * For the whole request, including the connection. Meta usually answers within 0.6 s (Conversions API support page,
   * 2026-09).
   */
  readonly timeoutMs?: number;
  readonly userAgent?: string;
};

// Names the platform to Meta's Dataset Quality API: fewer than 23 characters, at least two of them letters.
const PARTNER_AGENT = "tandem";

/** The only code that calls Graph. All pixels share its connections, which stay open. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { origin, pathname } = new URL(options.graphUrl);
  const pool = new Pool(origin, { connections: 16, keepAliveTimeout: 30_000 });
  const timeoutMs = options.timeoutMs ?? 10_000;
  const prefix = `${pathname.replace(/\/$/, "")}/${options.version}`;

  const ending = new AbortController();

  const send = async ({ metaPixelId, token, events, testEventCode }: GraphRequest): Promise<GraphAnswer> => {
    try {
      const answer = await pool.request({
        method: "POST",
        path: `${prefix}/${encodeURIComponent(metaPixelId)}/events`,
        headers: {
          // In the header, so that the token appears in no URL and no access log.
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          accept: "application/json",
          "user-agent": options.userAgent ?? "Tandem",
        },
        body: bodyOf(events, testEventCode),
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ending.signal]),
      });
      const text = await answer.body.text();
      return { httpStatus: answer.statusCode, body: parseGraphBody(text), headers: keptHeaders(answer.headers) };
    } catch (problem) {
      return { httpStatus: null, body: null, headers: {}, networkError: shortName(problem) };
    }
  };
  return { send, close: () => pool.close(), hangUp: () => ending.abort() };
}

/** The outbox stores JSON text, which is sent without parsing and serializing it again. */
function bodyOf(events: GraphRequest["events"], testEventCode: string | null): string {
  const data = events.map((event) => (typeof event === "string" ? event : JSON.stringify(event))).join(",");
  const test = testEventCode ? `"test_event_code":${JSON.stringify(testEventCode)},` : "";
  return `{"data":[${data}],${test}"partner_agent":"${PARTNER_AGENT}"}`;
}

function keptHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): GraphHeaders {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]];
    }),
  );
}

function shortName(problem: unknown): string {
  if (!(problem instanceof Error)) return "unknown";
  return "code" in problem && typeof problem.code === "string" ? problem.code : problem.name;
}
