import { readFileSync } from "node:fs";

const SCHEMA = new URL("../../prisma/schema.prisma", import.meta.url);

/** The tables whose rows belong to a shop: every model with a `shop`, and the shops themselves. */
export function tenantTables(schema = readFileSync(SCHEMA, "utf8")) {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  return models.flatMap(([, name, body]) =>
    name === "Shop" || /^\s+shop\s/m.test(body) ? [/@@map\("(\w+)"\)/.exec(body)?.[1] ?? name] : [],
  );
}

// The shop is given: compared with a value, selected or inserted as one, or a column of the rows that are passed in.
const GIVEN = /\b(?:shop|domain)\s*=\s*\$|\b(?:values\s*\(|select)\s*\$|\bshop text\b/;
/** What a statement says of itself that is meant to read or write the rows of all shops. */
export const EVERY_SHOP = /-- every shop: \S.*/;

const STATEMENTS = /^\$(?:queryRaw|executeRaw)(?:Unsafe)?$/;

/** The name of what a template is handed to: `$queryRaw`, or `sql` for a part of a statement. */
const nameOf = (tag) => (tag.type === "MemberExpression" ? tag.property.name : tag.name);

const textOf = ({ quasis }) => quasis.map(({ value }) => value.raw).join("$");

/** Raw SQL on a table whose rows belong to shops says which shop's, or says that it means every shop's. */
export const namesItsShop = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const naming = new RegExp(`\\b(?:from|join|update|into)\\s+(?:${tenantTables().join("|")})\\b`);
    const check = (node, name, text) => {
      if (!naming.test(text) || EVERY_SHOP.test(text)) return;
      // A part is joined to a statement that was checked; it only must not forget the column.
      if (name === "sql" ? /\bshop\b/.test(text) : STATEMENTS.test(name) && GIVEN.test(text)) return;
      context.report({ node, message: 'Say whose rows: compare shop with a value, or write "-- every shop: why".' });
    };
    return {
      TaggedTemplateExpression(node) {
        const name = nameOf(node.tag) ?? "";
        if (name === "sql" || STATEMENTS.test(name)) check(node, name, textOf(node.quasi));
      },
      CallExpression({ callee, arguments: [first] }) {
        if (first?.type !== "TemplateLiteral" && typeof first?.value !== "string") return;
        const name = nameOf(callee) ?? "";
        if (!/Unsafe$/.test(name) && name !== "raw") return;
        check(first, "$queryRaw", first.type === "TemplateLiteral" ? textOf(first) : first.value);
      },
    };
  },
};
