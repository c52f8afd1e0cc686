import type { IncomingMessage } from "node:http";
import { eventProblem } from "./event-rules.ts";
import { type EventLedger, isRecord } from "./event-ledger.ts";
import type { Fault } from "./faults.ts";
import {
  expiredToken,
  type GraphRefusal,
  type GraphReply,
  invalidEvent,
  invalidToken,
  received,
  refused,
  strict,
  throttled,
  traceId,
  unknownObject,
} from "./graph-answers.ts";
import { isExpiredVersion, isKnownVersion } from "./graph-versions.ts";

export type Datasets = ReadonlyMap<string, string>;

/** `body` is the parsed JSON or form; null when it could not be read. */
export type GraphCall = {
  readonly method: string;
  /** Path and query. */
  readonly address: string;
  readonly version: string;
  readonly metaPixelId: string;
  readonly token: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
};

export type GraphWorld = { readonly datasets: Datasets; readonly ledger: EventLedger; readonly now: () => Date };

const REQUEST_FIELDS = new Set([
  "data",
  "test_event_code",
  "partner_agent",
  "access_token",
  "appsecret_proof",
  "namespace_id",
  "upload_id",
  "upload_tag",
  "upload_source",
  // Meta's own SDK for Node (24.0.1) repeats the pixel's id here.
  "id",
]);
const MAX_EVENTS = 1_000;

/** Answers `POST /{version}/{pixel}/events`: all events of the request are counted, or none. */
export function answerGraph(call: GraphCall, fault: Fault | null, world: GraphWorld): GraphReply {
  const refusal = faultRefusal(call, fault) ?? callProblem(call, world) ?? batchProblem(call, fault, world.now());
  if (refusal) return refused(refusal);
  const events = eventsOf(call);
  const fbtrace_id = traceId();
  for (const event of events) {
    world.ledger.addServer({
      metaPixelId: call.metaPixelId,
      event,
      testEventCode: textOrNull(call.body?.["test_event_code"]),
      partnerAgent: textOrNull(call.body?.["partner_agent"]),
      graphVersion: call.version,
      traceId: fbtrace_id,
      receivedAt: world.now().toISOString(),
    });
  }
  return received(
    fault?.kind === "short-count" ? Math.max(0, events.length - (fault.missing ?? 1)) : events.length,
    fbtrace_id,
  );
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function faultRefusal(call: GraphCall, fault: Fault | null): GraphRefusal | null {
  if (fault?.kind === "throttled") return throttled(fault.regainMinutes ?? 5, call.metaPixelId);
  if (fault?.kind === "token-expired") return expiredToken;
  if (fault?.kind === "http500") {
    return { status: 500, code: 2, message: "Service temporarily unavailable", isTransient: true };
  }
  if (fault?.kind !== "error") return null;
  const { status, code, subcode, isTransient, message = `(#${code}) A programmed fault` } = fault;
  return {
    status,
    code,
    message,
    ...(subcode !== undefined && { subcode }),
    ...(isTransient !== undefined && { isTransient }),
  };
}

/** Version, method and token: the checks that precede the events. */
function callProblem(call: GraphCall, { datasets, now }: GraphWorld): GraphRefusal | null {
  const { version, method, metaPixelId, token } = call;
  if (!isKnownVersion(version)) return { status: 400, code: 2500, message: `Unknown path components: /${version}` };
  if (isExpiredVersion(version, now())) {
    return { status: 400, code: 2635, message: "(#2635) You are calling a deprecated version of the Ads API." };
  }
  if (method !== "POST") return unknownObject(method, metaPixelId);
  if (token === null || ![...datasets.values()].includes(token)) return invalidToken;
  return datasets.get(metaPixelId) === token ? null : unknownObject(method, metaPixelId);
}

function batchProblem(call: GraphCall, fault: Fault | null, now: Date): GraphRefusal | null {
  const { body } = call;
  if (body === null || !Array.isArray(body["data"])) return strict("Param data must be a list", "data");
  const unknown = Object.keys(body).find((key) => !REQUEST_FIELDS.has(key));
  if (unknown) return strict(`Unknown field ${unknown} in the request`, unknown);
  if (!isPartnerAgent(body["partner_agent"])) {
    return strict("partner_agent must have fewer than 23 characters and two letters");
  }
  const data: readonly unknown[] = body["data"];
  if (data.length === 0 || data.length > MAX_EVENTS) return strict(`data must hold 1 to ${MAX_EVENTS} events`, "data");
  const bad = data.map((event) => eventProblem(event, now)).find((problem) => problem !== null);
  if (bad) return bad;
  if (fault?.kind !== "refuse-event" || !eventsOf(call).some((event) => event["event_id"] === fault.eventId)) {
    return null;
  }
  return invalidEvent(fault.subcode ?? 2804008);
}

const isPartnerAgent = (agent: unknown): boolean =>
  agent == null || (typeof agent === "string" && agent.length < 23 && (agent.match(/[a-z]/gi) ?? []).length >= 2);

/** The events as objects; anything else was refused before. */
export function eventsOf({ body }: GraphCall): readonly Readonly<Record<string, unknown>>[] {
  const events: unknown = body?.["data"];
  return Array.isArray(events) ? events.filter(isRecord) : [];
}

/** Reads a call in any of the documented forms: JSON or urlencoded body, token in header, body or query. */
export function readGraphCall(request: IncomingMessage, url: URL, body: string): GraphCall | null {
  const path = /^\/(v\d+\.\d+)\/([^/]+)\/events\/?$/.exec(url.pathname);
  if (!path) return null;
  const fields = readFields(request.headers["content-type"] ?? "", body);
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const token = bearer ?? textOrNull(fields?.["access_token"]) ?? url.searchParams.get("access_token");
  const address = `${url.pathname}${url.search}`;
  const [, version = "", metaPixelId = ""] = path;
  return { method: request.method ?? "GET", address, version, metaPixelId, token, body: fields };
}

function readFields(contentType: string, body: string): Readonly<Record<string, unknown>> | null {
  if (!contentType.startsWith("application/x-www-form-urlencoded")) return parseObject(body);
  const form = Object.fromEntries(new URLSearchParams(body));
  return { ...form, data: parseJson(form["data"] ?? "") };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  const json = parseJson(text);
  return isRecord(json) ? json : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
