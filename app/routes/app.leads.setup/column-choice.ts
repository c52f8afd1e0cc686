import type { HookMapping } from "../../leads/hooks/mapping-schema.ts";

/** What a column of a file can be, by the API's names. Those of `NAMES_A_LEAD` name the lead, the first that a row has. */
export const COLUMN_FIELDS = [
  "event_id",
  "external_id",
  "lead_id",
  "email",
  "phone",
  "stage",
  "at",
  "value",
  "currency",
  "consent",
  "id",
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** The column of each field; empty: the file has none. */
export type ColumnChoice = Readonly<Record<ColumnField, string>> & {
  /** Of times that have none of their own, such as +01:00. */
  readonly offset: string;
  /** Lines such as `Closed won = won`; empty: the cells have the stages' own keys or names. */
  readonly words: string;
};

const NAMES_A_LEAD = [
  ["event_id", "eventId"],
  ["external_id", "externalId"],
  ["lead_id", "leadId"],
  ["email", "email"],
  ["phone", "phone"],
] as const;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** What columns are called in CRMs' exports, in the app's languages. */
const ALSO: Readonly<Partial<Record<ColumnField, readonly string[]>>> = {
  external_id: ["reference", "dealid", "recordid", "referenz", "referenceid"],
  email: ["emailaddress", "mail", "emailadresse"],
  phone: ["phonenumber", "telefon", "telefonnummer"],
  stage: ["dealstage", "leadstatus", "status", "phase", "stufe", "fáze"],
  at: ["time", "date", "zeit", "datum", "čas"],
  value: ["amount", "wert", "betrag", "hodnota", "částka"],
  currency: ["währung", "měna"],
};

/** The columns whose names say what they are. */
export function guessedChoice(columns: readonly string[]): ColumnChoice {
  const columnOf = (field: ColumnField): string => {
    const names = [plain(field), ...(ALSO[field] ?? [])];
    return columns.find((column) => names.includes(plain(column))) ?? "";
  };
  // Object.fromEntries forgets the names, which are the fields' own.
  const chosen = Object.fromEntries(COLUMN_FIELDS.map((field) => [field, columnOf(field)])) as Record<
    ColumnField,
    string
  >;
  return { ...chosen, offset: "", words: "" };
}

export type ChoiceProblem = "no-lead" | "no-stage" | "bad-offset" | "bad-words";

/** The choice as a mapping, with columns' names as JSON pointers, or what is missing in it. */
export function mappingOfChoice(choice: ColumnChoice): HookMapping | ChoiceProblem {
  const lead = NAMES_A_LEAD.flatMap(([field, by]) => (choice[field] ? [{ by, path: pointer(choice[field]) }] : []));
  if (lead.length === 0) return "no-lead";
  if (choice.stage === "") return "no-stage";
  const offset = choice.offset.trim();
  if (!/^(?:|Z|[+-]\d\d:\d\d)$/.test(offset)) return "bad-offset";
  const words = wordsIn(choice.words);
  if (words === null) return "bad-words";
  const stage = { path: pointer(choice.stage), ...(Object.keys(words).length > 0 && { words }) };
  return { items: "", when: [], lead, stage, ...optionalIn(choice, offset) };
}

function optionalIn(choice: ColumnChoice, offset: string): Partial<HookMapping> {
  return {
    ...(choice.at && { at: { path: pointer(choice.at), ...(offset && { offset }) } }),
    ...(choice.value && { value: pointer(choice.value) }),
    ...(choice.currency && { currency: { path: pointer(choice.currency) } }),
    ...(choice.consent && { consent: pointer(choice.consent) }),
    ...(choice.id && { id: [pointer(choice.id)] }),
  };
}

/** RFC 6901. */
const pointer = (column: string): string => `/${column.replaceAll("~", "~0").replaceAll("/", "~1")}`;

function wordsIn(text: string): Record<string, string> | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const pairs = lines.map((line): [string, string] => {
    const cut = line.lastIndexOf("=");
    return [line.slice(0, Math.max(cut, 0)).trim(), line.slice(cut + 1).trim()];
  });
  return pairs.every(([word, stage]) => word !== "" && stage !== "") ? Object.fromEntries(pairs) : null;
}
