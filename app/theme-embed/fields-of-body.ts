import { type Fields, fieldsOf, fieldsOfText } from "../event-contract/json.ts";

/**
 * The fields of a body in any form that the Ajax API accepts: JSON, a form, or URL-encoded text. Empty for any other.
 */
export function fieldsOfBody(body: unknown): Fields {
  const entries = typeof body === "string" ? new URLSearchParams(body) : body;
  const isForm = entries instanceof FormData || entries instanceof URLSearchParams;
  // Their iterators are newer than the types of the oldest browser that the embed supports.
  return fieldsOfText(body) ?? (isForm ? nested(entries) : {});
}

type Nest = { [name: string]: unknown };
// Without a prototype, so that field names such as `__proto__` have no effect.
const nest = (): Nest => Object.create(null) as Nest;

/** `items[0][id]=1` as `{ items: { 0: { id: 1 } } }`. */
function nested(entries: Iterable<[string, unknown]>): Fields {
  const fields = nest();
  for (const [name, value] of entries) {
    const path = name.split(/\]?\[|\]/);
    const last = path.length > 1 ? path.length - 2 : 0;
    let inner = fields;
    // Replaces text at a step with a nest, because setting a field on text would throw.
    for (const step of path.slice(0, last)) inner = inner[step] = Object.assign(nest(), fieldsOf(inner[step]));
    inner[path[last] ?? ""] = value;
  }
  return fields;
}
