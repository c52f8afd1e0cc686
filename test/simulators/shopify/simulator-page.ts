import { adminPage } from "./admin-layout.ts";
import { escapeHtml, fieldsOf, html, redirect, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import { displayMoney } from "./money.ts";
import type { Order, Shop } from "./types.ts";
import type { WebhookDelivery } from "./webhooks.ts";

export type SimulatorPageContext = {
  readonly shops: readonly Shop[];
  readonly deliveries: readonly WebhookDelivery[];
  readonly apiKey: string;
  readonly actions: Readonly<Record<string, (target: string) => void>>;
};

const button = (action: string, target: string, label: string): string =>
  `<form class="inline" method="post" action="/simulator"><input type="hidden" name="action" value="${action}">
<input type="hidden" name="target" value="${escapeHtml(target)}"><button>${label}</button></form>`;

const table = (caption: string, heads: readonly string[], rows: readonly string[]): string =>
  `<table><caption><h2>${caption}</h2></caption><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>${rows.join("") || `<tr><td colspan="${heads.length}">None yet.</td></tr>`}</tbody></table>`;

const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;

function shopRow(shop: Shop, apiKey: string): string {
  const { installed, webPixel, embeds } = shop.installation;
  return row(
    `<a href="https://${shop.domain}/">${escapeHtml(shop.domain)}</a>`,
    shop.currency,
    `<a href="/store/${shop.handle}/apps/${apiKey}">${installed ? "installed" : "install"}</a>`,
    webPixel ? "connected" : "disconnected",
    embeds.length > 0 ? escapeHtml(embeds.join(", ")) : "off",
    shop.visitorRegion,
    installed ? button("uninstall", shop.domain, "Uninstall") : "",
  );
}

function orderRow(order: Order): string {
  const pending = order.financialStatus === "pending" && order.cancelledAt === null;
  return row(
    `#${order.number}<br><code>${order.id}</code>`,
    escapeHtml(order.shop),
    displayMoney(order.priced.total, order.priced.currency),
    order.cancelledAt ? `${order.financialStatus}, cancelled` : order.financialStatus,
    order.source,
    order.createdAt.toISOString(),
    pending ? button("mark-paid", order.id, "Mark as paid") : "",
  );
}

function deliveryRow(delivery: WebhookDelivery): string {
  const attempts = delivery.attempts.map(({ status, problem }) => status ?? problem ?? "no answer").join(", ");
  return row(
    escapeHtml(delivery.topic),
    escapeHtml(delivery.shop),
    delivery.state,
    escapeHtml(String(attempts)),
    `<code>${delivery.webhookId}</code>`,
    button("repeat", delivery.webhookId, "Send again"),
  );
}

/** https://admin.shopify.com/simulator: what happened, with the actions of a merchant and of Shopify. */
export function answerSimulatorPage(request: SimulatedRequest, context: SimulatorPageContext): SimulatedReply | null {
  if (request.url.pathname !== "/simulator") return null;
  if (request.method === "POST") {
    const { action = "", target = "" } = fieldsOf(request);
    context.actions[action]?.(target);
    return redirect("/simulator");
  }
  const orders = context.shops.flatMap((shop) => shop.orders);
  const body = [
    table(
      "Shops",
      ["Shop", "Currency", "App", "Web pixel", "App embeds", "Visitors from", ""],
      context.shops.map((shop) => shopRow(shop, context.apiKey)),
    ),
    table(
      "Orders",
      ["Order", "Shop", "Total", "Payment", "Source", "Created", ""],
      [...orders].reverse().map(orderRow),
    ),
    table(
      "Webhooks",
      ["Topic", "Shop", "State", "Answers", "Webhook id", ""],
      [...context.deliveries].reverse().map(deliveryRow),
    ),
  ];
  return html(adminPage("Shopify (simulator)", `<main><h1>Shopify (simulator)</h1>${body.join("")}</main>`));
}
