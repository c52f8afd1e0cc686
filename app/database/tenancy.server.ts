import { Prisma, type PrismaClient } from "@prisma/client";

/** A query without a shop on a table whose rows belong to shops. A bug: no input can cause it. */
export class NamesNoShop extends Error {
  override readonly name = "NamesNoShop";
  constructor(model: string, operation: string) {
    super(`${operation} on ${model} names no shop. If it is meant for every shop, use everyShop().`);
  }
}

type Query = {
  readonly model: string;
  readonly operation: string;
  readonly args: unknown;
  readonly query: (args: unknown) => Promise<unknown>;
};

/**
 * The models whose rows belong to shops, read from the schema, so that a new model is among them. A session is
 * not: its ID contains its shop, and Shopify's library reads the session before it knows the shop.
 */
const OF_SHOPS: ReadonlySet<string> = new Set(
  Prisma.dmmf.datamodel.models
    .filter(({ name, fields }) => name === "Shop" || fields.some((field) => field.name === "shop"))
    .map(({ name }) => name)
    .filter((name) => name !== "Session"),
);

const unguarded = new WeakMap<object, PrismaClient>();

/**
 * A client whose model queries must name the shop: in `where`, and in every row that is written. Otherwise it throws
 * NamesNoShop before the query reaches the database. The lint rule `tandem/names-its-shop` checks raw SQL.
 */
export function withShopsOnly(client: PrismaClient): PrismaClient {
  const guarded = client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) => checked({ model, operation, args, query }),
      },
    },
    // The extension only changes queries, so the type still holds; extended clients lack `$on`, which is not used.
  }) as unknown as PrismaClient;
  unguarded.set(guarded, client);
  return guarded;
}

/** The client for queries that intentionally cover every shop. Listed in docs/every-shop.md, which a test checks. */
export const everyShop = (prisma: PrismaClient): PrismaClient => unguarded.get(prisma) ?? prisma;

function checked({ model, operation, args, query }: Query): Promise<unknown> {
  if (OF_SHOPS.has(model) && !namesShop(model, args)) throw new NamesNoShop(model, operation);
  return query(args);
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  // An object is a record of unknown values, which is all that this type claims.
  typeof value === "object" && value !== null ? (value as Fields) : {};

function namesShop(model: string, args: unknown): boolean {
  const { where, data, create } = fieldsOf(args);
  const shopColumn = model === "Shop" ? "domain" : "shop";
  if (where !== undefined) return isOfShop(where, shopColumn) && (create === undefined || isOfShop(create, shopColumn));
  const rows = Array.isArray(data) ? data : [data];
  return rows.length > 0 && rows.every((row) => isOfShop(row, shopColumn));
}

/** Whether the condition or row names one shop, by itself or within a compound key such as `shop_metaPixelId`. */
function isOfShop(condition: unknown, column: string): boolean {
  const fields = fieldsOf(condition);
  if (typeof fields[column] === "string") return true;
  return Object.entries(fields).some(
    ([name, value]) => name.startsWith(`${column}_`) && typeof fieldsOf(value)[column] === "string",
  );
}
