import { shopifyId } from "../event-contract/event-id.ts";
import { type Fields, fieldsOf, fieldsOfText } from "../event-contract/json.ts";
import type { Addition, CartSighting } from "./bundles.ts";
import { jsonOf } from "./page.ts";

/** A request to the cart, with its body parsed. */
export type CartRequest = Omit<CartSighting, "body" | "answer"> & { readonly body: Fields };

export type CartContents = {
  /** The cart's contents are unknown until the next complete response. */
  readonly forget: () => void;
  /** Records that the addition is in the cart. */
  readonly include: (addition: Addition) => void;
  /** The additions that the response shows for this request. */
  readonly additionsOf: (request: CartRequest, answer: Fields | null) => readonly Addition[];
};

const lineOf = (line: unknown): Fields => fieldsOf(line) ?? {};
const variantOf = ({ variant_id, merchandiseId, id }: Fields): string | null =>
  shopifyId(variant_id ?? merchandiseId ?? id);

/** The quantity of each variant in the lines of a request, a response or an event. */
export function quantitiesOf(lines: unknown): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const line of Object.values(fieldsOf(lines) ?? (Array.isArray(lines) ? lines : []))) {
    const variantId = variantOf(lineOf(line));
    const quantity = Number(lineOf(line)["quantity"] ?? 1);
    if (variantId) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  }
  return quantities;
}

/** The lines that the request changes, by variant, key (`variant:…`) or position. */
function namesIn({ kind, body }: CartRequest, lines: readonly Fields[]): readonly unknown[] {
  const { id, line, updates } = body;
  if (kind === "change") return [id ?? lines[Number(line) - 1]?.["variant_id"]];
  const places = Array.isArray(updates) ? updates.length : 0;
  return places > 0 ? lines.slice(0, places).map(variantOf) : Object.keys(fieldsOf(updates) ?? {});
}

const changedBy = (request: CartRequest, lines: readonly Fields[]): readonly string[] =>
  [...new Set(namesIn(request, lines).map((name) => shopifyId(String(name).split(":")[0])))].filter(
    (id) => id !== null,
  );

const additionOf = (variantId: string, quantity: number, lines: readonly Fields[]): readonly Addition[] => {
  const line = lines.find((inCart) => variantOf(inCart) === variantId);
  if (!line || !(quantity > 0)) return [];
  const item = {
    variantId,
    productId: shopifyId(line["product_id"]),
    sku: line["sku"],
    price: line["final_price"] ?? line["price"],
    title: line["product_title"],
    type: line["product_type"],
  };
  return [{ variantId, quantity, item }];
};

/**
 * Tracks the quantity of each variant in the cart, starting from the rendered page. A request that adds states its
 * quantity; for a request that sets quantities, the addition is the increase that its response shows.
 */
export function followCart(): CartContents {
  let held: Map<string, number> | null = null;
  const latest = new Map<string, number>();
  const heldOf = (variantId: string): number => held?.get(variantId) ?? 0;

  const added = ({ body }: CartRequest, lines: readonly Fields[]): readonly Addition[] => {
    const wanted = quantitiesOf(body["items"] ?? [body]);
    return [...quantitiesOf(lines)].flatMap(([variantId, now]) => {
      const quantity = wanted.get(variantId) ?? (held ? now - heldOf(variantId) : 0);
      return additionOf(variantId, quantity, lines);
    });
  };

  const raised = (request: CartRequest, lines: readonly Fields[]): readonly Addition[] => {
    const now = quantitiesOf(lines);
    if (!held) {
      held = now;
      return [];
    }
    return changedBy(request, lines).flatMap((variantId) => {
      // A response that arrives after a later request's response is outdated.
      if (request.position < (latest.get(variantId) ?? 0)) return [];
      latest.set(variantId, request.position);
      const more = (now.get(variantId) ?? 0) - heldOf(variantId);
      if (more < 0) held?.set(variantId, now.get(variantId) ?? 0);
      return additionOf(variantId, more, lines);
    });
  };

  const additionsOf: CartContents["additionsOf"] = (request, answer) => {
    const items = answer?.["items"];
    if (request.kind === "add") {
      return answer ? added(request, (Array.isArray(items) ? items : [answer]).map(lineOf)) : [];
    }
    return Array.isArray(items) ? raised(request, items.map(lineOf)) : [];
  };

  const rendered = fieldsOfText(jsonOf("tandem-cart"));
  if (rendered) held = quantitiesOf(rendered["items"]);
  const forget = (): void => void (held = null);
  // A page from the back/forward cache shows an outdated cart.
  addEventListener("pageshow", (event) => event.persisted && forget());
  return {
    forget,
    include: ({ variantId, quantity }) => held?.set(variantId, heldOf(variantId) + quantity),
    additionsOf,
  };
}
