import { expect, test } from "vitest";
import { problem } from "../../app/wording/problem.ts";
import { onlyOrder } from "../../app/routes/app.events._index/read-event-query.ts";
import { orderAsJson } from "../../app/routes/app.orders.$id/order-as-json.ts";
import { orderForReading } from "../../app/routes/app.orders.$id/order-for-reading.ts";
import { OrderPage } from "../../app/routes/app.orders.$id/order-page.tsx";
import { OrderNowResult } from "../../app/routes/app.orders.$id/order-now-card.tsx";
import type { EventNowForReading, OrderNowForReading } from "../../app/routes/app.orders.$id/order-now-for-reading.ts";
import { SendAgainView } from "../../app/routes/app.orders.$id/send-again.tsx";
import type { Following } from "../../app/components/use-followed.ts";
import type { SentAgain } from "../../app/pipeline/send-again.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { textOf } from "./dashboard/html-of.tsx";
import { anEvent, ORDER } from "./dashboard/samples.ts";

const NOW: EventNowForReading = {
  ...{
    eventName: "Purchase",
    eventId: anEvent().eventId,
    actionSource: "website",
    sentAs: "Purchase",
    state: "send",
    reason: null,
  },
  ...{ server: '{ "event_name": "Purchase" }', caveats: ["receipt-without-person"], again: { kind: "may", to: ["1"] } },
};
const idle: Following<SentAgain> = { isRunning: false, result: undefined, start: () => undefined };
const nowIn = (now: OrderNowForReading, sending = idle, maySend = true) =>
  textOf(
    <OrderNowResult
      result={now}
      again={(event) => <SendAgainView event={event} maySend={maySend} sending={sending} />}
    />,
  );

const events = [
  anEvent(),
  anEvent({ eventName: "Subscribe", state: "withheld", reason: "consent-browser-declined", legsAgree: null }),
];
const order = orderForReading({ orderId: ORDER, orderName: "#1001", events });
const page = (language: "en" | "de" | "cs") =>
  textOf(
    <OrderPage order={order} inShopify="https://sample-shop.myshopify.com/admin/orders/1" />,
    wordsFor({ language, locale: language }),
  );

test("an order's page says of each event whether it was sent and why not, with both legs and Meta's answer", () => {
  const text = page("en");
  expect(text).toMatch(/Order #1001 .*Tandem made 2 events of this order/);
  expect(text).toMatch(/Subscribe .* Not sent .*reported that marketing is not allowed/);
  expect(text.match(/Both legs, side by side/g)).toHaveLength(2);
  expect(text).toContain("trace ID A0b1C2d3");
  expect(text).toMatch(/Happened Nov 23, 2026.*Value: €99.80/);
});

test("is in the merchant's language", () => {
  expect(page("de")).toMatch(/Bestellung #1001 .*hat aus dieser Bestellung 2 Events gemacht/);
  expect(page("cs")).toMatch(/Objednávka #1001 .*Tandem z této objednávky vytvořil 2 události/);
});

test("its JSON has what was decided and answered, and nothing of the customer's", () => {
  const json = orderAsJson(order);
  expect(JSON.parse(json)).toMatchObject({
    orderName: "#1001",
    events: [
      { state: "delivered", matchKeys: ["em", "client_ip_address", "client_user_agent", "fbp"] },
      { state: "withheld", reason: "consent-browser-declined" },
    ],
  });
  expect(json).toContain("A0b1C2d3");
  for (const personal of ["aaaaaa", "203.0.113.9", "Mozilla", "fb.1.", "https://"]) {
    expect(json).not.toContain(personal);
  }
});

test("a search that can mean one order only leads to its page, any other lists events", async () => {
  const sought: string[] = [];
  const find = (found: readonly string[]) => (text: string) => {
    sought.push(text);
    // Orders have no other form.
    return Promise.resolve(found as never);
  };
  const only = (query: string, found: readonly string[]) => onlyOrder(new URLSearchParams(query), find(found));
  expect(await only("search=%231001", ["1"])).toBe("1");
  expect(await only("search=1001", ["1", "1001"])).toBeNull();
  expect(await only("search=purchase.x.1", [])).toBeNull();
  expect(await only(`search=gid://shopify/Order/${ORDER}`, [ORDER])).toBe(ORDER);
  expect(sought).toEqual(["#1001", "1001", "purchase.x.1", ORDER]);
  expect(await only("order=1", ["1"])).toBeNull();
  expect(await only("search=", ["1"])).toBeNull();
});

test("what would be sent now is shown with what is missing, and may be sent again by those who may change things", () => {
  const sent = nowIn({ kind: "decided", events: [NOW] });
  expect(sent).toMatch(/Missing: when the event was not sent, Tandem removed the cookies/);
  expect(sent).toMatch(/may be sent again.*Send Purchase again.*event_name/);
  expect(nowIn({ kind: "decided", events: [NOW] }, idle, false)).toContain("Your role may not send events again");
});

test("what is not sent again says why, and so does an order that Shopify does not show", () => {
  const late: EventNowForReading = { ...NOW, again: { kind: "not", because: "pair-too-old" } };
  expect(nowIn({ kind: "decided", events: [late] })).toMatch(
    /Cannot be sent again\. The browser’s event reached Meta more/,
  );
  const withheld: EventNowForReading = { ...NOW, state: "withheld", reason: "no-pixel", server: null };
  expect(nowIn({ kind: "decided", events: [withheld] })).toMatch(
    /No Meta pixel was connected.*Nothing would be sent to Meta/,
  );
  expect(nowIn({ kind: "gone" })).toContain("Shopify does not show this order to the app");
  expect(nowIn({ kind: "stopped", problem: problem("order.unavailable") })).toContain("Shopify does not answer");
});

test.each<[SentAgain, string]>([
  [{ kind: "queued" }, "On its way"],
  [{ kind: "changed" }, "changed in the meantime"],
  [{ kind: "not", because: "under-way" }, "on its way or waits already"],
  [{ kind: "no-access" }, "has not given this app access"],
  [
    { kind: "stopped", problem: problem("order.refused-because", { message: "Access denied" }) },
    "and says: “Access denied”",
  ],
])("after the click the page says what became of it: %j", (result, sentence) => {
  expect(nowIn({ kind: "decided", events: [NOW] }, { ...idle, result })).toContain(sentence);
});
