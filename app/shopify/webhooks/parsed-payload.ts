import type { z } from "zod";
import { parseLossless } from "./lossless-json.ts";
import type { Parsed, PayloadProblem } from "../types.ts";

/**
 * A webhook's body as its schema has it, ids without loss. The problem names the first field that does not hold and what
 * was expected there, never a value: it is read by people, and payloads hold personal data.
 */
export function parsedPayload<T>(
  body: string,
  schema: z.ZodType<T>,
  otherwise: Exclude<PayloadProblem["code"], "not-json">,
): Parsed<T> {
  let json: unknown;
  try {
    json = parseLossless(body);
  } catch {
    return { ok: false, problem: { code: "not-json", detail: `the body of ${body.length} characters is not JSON` } };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join(".") || "the payload";
  return { ok: false, problem: { code: otherwise, detail: `${field}: ${issue?.message ?? "not as expected"}` } };
}
