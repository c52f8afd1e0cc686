import type { PrismaClient } from "@prisma/client";

/** A query on a table whose rows belong to shops, which named none. A bug: no input may bring it about. */
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

// A session's ID holds its shop, and Shopify's library reads it before it knows any.
const KEYED_OTHERWISE: ReadonlySet<string> = new Set(["Session", "Housekeeping"]);

const unguarded = new WeakMap<object, PrismaClient>();

/**
 * The client whose model queries must say whose rows they are about: `where` holds the shop, and so does every row that is
 * written. One that does not throws NamesNoShop before it reaches the database. Raw SQL is held to the same by the lint
 * rule `tandem/names-its-shop`.
 */
export function withShopsOnly(client: PrismaClient): PrismaClient {
  const guarded = client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) => checked({ model, operation, args, query }),
      },
    },
    // Only what queries do is changed, so it is a client like every other; `$on`, which an extended one lacks, nobody calls.
  }) as unknown as PrismaClient;
  unguarded.set(guarded, client);
  return guarded;
}

/** The client for a query that is about every shop on purpose. Listed in docs/every-shop.md, which a test keeps true. */
export const everyShop = (prisma: PrismaClient): PrismaClient => unguarded.get(prisma) ?? prisma;

function checked({ model, operation, args, query }: Query): Promise<unknown> {
  if (!KEYED_OTHERWISE.has(model) && !namesShop(model, args)) throw new NamesNoShop(model, operation);
  return query(args);
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  // An object is a record of unknown values: that is all this type claims.
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
