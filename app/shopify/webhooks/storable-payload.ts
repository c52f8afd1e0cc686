import { fieldsOf } from "../../event-contract/json.ts";
import { isStorable, storableText } from "../../event-contract/storable-text.ts";

/** Fields used as identifiers, or that decide what an order is: replacing a character would make another value. */
const IDENTIFYING = /(?:^|_)(?:id|token|currency|code|status)$|^source_name$/;

export type StorablePayload =
  | { readonly ok: true; readonly value: unknown }
  /** The path of text that cannot be stored and must not be changed. */
  | { readonly ok: false; readonly field: string };

/** A parsed payload with only storable text: cleaned in display fields, refused in identifying ones. */
export function storablePayload(payload: unknown): StorablePayload {
  const refused: string[] = [];
  const value = cleaned(payload, [], (path) => void refused.push(path.join(".")));
  const [field] = refused;
  return field === undefined ? { ok: true, value } : { ok: false, field };
}

type Path = readonly (string | number)[];

function cleaned(value: unknown, path: Path, refuse: (path: Path) => void): unknown {
  if (typeof value === "string") {
    if (isStorable(value)) return value;
    if (IDENTIFYING.test(nameIn(path))) refuse(path);
    return storableText(value);
  }
  if (Array.isArray(value)) return value.map((item, index) => cleaned(item, [...path, index], refuse));
  const fields = fieldsOf(value);
  if (!fields) return value;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [storableText(name), cleaned(field, [...path, name], refuse)]),
  );
}

/** The field's name; for a list's items, the list's name. */
const nameIn = (path: Path): string => path.findLast((part) => typeof part === "string") ?? "";
