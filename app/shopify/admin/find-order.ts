import { z } from "zod";
import { orderId } from "../../event-contract/event-id.ts";

/** Searches an order by the name that the merchant sees. Costs two points. */
export const FIND_ORDER = `#graphql
  query TandemFindOrder($search: String!) {
    orders(first: 5, query: $search) {
      nodes { id name }
    }
  }`;

/** The order that a merchant entered: its GID, or a name to search for. */
export type NamedOrder =
  { readonly kind: "id"; readonly gid: string } | { readonly kind: "name"; readonly name: string };

// Shopify's IDs have at least 10 digits, today 13; order numbers start at 1001.
const ID = /^(?:https:\/\/\S*\/orders\/|gid:\/\/shopify\/Order\/)?(\d{10,})(?:[/?#]\S*)?$/;
// Letters, digits and the characters of prefixes and suffixes such as #EN-1001/A; quotes would end the search term.
const NAME = /^#?([\p{L}\p{N}][\p{L}\p{N}._/-]{0,39})$/u;

/** Null if the text cannot be an order's number, ID or admin URL. */
export function namedOrder(text: string): NamedOrder | null {
  const id = orderId(ID.exec(text.trim())?.[1] ?? null);
  if (id !== null) return { kind: "id", gid: `gid://shopify/Order/${id}` };
  const [, name] = NAME.exec(text.trim()) ?? [];
  return name === undefined ? null : { kind: "name", name };
}

/** The search for FIND_ORDER. */
export const orderNamed = (name: string): string => `name:'${name}'`;

/** The order with exactly this name among the results; null if there is none. Throws on an undocumented answer. */
export function foundOrder(answer: unknown, name: string): string | null {
  const { orders } = FoundOrders.parse(answer);
  const bare = (text: string): string => text.replace(/^#/, "").toLowerCase();
  return orders.nodes.find((order) => bare(order.name) === bare(name))?.id ?? null;
}

const FoundOrders = z.object({ orders: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }) });
