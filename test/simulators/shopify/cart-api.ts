import { fieldsOf, json, jsonObject, redirect, textOf, type SimulatedReply } from "./http.ts";
import { ajaxCart } from "./liquid-objects.ts";
import { cartLinePayload } from "./pixel-payloads.ts";
import { findVariant, price } from "./pricing.ts";
import type { Cart } from "./types.ts";
import type { Visit } from "./visit.ts";

type Fields = Readonly<Record<string, unknown>>;

const cartError = (message: string, description: string, status = 422): SimulatedReply =>
  json({ status, message, description }, status);

/** The fields of a FormData body; null for any other. */
function multipartFields(body: string): Record<string, string> | null {
  const fields = [...body.matchAll(/name="([^"]*)"\r\n\r\n([\s\S]*?)\r\n--/g)];
  return fields.length === 0 ? null : Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value]));
}

/** `attributes[gift]=yes` of a form becomes `{attributes: {gift: "yes"}}`; JSON bodies have that shape already. */
function cartFields(visit: Visit): Fields {
  const { request } = visit;
  if (request.headers["content-type"]?.includes("json")) return jsonObject(request.body) ?? {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(multipartFields(request.body) ?? fieldsOf(request))) {
    const nested = /^(\w+)\[([^\]]*)\]$/.exec(name);
    if (!nested) fields[name] = value;
    // The names come from the pattern, so both groups exist; an earlier value of that name is one of these objects.
    else fields[nested[1] ?? ""] = { ...(fields[nested[1] ?? ""] as object | undefined), [nested[2] ?? ""]: value };
  }
  return fields;
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const texts = (value: unknown): Record<string, string> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {};

/** Adds the lines, or names the first variant that does not exist. */
function addLines(visit: Visit, wanted: readonly Fields[]): { added: string[] } | { missing: string } {
  const { shop, cart } = visit;
  const missing = wanted.find((line) => !findVariant(shop, String(line["id"])));
  if (missing) return { missing: String(missing["id"]) };
  for (const line of wanted) {
    const quantity = Math.max(1, Math.trunc(Number(line["quantity"] ?? 1)) || 1);
    const variantId = String(line["id"]);
    const properties = texts(line["properties"]);
    const same = cart.lines.find(
      (known) => known.variantId === variantId && JSON.stringify(known.properties) === JSON.stringify(properties),
    );
    if (same) same.quantity += quantity;
    else cart.lines.push({ variantId, quantity, properties });
  }
  return { added: wanted.map((line) => String(line["id"])) };
}

function add(visit: Visit, asPage: boolean): SimulatedReply {
  const fields = cartFields(visit);
  const wanted = Array.isArray(fields["items"]) ? fields["items"].filter(isRecord) : [fields];
  const result = addLines(visit, wanted);
  if ("missing" in result) return cartError("Cart Error", `Variant ${result.missing} does not exist.`, 404);
  const { shop, cart } = visit;
  if (asPage) {
    const priced = price({ shop, cart, discountCode: cart.discountCode, withShipping: false });
    for (const line of priced.lines.filter(({ variant }) => result.added.includes(variant.id))) {
      cart.pendingEvents.push({
        name: "product_added_to_cart",
        data: { cartLine: cartLinePayload(shop, cart.country, line, priced.currency) },
      });
    }
    return redirect("/cart");
  }
  const { items, currency } = ajaxCart(shop, cart);
  const added = items.filter((item) => result.added.includes(String(item.id))).map((item) => ({ ...item, currency }));
  return json(Array.isArray(fields["items"]) ? { items: added } : added[0]);
}

/** Empty text and null remove an attribute. */
function mergeAttributes(cart: Cart, changes: unknown): void {
  if (!isRecord(changes)) return;
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") delete cart.attributes[name];
    else cart.attributes[name] = textOf(value);
  }
}

function setQuantity(cart: Cart, variantId: string, quantity: number): void {
  for (const line of cart.lines) if (line.variantId === variantId) line.quantity = quantity;
  cart.lines = cart.lines.filter((line) => line.quantity > 0);
}

function update({ shop, cart }: Visit, fields: Fields): SimulatedReply {
  mergeAttributes(cart, fields["attributes"]);
  if (typeof fields["note"] === "string") cart.note = fields["note"];
  if (isRecord(fields["updates"])) {
    for (const [key, quantity] of Object.entries(fields["updates"])) {
      setQuantity(cart, key.split(":")[0] ?? "", Number(quantity));
    }
  }
  return json(ajaxCart(shop, cart));
}

function change({ shop, cart }: Visit, fields: Fields): SimulatedReply {
  const key = textOf(fields["id"]).split(":")[0] ?? "";
  const byLine = cart.lines[Number(fields["line"] ?? 0) - 1]?.variantId;
  if (!cart.lines.some((line) => line.variantId === (byLine ?? key))) {
    return cartError("Cart Error", "no valid id or line parameter", 400);
  }
  setQuantity(cart, byLine ?? key, Number(fields["quantity"] ?? 0));
  return json(ajaxCart(shop, cart));
}

function clear({ shop, cart }: Visit): SimulatedReply {
  cart.lines = [];
  return json(ajaxCart(shop, cart));
}

/** The Ajax Cart API and the plain form post; null for paths that are none of it. */
export function answerCartApi(visit: Visit): SimulatedReply | null {
  const { method, url } = visit.request;
  const path = url.pathname;
  if (path === "/cart.js" || path === "/cart.json") return json(ajaxCart(visit.shop, visit.cart));
  if (method !== "POST") return null;
  switch (path) {
    case "/cart/add":
      return add(visit, true);
    case "/cart/add.js":
      return add(visit, false);
    case "/cart/update":
    case "/cart/update.js":
      return update(visit, cartFields(visit));
    case "/cart/change.js":
      return change(visit, cartFields(visit));
    case "/cart/clear.js":
      return clear(visit);
    default:
      return null;
  }
}
