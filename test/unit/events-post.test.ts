import { describe, expect, test } from "vitest";
import { parseCollectorPost, parseEventsPost } from "../../app/event-contract/parse-collector-post.ts";
import { type CollectorPost, MOST_EVENTS } from "../../app/event-contract/wire.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";

const OWN = ["name", "id", "at", "leg", "data", "checkoutToken", "orderId"] as const;

/** The event's own fields, and what it shares with others. */
function apart(post: CollectorPost): { readonly own: object; readonly shared: object } {
  const isOwn = ([key]: readonly [string, unknown]): boolean => (OWN as readonly string[]).includes(key);
  const fields = Object.entries(post);
  return {
    own: Object.fromEntries(fields.filter(isOwn)),
    shared: Object.fromEntries(fields.filter((field) => !isOwn(field))),
  };
}
const moment = (events: unknown, changes: object = {}): string =>
  JSON.stringify({ ...apart(aCollectorPost()).shared, ...changes, events });
const ofNames = (...names: readonly CollectorPost["name"][]) =>
  names.map((name, n) => aCollectorPost({ name, id: `e-${String(n)}` as CollectorPost["id"], data: { value: n } }));
const posts = (body: string) => parseEventsPost(body).map((read) => (read.ok ? read.post : read.because));

describe("a post of several events", () => {
  test("is read as these events, each with what they share", () => {
    const events = ofNames("PageView", "ViewContent", "Purchase");
    expect(posts(moment(events.map((event) => apart(event).own)))).toEqual(events);
  });

  test("may be one event alone, as older extensions post it", () => {
    const post = aCollectorPost();
    expect(parseEventsPost(JSON.stringify(post))).toEqual([{ ok: true, post }]);
    expect(parseCollectorPost(moment([apart(post).own]))).toEqual({ ok: true, post });
  });

  test("takes an event's own field before the shared one, so that consent is each event's", () => {
    const refusal = { marketing: false, saleOfData: false, at: 7 };
    const events = ofNames("PageView", "ViewContent").map((event) => apart(event).own);
    const mixed = moment([{ ...events[0], consent: refusal, url: null }, events[1]]);
    expect(posts(mixed)).toMatchObject([
      { name: "PageView", consent: refusal, url: null },
      { name: "ViewContent", consent: aCollectorPost().consent, url: aCollectorPost().url },
    ]);
  });

  test("loses only the event that cannot be read, whose problem names the field", () => {
    const [view, content] = ofNames("PageView", "ViewContent").map((event) => apart(event).own);
    const bad = [{ ...view, id: "with space" }, null, 7, [], {}, { ...view, id: null }, { ...view, name: "Refund" }];
    const read = parseEventsPost(moment([...bad, content]));

    expect(read.map((one) => (one.ok ? one.post.name : `${one.because} ${one.problem.split(":")[0] ?? ""}`))).toEqual([
      ...["wrong-field id", "wrong-field events", "wrong-field events", "wrong-field events", "wrong-field name"],
      ...["no-id id", "wrong-field name", "ViewContent"],
    ]);
  });

  test("whose shared field is malformed loses the events that do not have their own", () => {
    const [one, other] = ofNames("PageView", "ViewContent").map((event) => apart(event).own);
    const read = parseEventsPost(moment([one, { ...other, sentAt: 1 }], { sentAt: "now" }));
    expect(read).toMatchObject([
      { ok: false, because: "wrong-field", problem: "sentAt: missing or not of the expected form" },
      { ok: true, post: { name: "ViewContent", sentAt: 1 } },
    ]);
  });

  test.each([
    ["none", [], "wrong-field"],
    ["no list", {}, "wrong-field"],
    ["null", null, "wrong-field"],
    ["a thousand", Array.from({ length: 1_000 }, () => ({})), "too-long"],
    ["one too many", Array.from({ length: MOST_EVENTS + 1 }, () => apart(aCollectorPost()).own), "too-long"],
  ])("with %s of them is refused as a whole", (_what, events, because) => {
    expect(parseEventsPost(moment(events))).toMatchObject([{ ok: false, because }]);
  });

  test("holds as many as a browser puts into one", () => {
    const events = Array.from({ length: MOST_EVENTS }, () => apart(aCollectorPost()).own);
    expect(posts(moment(events))).toEqual(events.map(() => aCollectorPost()));
  });

  test("measures each event by itself: only one of a checkout may be long", () => {
    const content_ids = Array.from({ length: 150 }, (_, n) => `a-long-id-of-${String(n)}`.padEnd(100, "x"));
    const named = ofNames("PageView", "InitiateCheckout", "ViewContent", "Search").map((event) => apart(event).own);
    const long = (event: object | undefined) => ({ ...event, data: { content_ids, search_string: "x".repeat(500) } });
    const body = moment([named[0], long(named[1]), long(named[2]), named[3]]);

    expect(body.length).toBeLessThan(65_536);
    expect(parseEventsPost(body).map((read) => (read.ok ? read.post.name : read.because))).toEqual([
      ...["PageView", "InitiateCheckout", "too-long", "Search"],
    ]);
  });
});
