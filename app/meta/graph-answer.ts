import { z } from "zod";
import { isStorable } from "../event-contract/storable-text.ts";

// Values must fit their database columns, or one odd answer would fail the settlement of a whole batch.
const code = z.int32();
const traceId = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => (text && isStorable(text) ? text : null));

const GraphErrorShape = z.object({
  code,
  error_subcode: code.nullish().catch(null),
  is_transient: z.boolean().nullish(),
  fbtrace_id: traceId,
  error_data: z.unknown().optional(),
});

// The fields that Meta names. `error_data` is an object, or that object as text (both were recorded), and often absent.
const BlameShape = z.object({ blame_field_specs: z.array(z.array(z.string())) });
const FIELD = /^[\w.[\]]{1,60}$/;
const MOST_BLAMED = 3;

const ReceivedShape = z.object({
  events_received: z.number(),
  messages: z.array(z.unknown()).nullish(),
  fbtrace_id: traceId,
});

/** Graph's `error` object without its texts, which are in the token user's language and must not be matched. */
export type GraphError = {
  readonly code: number;
  readonly subcode: number | null;
  readonly isTransient: boolean;
  readonly traceId: string | null;
  /** The fields that Meta names, as paths: `custom_data.currency`. Names only, at most three. */
  readonly blamed: readonly string[];
};

export type GraphBody =
  | {
      readonly kind: "received";
      readonly eventsReceived: number;
      readonly warnings: number;
      readonly traceId: string | null;
    }
  | { readonly kind: "error"; readonly error: GraphError };

/** The response headers about throttling, and about a Graph version that Meta replaced. */
export const KEPT_HEADERS = [
  "x-business-use-case-usage",
  "x-app-usage",
  "x-ad-account-usage",
  "x-ad-api-version-warning",
  "retry-after",
] as const;

export type GraphHeaders = Readonly<Partial<Record<(typeof KEPT_HEADERS)[number], string>>>;

/** One request's outcome: an answer from Graph, from a proxy, or none. */
export type GraphAnswer = {
  /** Null when no answer came. */
  readonly httpStatus: number | null;
  /** Null for HTML, an empty body, and JSON that has neither of Graph's two shapes. */
  readonly body: GraphBody | null;
  readonly headers: GraphHeaders;
  /**
   * The system's short name of the failure (`ECONNREFUSED`, `TimeoutError`), never its text: texts may hold addresses.
   */
  readonly networkError?: string;
};

/** Reads Graph's JSON; null for anything else, because proxies answer in HTML. */
export function parseGraphBody(text: string): GraphBody | null {
  const json = parseJson(text);
  const failed = z.object({ error: GraphErrorShape }).safeParse(json);
  if (failed.success) return { kind: "error", error: toGraphError(failed.data.error) };
  const received = ReceivedShape.safeParse(json);
  if (!received.success) return null;
  return {
    kind: "received",
    eventsReceived: received.data.events_received,
    warnings: received.data.messages?.length ?? 0,
    traceId: received.data.fbtrace_id,
  };
}

const toGraphError = (error: z.infer<typeof GraphErrorShape>): GraphError => ({
  code: error.code,
  subcode: error.error_subcode ?? null,
  isTransient: error.is_transient ?? false,
  traceId: error.fbtrace_id,
  blamed: blamedBy(error.error_data),
});

function blamedBy(errorData: unknown): readonly string[] {
  const blame = BlameShape.safeParse(typeof errorData === "string" ? parseJson(errorData) : errorData);
  if (!blame.success) return [];
  const paths = blame.data.blame_field_specs.map((path) => path.join("."));
  return paths.filter((path) => FIELD.test(path)).slice(0, MOST_BLAMED);
}

/** The parsed JSON, or undefined for invalid JSON. Callers check its shape. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
