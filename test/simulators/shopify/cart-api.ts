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

/** `items[0][id]=1` of a form becomes `{items: [{id: "1"}]}`; JSON bodies have that shape already. */
function cartFields(visit: Visit): Fields {
  const { request } = visit;
  if (request.headers["content-type"]?.includes("json")) return jsonObject(request.body) ?? {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(multipartFields(request.body) ?? fieldsOf(request))) {
    const [first = "", second, third] = name.split(/\]?\[|\]/);
    // An earlier value of that name is one of these objects.
    const outer = { ...(fields[first] as Record<string, unknown> | undefined) };
    if (second === undefined) fields[first] = value;
    else {
      fields[first] = {
        ...outer,
        [second]: third ? { ...(outer[second] as object | undefined), [third]: value } : value,
      };
    }
  }
  const { items } = fields;
  return isRecord(items) ? { ...fields, items: Object.values(items) } : fields;
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const texts = (value: unknown): Record<string, string> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {};

// More of a variant than this is never in stock.
const IN_STOCK = 100;

/** Why the lines cannot be added, or null. Wording: shopify.dev, changelog of 2024-07-25. */
function refusalOf({ shop, cart }: Visit, wanted: readonly Fields[]): SimulatedReply | null {
  const missing = wanted.find((line) => !findVariant(shop, String(line["id"])));
  if (missing) return cartError("Cart Error", `Variant ${String(missing["id"])} does not exist.`, 404);
  const tooMany = wanted.find(({ id, quantity }) => {
    const held = cart.lines.filter(({ variantId }) => variantId === String(id));
    return held.reduce((sum, line) => sum + line.quantity, Number(quantity ?? 1)) > IN_STOCK;
  });
  const title = tooMany && findVariant(shop, String(tooMany["id"]))?.product.title;
  return title ? cartError("Cart Error", `You can't add more ${title} to the cart.`) : null;
}

/** Adds the lines, and names their variants. */
function addLines({ cart }: Visit, wanted: readonly Fields[]): readonly string[] {
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
  return wanted.map((line) => String(line["id"]));
}

/** Whether a browser posts a form, and no script asks (Dawn's and Horizon's product-form.js say so by these headers). */
const isFormPost = ({ request }: Visit): boolean =>
  request.headers["x-requested-with"] !== "XMLHttpRequest" && !/json|javascript/.test(request.headers.accept ?? "");

function add(visit: Visit, asPage: boolean): SimulatedReply {
  const fields = cartFields(visit);
  const wanted = Array.isArray(fields["items"]) ? fields["items"].filter(isRecord) : [fields];
  const refusal = refusalOf(visit, wanted);
  if (refusal) return refusal;
  const variantIds = addLines(visit, wanted);
  const { shop, cart } = visit;
  if (asPage) {
    const priced = price({ shop, cart, discountCode: cart.discountCode, withShipping: false });
    for (const line of priced.lines.filter(({ variant }) => variantIds.includes(variant.id))) {
      cart.pendingEvents.push({
        name: "product_added_to_cart",
        data: { cartLine: cartLinePayload(shop, cart.country, line, priced.currency) },
      });
    }
    return redirect("/cart");
  }
  const { items, currency } = ajaxCart(shop, cart);
  const added = items.filter((item) => variantIds.includes(String(item.id))).map((item) => ({ ...item, currency }));
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

/** Sets quantities by variant or key, also of what is not in the cart yet (Dawn's quick-add-bulk.js, 2025-12). */
function update({ shop, cart }: Visit, fields: Fields): SimulatedReply {
  mergeAttributes(cart, fields["attributes"]);
  if (typeof fields["note"] === "string") cart.note = fields["note"];
  for (const [key, quantity] of Object.entries(isRecord(fields["updates"]) ? fields["updates"] : {})) {
    const variantId = key.split(":")[0] ?? "";
    const isNew = findVariant(shop, variantId) && !cart.lines.some((line) => line.variantId === variantId);
    if (isNew) cart.lines.push({ variantId, quantity: 0, properties: {} });
    setQuantity(cart, variantId, Number(quantity));
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

// Every path also below a language's root, `/de/cart/add.js` (shopify.dev, Cart API reference: "locale-aware URLs").
const CART_PATH = /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/cart(?:\/(add|update|change|clear))?(\.js(?:on)?)?$/i;

/** The Ajax Cart API and the plain form post; null for paths that are none of it. */
export function answerCartApi(visit: Visit): SimulatedReply | null {
  const { method, url } = visit.request;
  const [path, action, ending] = CART_PATH.exec(url.pathname) ?? [];
  if (path === undefined) return null;
  if (!action) return ending ? json(ajaxCart(visit.shop, visit.cart)) : null;
  if (method !== "POST") return null;
  switch (action) {
    case "add":
      return add(visit, !ending && isFormPost(visit));
    case "update":
      return update(visit, cartFields(visit));
    case "change":
      return change(visit, cartFields(visit));
    default:
      return clear(visit);
  }
}
