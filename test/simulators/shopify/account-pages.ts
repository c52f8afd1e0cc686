import { fieldsOf, redirect, type SimulatedReply } from "./http.ts";
import { liquidAmount } from "./money.ts";
import { BUYER_ADDRESS } from "./orders.ts";
import type { Order } from "./types.ts";
import type { Visit } from "./visit.ts";

// Forms that Shopify answers itself, and the pages of legacy customer accounts.

const CUSTOMER = "simulator_customer";
/** Another customer's ID; absent: always the same one. */
const CUSTOMER_ID = "simulator_customer_id";

/** Who is logged in, in Liquid's names; null for a guest. */
export function customerObject({ request }: Visit) {
  const email = request.cookies[CUSTOMER];
  if (!email) return null;
  const { firstName, lastName, city, zip, countryCode, phone } = BUYER_ADDRESS;
  return {
    id: Number(request.cookies[CUSTOMER_ID] ?? 7_001_002_003),
    email: decodeURIComponent(email),
    first_name: firstName,
    last_name: lastName,
    phone,
    default_address: { city, zip, country_code: countryCode },
  };
}

/** The order in Liquid's names and units; `subtotal_line_items` are all lines, for nothing here is a tip. */
export function orderObject(order: Order) {
  const { priced } = order;
  const hundredths = (amount: number): number => liquidAmount(amount, priced.currency);
  const lines = priced.lines.map((line) => ({
    quantity: line.quantity,
    final_line_price: hundredths(
      line.total - line.allocations.filter(({ discount }) => discount.target !== "order").reduce(sumOf, 0),
    ),
    discount_allocations: line.allocations.map(({ discount, amount }) => ({
      amount: hundredths(amount),
      discount_application: { target_selection: discount.target === "order" ? "all" : "entitled" },
    })),
    variant_id: Number(line.variant.id),
    product_id: Number(line.product.id),
    sku: line.variant.sku,
    product: { type: line.product.type },
  }));
  return {
    id: Number(order.id),
    order_number: order.number,
    created_at: order.createdAt.toISOString(),
    cancelled: order.cancelledAt !== null,
    financial_status: order.financialStatus,
    line_items: lines,
    subtotal_line_items: lines,
    subtotal_price: hundredths(priced.subtotal),
    total_price: hundredths(priced.total),
    tax_price: hundredths(priced.tax),
    shipping_price: hundredths(priced.shipping),
  };
}

const sumOf = (sum: number, { amount }: { readonly amount: number }): number => sum + amount;

const logIn = (email: string): string => `${CUSTOMER}=${encodeURIComponent(email)}; Path=/; Secure; SameSite=Lax`;

/** The contact form, the newsletter and the registration; null for everything else. */
export function answerForms(visit: Visit): SimulatedReply | null {
  const { request } = visit;
  if (request.method !== "POST") return null;
  const fields = fieldsOf(request);
  const refused = !Object.entries(fields).some(([name, value]) => name.endsWith("[email]") && value.includes("@"));
  if (request.url.pathname === "/contact") {
    const isNewsletter = fields["form_type"] === "customer";
    const back = isNewsletter ? (request.headers.referer ?? "/").split("?")[0] : "/pages/contact";
    return redirect(`${back ?? "/"}${refused ? "" : `?${isNewsletter ? "customer" : "contact"}_posted=true`}`);
  }
  if (request.url.pathname !== "/account" || fields["form_type"] !== "create_customer") return null;
  if (refused) return redirect("/account/register");
  visit.cookies.push(logIn(fields["customer[email]"] ?? ""));
  return redirect("/");
}
