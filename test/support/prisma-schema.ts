/** A model of schema.prisma, read from its text: Prisma's own reader is an engine that cannot be fetched everywhere. */
type Model = { readonly name: string; readonly table: string; readonly lines: readonly string[] };

const TYPES: Readonly<Record<string, string>> = {
  String: "text",
  Boolean: "boolean",
  Int: "integer",
  BigInt: "bigint",
  Json: "jsonb",
  DateTime: "timestamp(3) without time zone",
};

/** `table.column type [not null] [default]` for every column, sorted, in PostgreSQL's words. */
export const columnsOfSchema = (schema: string): string[] =>
  modelsIn(schema)
    .flatMap((model) => fieldsOf(model).map((field) => `${model.table}.${columnLine(field)}`))
    .sort();

/** `table primary|unique|index (columns)` for every index, sorted. */
export const indexesOfSchema = (schema: string): string[] => modelsIn(schema).flatMap(indexLines).sort();

function modelsIn(schema: string): Model[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => ({
    name,
    table: mapped(/@@map\("(\w+)"\)/, body) ?? name,
    lines: body
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("//")),
  }));
}

const mapped = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[1];

type Field = {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly list: boolean;
  readonly rest: string;
};

/** Fields that are columns: relations have another model as their type. */
function fieldsOf(model: Model): Field[] {
  return model.lines.flatMap((line): Field[] => {
    const [, name = "", type = "", mark = "", rest = ""] = /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line) ?? [];
    return type in TYPES ? [{ name, type, optional: mark === "?", list: mark === "[]", rest }] : [];
  });
}

const columnOf = (field: Field): string => mapped(/@map\("(\w+)"\)/, field.rest) ?? field.name;

function typeOf(field: Field): string {
  const precision = mapped(/@db\.Timestamptz\((\d)\)/, field.rest);
  if (precision !== undefined) return `timestamp(${precision}) with time zone`;
  const native = mapped(/@db\.(Uuid|Date|Json|SmallInt)\b/, field.rest);
  return native?.toLowerCase() ?? TYPES[field.type] ?? field.type;
}

function columnLine(field: Field): string {
  const type = typeOf(field);
  // Prisma makes ids of uuid() itself, and leaves lists without "not null".
  const inDatabase = /@default\((?!uuid)/.test(field.rest);
  const nullable = field.optional || field.list;
  return `${columnOf(field)} ${type}${field.list ? "[]" : ""}${nullable ? "" : " not null"}${inDatabase ? " default" : ""}`;
}

function indexLines(model: Model): string[] {
  const columns = new Map(fieldsOf(model).map((field) => [field.name, columnOf(field)]));
  const single = fieldsOf(model).flatMap((field) => [
    ...(/@id\b/.test(field.rest) ? [`${model.table} primary (${columnOf(field)})`] : []),
    ...(/@unique\b/.test(field.rest) ? [`${model.table} unique (${columnOf(field)})`] : []),
  ]);
  const several = model.lines.flatMap((line) => {
    const [, kind, names] = /^@@(id|unique|index)\(\[(.*?)\](?:, type: \w+)?\)/.exec(line) ?? [];
    if (kind === undefined || names === undefined) return [];
    const named = names.split(", ").map((name) => {
      const [, field = "", descending] = /^(\w+)(\(sort: Desc\))?$/.exec(name) ?? [];
      return `${columns.get(field) ?? field}${descending ? " desc" : ""}`;
    });
    return [`${model.table} ${kind === "id" ? "primary" : kind} (${named.join(", ")})`];
  });
  return [...single, ...several];
}
