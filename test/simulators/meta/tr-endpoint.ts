import type { BrowserHit } from "./event-ledger.ts";

export type TrRequest = {
  readonly method: string;
  readonly query: string;
  readonly body: string;
  readonly userAgent: string | null;
  readonly receivedAt: string;
};

/** A request on `/tr` without a pixel or an event: the real one answers it like any other and counts nothing. */
export type MalformedHit = { readonly problem: string; readonly parameters: Readonly<Record<string, string>> };

/** The answer to every hit. */
export const TRANSPARENT_GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

const AMOUNTS = new Set(["value", "num_items", "predicted_ltv"]);

/** Reads one hit from the query and, for a POST, the urlencoded form; the form wins where both name a parameter. */
export function readHit(request: TrRequest): BrowserHit | MalformedHit {
  const parameters = Object.fromEntries([...new URLSearchParams(request.query), ...new URLSearchParams(request.body)]);
  const text = (name: string): string | null => parameters[name] ?? null;
  const { id, ev } = parameters;
  if (!id || !/^\d+$/.test(id)) return { problem: "no pixel id", parameters };
  if (!ev) return { problem: "no event name", parameters };
  return {
    metaPixelId: id,
    eventName: ev,
    eventId: text("eid"),
    customData: customDataFrom(nested(parameters, "cd")),
    userData: nested(parameters, "ud"),
    url: text("dl"),
    referrer: text("rl"),
    fbp: text("fbp"),
    fbc: text("fbc"),
    dataProcessingOptions: text("dpo"),
    transport: request.method === "POST" ? "POST" : "GET",
    userAgent: request.userAgent,
    parameters,
    receivedAt: request.receivedAt,
  };
}

/** `cd[value]=1` as `{value: "1"}`. */
function nested(parameters: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      const key = name.startsWith(`${prefix}[`) && name.endsWith("]") ? name.slice(prefix.length + 1, -1) : null;
      return key === null ? [] : [[key, value]];
    }),
  );
}

const customDataFrom = (texts: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, customValue(key, text)]));

/** Arrays and objects travel as JSON, amounts as digits; what does not read as such stays a text. */
function customValue(key: string, text: string): unknown {
  if (AMOUNTS.has(key)) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
