import { describe, expect, test } from "vitest";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import type { Decision, NewEvent } from "../../app/outbox/types.ts";
import type { RecordedEvent } from "../../app/outbox/recorded-events.server.ts";
import { mayAgain } from "../../app/pipeline/may-send-again.ts";
import type { Pixel } from "../../app/settings/types.ts";
import { anId, CONSENT, NOON, order } from "../support/store-scenes.ts";
import { shopDomain } from "../../app/event-contract/event-id.ts";

const SHOP = shopDomain("tea.myshopify.com") ?? expect.unreachable();
const HOUR_MS = 3_600_000;
const ago = (hours: number): Date => new Date(NOON.getTime() - hours * HOUR_MS);

const body: MetaEvent = {
  event_name: "Purchase",
  event_id: anId("purchase.1"),
  event_time: ago(60).getTime() / 1000,
  action_source: "website",
  user_data: {},
  custom_data: { value: 12, currency: "EUR" },
};
const event: NewEvent = {
  ...{ shop: SHOP, origin: "webhook", body, settingsVersion: 1, orderId: order(1), checkoutToken: null, region: "US" },
  ...{ state: "joining", reason: null, joinForMs: 0, signal: null, browserLeg: null },
};
const recorded: RecordedEvent = {
  ...{ eventName: "Purchase", eventId: body.event_id, state: "withheld", reason: "no-pixel", origin: "webhook" },
  ...{ signal: null, lateSignal: null, browserLeg: null, browserSeenAt: null, createdAt: ago(60), settledAt: ago(59) },
  ...{ receipts: [], deliveries: [], unclearSince: null },
};
const key = { shop: SHOP, eventName: "Purchase", eventId: body.event_id } as const;
const send: Decision = { kind: "send", key, body, consent: CONSENT, to: ["a", "b"] };
const pixel = (id: string, state: Pixel["state"] = "active"): Pixel => ({
  ...{ id, shop: SHOP, metaPixelId: id, state, stateReason: null, hasToken: true, testEventCode: null },
  ...{ countries: null, channels: null, eventsOff: [] },
});

type Changes = {
  readonly event?: Partial<Omit<NewEvent, "body">>;
  readonly body?: Partial<MetaEvent>;
  readonly recorded?: Partial<RecordedEvent>;
  readonly decision?: Decision;
  readonly pixels?: readonly Pixel[];
};

const answer = (changes: Changes = {}) =>
  mayAgain({
    event: { ...event, ...changes.event, body: { ...body, ...changes.body } },
    recorded: { ...recorded, ...changes.recorded },
    decision: changes.decision ?? send,
    pixels: changes.pixels ?? [pixel("a"), pixel("b")],
    now: NOON,
  });

test("an event that no pixel got goes to every pixel that takes it now", () => {
  expect(answer()).toEqual({ kind: "may", to: ["a", "b"] });
});

test("of two pixels only the one that refused the event gets it again, and none that was connected since", () => {
  const deliveries = [
    { pixelId: "a", state: "delivered" },
    { pixelId: "b", state: "refused" },
  ];
  const decision: Decision = { ...send, to: ["a", "b", "c"] };
  const pixels = [pixel("a"), pixel("b"), pixel("c")];
  expect(answer({ recorded: { state: "delivered", deliveries }, decision, pixels })).toEqual({
    kind: "may",
    to: ["b"],
  });
});

const LEG = { sent: true } as const;
const NO = { marketing: false, saleOfData: false, at: NOON.getTime() };
const YES = { marketing: true, saleOfData: true, at: NOON.getTime() };

describe("is not sent again", () => {
  test.each<[string, Changes]>([
    ["under-way", { recorded: { state: "queued", reason: null } }],
    ["under-way", { recorded: { state: "joining", reason: null } }],
    ["under-way", { recorded: { state: "waiting-for-payment" } }],
    [
      "already-delivered",
      { recorded: { state: "delivered", reason: null, deliveries: [{ pixelId: "a", state: "delivered" }] } },
    ],
    ["customer-redacted", { recorded: { reason: "customer-redacted" } }],
    ["no-consent", { recorded: { reason: "consent-required-and-unknown" } }],
    ["no-consent", { recorded: { reason: "consent-browser-declined", lateSignal: YES } }],
    ["declined-later", { recorded: { lateSignal: NO } }],
    ["waits", { event: { state: "waiting-for-payment", reason: "waiting-for-payment" } }],
    ["too-old", { body: { event_time: ago(7 * 24).getTime() / 1000 } }],
    ["pair-too-old", { recorded: { browserLeg: LEG, browserSeenAt: ago(48) } }],
    ["unclear-answer", { recorded: { state: "expired", unclearSince: ago(49) } }],
    ["not-sent-now", { event: { state: "withheld", reason: "zero-value" } }],
    ["not-sent-now", { decision: { kind: "withhold", key, reason: "not-routed", consent: CONSENT } }],
    ["pixel-not-active", { pixels: [pixel("a", "blocked"), pixel("b", "paused")] }],
  ])("%s: %j", (because, changes) => {
    expect(answer(changes)).toEqual({ kind: "not", because });
  });

  test("not-recorded", () => {
    const unknown = mayAgain({ event, recorded: undefined, decision: send, pixels: [pixel("a")], now: NOON });
    expect(unknown).toEqual({ kind: "not", because: "not-recorded" });
  });
});

test("what Meta still takes is no reason against it: a recent browser leg, a sale in a shop of last month, a recent doubt", () => {
  const may = { kind: "may", to: ["a", "b"] };
  expect(answer({ recorded: { browserLeg: LEG, browserSeenAt: ago(40) } })).toEqual(may);
  expect(answer({ recorded: { browserLeg: { sent: false, because: "no-pixel" }, browserSeenAt: ago(60) } })).toEqual(
    may,
  );
  expect(answer({ body: { action_source: "physical_store", event_time: ago(30 * 24).getTime() / 1000 } })).toEqual(may);
  expect(answer({ recorded: { unclearSince: ago(3) } })).toEqual(may);
  expect(answer({ recorded: { lateSignal: YES } })).toEqual(may);
});
