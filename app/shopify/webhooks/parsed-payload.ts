import type { z } from "zod";
import { mayHoldUnstorable } from "../../event-contract/storable-text.ts";
import { isTooDeep, TOO_DEEP } from "./nesting.ts";
import { parseLossless } from "./lossless-json.ts";
import { storablePayload } from "./storable-payload.ts";
import type { Parsed, PayloadProblem } from "../types.ts";

/**
 * A webhook's body, validated by its schema, with exact IDs. The problem names the first invalid field and the expected
 * form, never a value, because people read it and payloads contain personal data. Text that PostgreSQL cannot store is
 * a problem in an identifying field, and is cleaned elsewhere.
 */
export function parsedPayload<T>(
  body: string,
  schema: z.ZodType<T>,
  otherwise: Exclude<PayloadProblem["code"], "not-json">,
): Parsed<T> {
  if (isTooDeep(body)) return { ok: false, problem: { code: otherwise, detail: TOO_DEEP } };
  let json: unknown;
  try {
    json = parseLossless(body);
  } catch {
    return { ok: false, problem: { code: "not-json", detail: `the body of ${body.length} characters is not JSON` } };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success && mayHoldUnstorable(body)) return storable(parsed.data, otherwise);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problem: { code: otherwise, detail: firstIssue(parsed.error) } };
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.map(String).join(".") || "the payload";
  return `${field}: ${issue?.message ?? "not as expected"}`;
}

function storable<T>(payload: T, otherwise: PayloadProblem["code"]): Parsed<T> {
  const read = storablePayload(payload);
  if (!read.ok) {
    const detail = `${read.field}: holds U+0000 or half a surrogate pair, which PostgreSQL cannot store`;
    return { ok: false, problem: { code: otherwise, detail } };
  }
  // Only characters within strings were changed, so the type still holds.
  return { ok: true, value: read.value as T };
}
