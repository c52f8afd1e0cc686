import { aCollectorPost } from "../../fixtures/orders/collector-post.ts";
import { eventId } from "../../../app/event-contract/event-id.ts";
import type { SignedRequests } from "./orders.ts";

/** Complete HTTP requests to the collector: one ViewContent each, as the theme embed posts it. */
export function browserPosts({ first, count, shops, path }: SignedRequests): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const now = Date.now();
    const view = aCollectorPost({
      id: eventId(`bench-view-${number}`),
      at: now,
      sentAt: now,
      checkoutToken: null,
      orderId: null,
    });
    const body = Buffer.from(JSON.stringify(view));
    const head = [
      `POST ${path}/bench-key-${number % shops} HTTP/1.1`,
      "host: 127.0.0.1",
      "content-type: text/plain;charset=UTF-8",
      `user-agent: ${view.userAgent ?? ""}`,
      "origin: https://tea.example.com",
      `content-length: ${body.length}`,
    ].join("\r\n");
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
  });
}
