import { expect, test } from "vitest";

import type { ReconcileState } from "../../app/ledger/types.ts";
import { needsOf, type NeedSituation } from "../../app/routes/app._index/needs.ts";
import { NEED_PLACES, placeOfSender, urlOf } from "../../app/routes/app._index/places.ts";
import { aPixel, ALL_SEEN, aProfile, SHOP } from "./dashboard/samples.ts";

const situation = (change: Partial<NeedSituation> = {}): NeedSituation => ({
  profile: aProfile(),
  facts: ALL_SEEN,
  publish: { problem: null },
  reconciliation: null,
  open: { deliveries: [] },
  filesToDownload: 0,
  embed: "on",
  ...change,
});
const kinds = (change: Partial<NeedSituation>) => needsOf(situation(change)).map(({ kind }) => kind);
const withPixels = (...pixels: readonly Parameters<typeof aPixel>[0][]) => ({
  profile: aProfile({ pixels: pixels.map((pixel) => aPixel(pixel)) }),
});

const compared = (outcomes: readonly ("added" | "too-old" | "unreadable")[]): ReconcileState => ({
  watermark: null,
  finishedAt: null,
  problem: null,
  report: {
    shop: SHOP,
    from: "2026-11-23T13:00:00Z",
    until: "2026-11-23T14:00:00Z",
    orders: 40,
    beforeInstallation: 0,
    withheld: {},
    missing: outcomes.length,
    found: outcomes.map((outcome, n) => ({ orderId: String(n), because: "webhook-never-came" as const, outcome })),
    problem: null,
  },
});

test("a shop in order needs nobody, also while App Bridge has not said whether the embed is on", () => {
  expect(kinds({})).toEqual([]);
  expect(kinds({ embed: "unknown" })).toEqual([]);
  expect(kinds({ embed: "awaited" })).toEqual([]);
});

test("an embed that never reported has its place until App Bridge says whether it is on, and only until then", () => {
  const facts = { ...ALL_SEEN, embedSeenAt: null };
  expect(needsOf(situation({ facts, embed: "awaited" }))).toMatchObject([{ kind: "embed-off", isKnown: false }]);
  expect(needsOf(situation({ facts, embed: "off" }))).toMatchObject([{ kind: "embed-off", isKnown: true }]);
  expect(kinds({ facts, embed: "unknown" })).toEqual([]);
  expect(kinds({ facts, embed: "on" })).toEqual([]);
});

test("a blocked pixel says how many events wait for it, and when Meta stops accepting the first", () => {
  const open = {
    deliveries: [
      { pixelId: "1", state: "held", events: 12, oldest: new Date("2026-11-20T10:00:00Z") },
      { pixelId: "1", state: "queued", events: 3, oldest: new Date("2026-11-21T10:00:00Z") },
      { pixelId: "2", state: "held", events: 9, oldest: new Date("2026-11-01T10:00:00Z") },
    ],
  } as const;
  const pixels = withPixels({ id: "1", state: "blocked", stateReason: "The access token has expired." }, { id: "3" });
  expect(needsOf(situation({ ...pixels, open }))).toEqual([
    {
      kind: "pixel-blocked",
      metaPixelId: "1234567890123456",
      why: "The access token has expired.",
      waiting: 15,
      firstExpiresAt: new Date("2026-11-27T10:00:00Z"),
    },
  ]);
  expect(needsOf(situation(pixels))).toMatchObject([{ kind: "pixel-blocked", waiting: 0, firstExpiresAt: null }]);
});

test("of two blocked pixels the one whose events expire first comes first, and one without any last", () => {
  const held = (pixelId: string, day: string) =>
    ({ pixelId, state: "held", events: 1, oldest: new Date(`${day}T10:00:00Z`) }) as const;
  const blocked = (id: string) => ({ id, metaPixelId: id, state: "blocked" }) as const;
  const needs = needsOf(
    situation({
      ...withPixels(blocked("1"), blocked("2"), blocked("3")),
      open: { deliveries: [held("2", "2026-11-22"), held("3", "2026-11-20")] },
    }),
  );
  expect(needs.map((need) => "metaPixelId" in need && need.metaPixelId)).toEqual(["3", "2", "1"]);
});

test.each([
  ["a paused pixel", withPixels({ state: "paused" }), "pixel-paused"],
  ["a pixel without a token, as after a reinstallation", withPixels({ hasToken: false }), "no-token"],
  ["a test event code that was left in", withPixels({ testEventCode: "TEST1" }), "test-code"],
  [
    "a token that Meta has not confirmed",
    { facts: { ...ALL_SEEN, unconfirmedPixels: ["1234567890123456"] } },
    "token-unconfirmed",
  ],
  ["settings that have not been published", { publish: { problem: "unavailable" } }, "settings-unpublished"],
  ["messages that could not be read", { facts: { ...ALL_SEEN, quarantined: 1 } }, "unreadable"],
  ["answers that nobody knows", { facts: { ...ALL_SEEN, unknownAnswers: 1 } }, "unknown-answers"],
  ["a customer's file", { filesToDownload: 1 }, "data-requests"],
  ["an embed that is off", { embed: "off" }, "embed-off"],
  ["orders that never came", { reconciliation: compared(["added"]) }, "orders-never-came"],
  [
    "another sender",
    { facts: { ...ALL_SEEN, otherSenders: [{ metaPixelId: "1", sender: "tag-manager" }] } },
    "other-sender",
  ],
] as const)("%s needs the merchant", (_, change, kind) => {
  expect(kinds(change)).toEqual([kind]);
});

test("a pixel that is both blocked and without a token needs the token first, and only that", () => {
  expect(kinds(withPixels({ hasToken: false, state: "blocked" }))).toEqual(["no-token"]);
});

test("what loses events comes first, then what counts them wrong, then what only improves them", () => {
  const everything = {
    ...withPixels(
      { id: "1", metaPixelId: "1", testEventCode: "TEST1" },
      { id: "2", metaPixelId: "2", state: "paused" },
      { id: "3", metaPixelId: "3", hasToken: false },
      { id: "4", metaPixelId: "4", state: "blocked" },
      { id: "5", metaPixelId: "5" },
    ),
    facts: {
      ...ALL_SEEN,
      quarantined: 1,
      unknownAnswers: 1,
      unconfirmedPixels: ["1", "5"],
      pixelsBeingChecked: ["5"],
      otherSenders: [{ metaPixelId: "1", sender: "tag-manager" as const }],
    },
    publish: { problem: "Shopify refused." },
    reconciliation: compared(["added"]),
    filesToDownload: 1,
  };
  const inOrder = [
    "pixel-blocked",
    "no-token",
    "settings-unpublished",
    "orders-never-came",
    "unreadable",
    "pixel-paused",
    "other-sender",
    "test-code",
    "token-unconfirmed",
    "token-being-checked",
    "data-requests",
    "embed-off",
    "unknown-answers",
  ];
  expect(kinds({ ...everything, embed: "off" })).toEqual(inOrder);
  expect(Object.keys(NEED_PLACES).concat("other-sender").sort()).toEqual([...inOrder].sort());
});

test("an embed without which nothing is measured is as urgent as a blocked pixel", () => {
  const { settings } = aProfile();
  const profile = aProfile({
    settings: { ...settings, storefrontMode: "embed" },
    pixels: [aPixel({ hasToken: false, testEventCode: "TEST1" })],
  });
  expect(kinds({ profile, embed: "off" })).toEqual(["embed-off", "no-token", "test-code"]);
});

test("orders that came too late to be sent are told from those that were added", () => {
  const reconciliation = compared(["added", "too-old", "unreadable"]);
  expect(needsOf(situation({ reconciliation }))).toEqual([{ kind: "orders-never-came", orders: 3, lost: 2 }]);
  expect(kinds({ reconciliation: compared([]) })).toEqual([]);
});

test("each place is an address of the app, of this shop's admin, or of the program that is to be opened", () => {
  const at = { shop: SHOP, apiKey: "key", metaPixelId: "42" };
  expect(urlOf("events-manager", at)).toBe("https://business.facebook.com/events_manager2/list/dataset/42/settings");
  expect(urlOf("events-manager", { ...at, metaPixelId: null })).toMatch(/\/list\/dataset$/);
  expect(urlOf("customer-events", at)).toBe(`https://${SHOP}/admin/settings/customer_events`);
  expect(urlOf("draft-order", at)).toBe(`https://${SHOP}/admin/draft_orders/new`);
  expect(urlOf(placeOfSender("theme-code"), at)).toBe(`https://${SHOP}/admin/themes`);
  expect(urlOf("events", at)).toBe("/app/events");
});
