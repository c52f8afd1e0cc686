import { aCollectorPost } from "../../fixtures/orders/collector-post.ts";
import { eventId } from "../../../app/event-contract/event-id.ts";
import { momentText, type OwnFacts } from "../../../app/event-contract/wire.ts";
import type { SignedRequests } from "./orders.ts";

/** A product page's events, as the theme embed posts them. */
const NAMES = ["ViewContent", "PageView"] as const;

/** Complete HTTP requests to the collector for `count` events: one ViewContent each, or a page's two together. */
export function browserPosts({ first, count, shops, path, together = 1 }: SignedRequests): readonly Buffer[] {
  return Array.from({ length: count / together }, (_, index) => {
    const number = first + index * together;
    const now = Date.now();
    const { data, leg, checkoutToken: _token, orderId: _order, ...shared } = aCollectorPost({ sentAt: now });
    const events = NAMES.slice(0, together).map((name, n): OwnFacts => {
      const id = eventId(`bench-view-${number + n}`);
      return { name, id, at: now, leg, data: name === "PageView" ? {} : data };
    });
    const body = Buffer.from(momentText(shared, events));
    const head = [
      `POST ${path}/bench-key-${index % shops} HTTP/1.1`,
      "host: 127.0.0.1",
      "content-type: text/plain;charset=UTF-8",
      `user-agent: ${shared.userAgent ?? ""}`,
      "origin: https://tea.example.com",
      `content-length: ${body.length}`,
    ].join("\r\n");
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
  });
}
