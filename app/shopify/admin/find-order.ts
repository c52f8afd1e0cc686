import { z } from "zod";
import { orderId } from "../../event-contract/event-id.ts";

/** Looks an order up by the name that the merchant sees. Costs two points. */
export const FIND_ORDER = `#graphql
  query TandemFindOrder($search: String!) {
    orders(first: 5, query: $search) {
      nodes { id name }
    }
  }`;

/** What a merchant typed to name an order: its global id, or its name to search for. */
export type NamedOrder =
  { readonly kind: "id"; readonly gid: string } | { readonly kind: "name"; readonly name: string };

// Shopify's ids have 10 digits at least, today 13; order numbers are counted from 1001 on.
const ID = /^(?:https:\/\/\S*\/orders\/|gid:\/\/shopify\/Order\/)?(\d{10,})(?:[/?#]\S*)?$/;
// Letters, digits and the signs of prefixes and suffixes such as #EN-1001/A; quotes would end the search term.
const NAME = /^#?([\p{L}\p{N}][\p{L}\p{N}._/-]{0,39})$/u;

/** Null where the text can be no order's number, id or address in the admin. */
export function namedOrder(text: string): NamedOrder | null {
  const id = orderId(ID.exec(text.trim())?.[1] ?? null);
  if (id !== null) return { kind: "id", gid: `gid://shopify/Order/${id}` };
  const [, name] = NAME.exec(text.trim()) ?? [];
  return name === undefined ? null : { kind: "name", name };
}

/** The search for FIND_ORDER. */
export const orderNamed = (name: string): string => `name:'${name}'`;

/** The order of that very name among what Shopify found; null where there is none. Throws on an undocumented answer. */
export function foundOrder(answer: unknown, name: string): string | null {
  const { orders } = FoundOrders.parse(answer);
  const bare = (text: string): string => text.replace(/^#/, "").toLowerCase();
  return orders.nodes.find((order) => bare(order.name) === bare(name))?.id ?? null;
}

const FoundOrders = z.object({ orders: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }) });
