import { createHmac } from "node:crypto";
import { anOrderWebhook } from "../../fixtures/orders/order-webhook.ts";
import { aLine } from "../../fixtures/orders/true-sale.ts";
import { API_SECRET } from "../../simulators/app-process.ts";

const ID_MARK = "6111111111111";
const TOKEN_MARK = "c0ffee00c0ffee00c0ffee00c0ffee00";

/** Number of the order, from zero; its IDs and its shop derive from it. */
export type OrderNumber = number;

export const orderIdOf = (number: OrderNumber): string => String(6_200_000_000_000 + number);
export const checkoutTokenOf = (number: OrderNumber): string => number.toString(16).padStart(32, "0");
export const shopOf = (number: OrderNumber, shops: number): string => shopName(number % shops);
export const shopName = (index: number): string => `bench-${index}.myshopify.com`;
export const pixelOf = (index: number): string => String(900_000_000_000 + index);
export const tokenOf = (index: number): string => `EAABbenchtoken${index}`;

// Three lines make 5 kB, the size of a small order in a real shop.
const LINES = ["41001", "41002", "41003"].map((variantId, index) =>
  aLine({ variantId, productId: `700${index}`, sku: `TEA-${index}`, title: `Green tea ${index}` }),
);

/** The order's webhook body, about 5 kB: placed now, paid, bought on the web by a person with every field known. */
export function orderBodies(placedAt: Date): (number: OrderNumber) => string {
  const sale = { orderId: ID_MARK, checkoutToken: TOKEN_MARK, placedAt: placedAt.toISOString(), lines: LINES };
  const parts = anOrderWebhook(sale).split(new RegExp(`(${ID_MARK}|${TOKEN_MARK})`));
  return (number) => {
    const marked = new Map([
      [ID_MARK, orderIdOf(number)],
      [TOKEN_MARK, checkoutTokenOf(number)],
    ]);
    return parts.map((part) => marked.get(part) ?? part).join("");
  };
}

export type SignedRequests = {
  readonly first: OrderNumber;
  readonly count: number;
  readonly shops: number;
  readonly path: string;
  /** Of storefront events: how many are in one request. Absent: one. */
  readonly together?: number;
};

/** Whole HTTP requests, signed as Shopify signs them, ready to be written to a socket. */
export function signedRequests(options: SignedRequests): readonly Buffer[] {
  const bodyOf = orderBodies(new Date());
  return Array.from({ length: options.count }, (_, index) => {
    const number = options.first + index;
    const body = Buffer.from(bodyOf(number));
    const head = [
      `POST ${options.path} HTTP/1.1`,
      "host: 127.0.0.1",
      "content-type: application/json",
      "x-shopify-topic: orders/paid",
      `x-shopify-shop-domain: ${shopOf(number, options.shops)}`,
      "x-shopify-api-version: 2026-10",
      `x-shopify-webhook-id: bench-${number}`,
      `x-shopify-triggered-at: ${new Date().toISOString()}`,
      `x-shopify-hmac-sha256: ${createHmac("sha256", API_SECRET).update(body).digest("base64")}`,
      `content-length: ${body.length}`,
    ].join("\r\n");
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
  });
}
