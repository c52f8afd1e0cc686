import { expect, test } from "vitest";
import { compareLegs } from "../../app/routes/app.events.$name.$id/compare-legs.ts";
import { amount } from "../../app/wording/amount.ts";
import { eventForReading } from "../../app/routes/app.events.$name.$id/event-for-reading.ts";
import {
  eventsUrl,
  eventUrlAt,
  filterQuery,
  NO_FILTER,
  timeInQuery,
} from "../../app/routes/app.events._index/event-links.ts";
import { eventUrl } from "../../app/components/record-urls.ts";
import { EventDetailPage } from "../../app/routes/app.events.$name.$id/event-page.tsx";
import { EventShortcuts } from "../../app/routes/app.events._index/event-shortcuts.tsx";
import { EventsPage, type EventsProps } from "../../app/routes/app.events._index/events-page.tsx";
import { readEventQuery } from "../../app/routes/app.events._index/read-event-query.ts";
import { sentName } from "../../app/settings/sent-names.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";
import { anEvent, ORDER } from "./dashboard/samples.ts";

const list = (change: Partial<EventsProps> = {}) =>
  textOf(
    <EventsPage
      page={{ rows: [anEvent()], nextCursor: null }}
      totals={{ events: 1, outcomes: [{ outcome: "delivered", events: 1 }] }}
      filter={NO_FILTER}
      isUnreadable={false}
      pixels={[]}
      mayExport
      isOlderPage={false}
      busy={false}
      onSubmit={() => undefined}
      {...change}
    />,
  );
const detail = (...change: Parameters<typeof anEvent>) =>
  textOf(<EventDetailPage event={eventForReading(anEvent(...change))} />);

test("the list shows an event's order, value, both legs and whether they agree", () => {
  expect(list()).toMatch(/Purchase .*Order #1012 .*€99\.80 .*Sent .*Delivered .*Matched/);
});

test("an order is called by its name, and by its ID where no name is known", () => {
  expect(detail()).toContain("Purchase, order #1012");
  const unnamed = anEvent({ orderName: null });
  expect(list({ page: { rows: [unnamed], nextCursor: null } })).toContain("Order 6198424240428");
  expect(detail({ orderName: null })).toContain("Purchase, order 6198424240428");
});

test("a withheld event shows its reason in plain words, in the list and on its page", () => {
  const withheld = { state: "withheld", reason: "consent-required-and-unknown", legsAgree: null } as const;
  const why = "Usually the customer declined or ignored the cookie banner.";
  expect(list({ page: { rows: [anEvent(withheld)], nextCursor: null } })).toContain(why);
  expect(detail(withheld)).toContain(why);
});

test("an event sent under another name shows that name", () => {
  expect(detail()).not.toContain("Sent as");
  const chosen = sentName("OrderPlaced", "Purchase");
  if (!chosen.ok) throw new Error(chosen.problem.code);
  const server = { ...anEvent().server, event_name: chosen.name };
  expect(detail({ server })).toMatch(/Sent as\s+OrderPlaced/);
});

test("an empty list explains what will appear, and an empty search explains how to search", () => {
  const nothing = { rows: [], nextCursor: null };
  expect(list({ page: nothing })).toContain("Page views and product views appear here");
  expect(list({ page: nothing, filter: { ...NO_FILTER, event: "Lead" } })).toContain("No event matches");
});

test("paging keeps the filter", () => {
  expect(eventsUrl({ ...NO_FILTER, event: "Purchase", period: "7" }, "abc")).toBe(
    "/app/events?period=7&event=Purchase&cursor=abc",
  );
  expect(eventsUrl(NO_FILTER, null)).toBe("/app/events");
});

test("every field of the filter is in the URL, and what no field has filters nothing", () => {
  const url =
    "period=30&event=Purchase&outcome=withheld&reason=consent-browser-declined&legs=none&channel=online&pixel=42";
  const read = readEventQuery(new URLSearchParams(url));
  expect(read.query).toEqual({
    period: "30",
    eventName: "Purchase",
    outcome: "withheld",
    reason: "consent-browser-declined",
    legs: "none",
    channel: "online",
    pixel: "42",
  });
  expect(new Set(new URLSearchParams(filterQuery(read.filter)))).toEqual(new Set(new URLSearchParams(url)));
  const odd = "period=8&event=Sale&outcome=gone&reason=%00&legs=3&channel=moon&pixel=%00";
  expect(readEventQuery(new URLSearchParams(odd)).query).toEqual({});
});

test("the totals say how each ended, and why there are none", () => {
  const totals = {
    events: 1204,
    outcomes: [
      { outcome: "delivered", events: 1200 },
      { outcome: "withheld", events: 4 },
    ],
  } as const;
  expect(list({ totals })).toContain("1,204 events. Delivered: 1,200 and Not sent: 4.");
  expect(list({ totals: null })).toContain("This combination of filters has none");
});

test("an event whose pixel is blocked waits for it, and is not on its way", () => {
  const rows = [anEvent({ state: "queued", heldBy: "blocked", legsAgree: null })];
  const text = list({ page: { rows, nextCursor: null } });
  expect(text).toContain("Waiting: the pixel is blocked");
  expect(text).not.toMatch(/Server\s+On its way/);
});

test("an event's URL works with any character that IDs may have", () => {
  expect(eventUrl(anEvent())).toBe(`/app/events/Purchase/purchase.sample-shop.${ORDER}`);
  expect(eventUrlAt(anEvent())).toBe(eventUrl(anEvent()));
  const { search } = new URL(eventUrlAt({ ...anEvent(), orderId: null }), "https://app.example");
  expect(timeInQuery(new URLSearchParams(search))).toEqual(anEvent().eventTime);
  expect([timeInQuery(new URLSearchParams()), timeInQuery(new URLSearchParams("at=x"))]).toEqual([null, null]);
});

test("orders can be searched by name, ID, GID or admin URL, events by ID; other input is explained", () => {
  const read = (order: string) => readEventQuery(new URLSearchParams({ order }));
  for (const text of ["#1001", "1001", "EN-1001/A", ORDER, `purchase.sample-shop.${ORDER}`]) {
    expect(read(text)).toMatchObject({ query: { search: text }, isUnreadable: false });
  }
  for (const text of [`gid://shopify/Order/${ORDER}`, `https://admin.shopify.com/store/sample/orders/${ORDER}`]) {
    expect(read(text).query.orderId).toBe(ORDER);
  }
  for (const text of ["gid://shopify/Product/1", "https://admin.shopify.com/store/sample", "1\0", "1".repeat(201)]) {
    expect(read(text).query).toEqual({});
    expect(read(text).isUnreadable).toBe(true);
  }
  expect(read("").isUnreadable).toBe(false);
});

test("equal parameters show as same, others as different, and a missing leg is not compared", () => {
  const event = anEvent();
  const data = { ...event.server.custom_data, value: 90 };
  const browser = event.browser && { ...event.browser, data };
  const verdicts = (compared: ReturnType<typeof compareLegs>) =>
    Object.fromEntries(compared.map((row) => [row.name, row.verdict]));

  expect(verdicts(compareLegs({ ...event, browser }))).toMatchObject({
    value: "different",
    currency: "same",
    contents: "same",
  });
  expect(new Set(Object.values(verdicts(compareLegs({ ...event, browser: null }))))).toEqual(new Set(["one-sided"]));
  const shortened = event.browser && { ...event.browser, data: { ...data, contents: [], content_ids: [] } };
  expect(verdicts(compareLegs({ ...event, browser: shortened }))).toMatchObject({
    value: "different",
    contents: "one-sided",
    content_ids: "one-sided",
    num_items: "same",
  });
  expect(eventForReading({ ...event, browser: shortened }).isShortened).toBe(true);
  const contents = [{ id: "mug-1", quantity: 2, item_price: 12.9 }];
  const sold = { ...event.server, custom_data: { ...event.server.custom_data, contents } };
  // Of no language: the page of a reader in any shows it.
  expect(compareLegs({ server: sold, browser })).toContainEqual(
    expect.objectContaining({ name: "contents", server: "mug-1: 2 × 12.9" }),
  );
});

test("the page of an event shows every parameter, the attempt with Meta's trace id, and the consent rule", () => {
  const text = detail();
  for (const name of [
    "value",
    "currency",
    "content_ids",
    "contents",
    "num_items",
    "order_id",
    "fbp",
    "event_source_url",
  ]) {
    expect(text).toContain(name);
  }
  expect(text).toContain("trace ID A0b1C2d3");
  expect(text).toContain("reported that marketing is allowed");
  expect(text).toContain("Version 4");
});

test("no personal data reaches the page: hashes are shortened, IP address and user agent only mentioned", () => {
  const sent = JSON.stringify(eventForReading(anEvent()));
  expect(sent).not.toContain("a".repeat(7));
  expect(sent).not.toContain("203.0.113.9");
  expect(sent).not.toContain("Mozilla");
  expect(sent).toContain("client_ip_address");
});

test.each([
  [99.8, "EUR", "99.80 EUR"],
  [12000, "JPY", "12000 JPY"],
  [1.5, "KWD", "1.500 KWD"],
])("%s %s is written %s", (value, currency, written) => {
  expect(amount({ value, currency })).toBe(written);
});

test("an amount without a currency is not shown", () => {
  expect(amount({ value: 5, currency: null })).toBeNull();
});

test("a late consent signal is shown beside the decision, which it did not change", () => {
  const later = { marketing: false, saleOfData: false, at: Date.parse("2026-11-23T15:00:00Z") };
  expect(detail({ lateSignal: later })).toMatch(/Reported later\s+Marketing not allowed[^]*does not change it/);
  expect(detail()).not.toContain("Reported later");
});

test("a receipt after the decision is marked as too late for the server leg", () => {
  const event = anEvent();
  const decidedAt = event.consent?.decidedAt ?? 0;
  const reportedAfter = (ms: number) => event.browser && { ...event.browser, seenAt: new Date(decidedAt + ms) };
  expect(detail({ browser: reportedAfter(60_000) })).toContain("the server leg has of the browser only");
  expect(detail({ browser: reportedAfter(-1) })).not.toContain("has of the browser only");
});

test("a shortcut filters by all that its link says, and the one that is shown is no link", () => {
  const html = htmlOf(<EventShortcuts filter={{ ...NO_FILTER, event: "Purchase" }} />);
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  expect(links).toHaveLength(4);
  for (const link of links) {
    const asked = new URL(link, "https://app.example").searchParams;
    expect(filterQuery(readEventQuery(asked).filter)).toBe(asked.toString());
  }
  expect(html).toMatch(/aria-current="page"><s-text type="strong">Purchases</);
});
