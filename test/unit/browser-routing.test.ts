import { describe, expect, test } from "vitest";
import type { PublishedSettings } from "../../app/event-contract/published-settings.ts";
import { sentName } from "../../app/settings/sent-names.ts";
import {
  aCheckout,
  aPixelFor,
  aVariant,
  customerEvent,
  publishedSettings,
} from "../fixtures/browser/customer-events.ts";
import { aPixelWorker, parametersOf, type WorkerOptions } from "../fixtures/browser/pixel-worker.ts";

const GERMAN = aPixelFor("1111111111", { countries: ["DE", "AT"] });
const WORLD = aPixelFor("2222222222");
const PURCHASES = aPixelFor("3333333333", { eventsOff: ["ViewContent"] });

const aWorker = (change: Partial<PublishedSettings>, options: Partial<WorkerOptions> = {}) =>
  aPixelWorker({ settings: publishedSettings(change), ...options });

const viewed = () => customerEvent({ productVariant: aVariant });
const completedIn = (isoCode: string) =>
  customerEvent({ checkout: { ...aCheckout, localization: { country: { isoCode } } } });

/** Which pixel got which name, as Meta's endpoint reads it. */
const hitsOf = (pixel: Awaited<ReturnType<typeof aWorker>>) =>
  pixel.hits().map((hit) => `${parametersOf(hit)["id"] ?? ""} ${parametersOf(hit)["ev"] ?? ""}`);

describe("the web pixel sends each pixel the events routed to it", () => {
  test.each([
    ["DE", [GERMAN.id, WORLD.id]],
    ["US", [WORLD.id]],
  ])("a purchase in a checkout for %s", async (country, expected) => {
    const pixel = await aWorker({ pixels: [GERMAN, WORLD] });
    await pixel.publish("checkout_completed", completedIn(country));

    expect(hitsOf(pixel)).toEqual(expected.map((id) => `${id} Purchase`));
    expect(pixel.posts()).toMatchObject([{ leg: { sent: true, as: "Purchase", to: expected } }]);
  });

  test.each([
    ["AT", [GERMAN.id, WORLD.id]],
    ["JP", [WORLD.id]],
    ["", [WORLD.id]],
  ])("before the checkout by the country that the storefront has noted (%j)", async (localization, expected) => {
    const pixel = await aWorker({ pixels: [GERMAN, WORLD] }, { cookies: { localization } });
    await pixel.publish("product_viewed", viewed());

    expect(hitsOf(pixel)).toEqual(expected.map((id) => `${id} ViewContent`));
  });

  test("but no event that is switched off for it", async () => {
    const pixel = await aWorker({ pixels: [PURCHASES, WORLD] });
    await pixel.publish("product_viewed", viewed());
    await pixel.publish("checkout_completed", completedIn("DE"));

    expect(hitsOf(pixel)).toEqual([`${WORLD.id} ViewContent`, `${PURCHASES.id} Purchase`, `${WORLD.id} Purchase`]);
  });

  test("and reports the reason to the app if there is no pixel", async () => {
    const pixel = await aWorker({ pixels: [GERMAN] });
    await pixel.publish("checkout_completed", completedIn("US"));

    expect(pixel.hits()).toEqual([]);
    expect(pixel.posts()).toMatchObject([{ leg: { sent: false, because: "no-pixel", to: [] } }]);
  });
});

describe("the web pixel reports an action by the merchant's mapping", () => {
  const { events } = publishedSettings();

  test("under the chosen name, to Meta and to the app", async () => {
    const chosen = sentName("OrderPlaced", "Purchase");
    if (!chosen.ok) throw new Error(chosen.problem.code);
    const Purchase = { as: chosen.name, custom: true, browser: true };
    const pixel = await aWorker({ events: { ...events, Purchase } });
    await pixel.publish("checkout_completed", completedIn("DE"));

    expect(hitsOf(pixel)).toEqual(["1111111111 OrderPlaced"]);
    expect(pixel.posts()).toMatchObject([{ name: "Purchase", leg: { sent: true, as: "OrderPlaced" } }]);
  });

  test("only to the app if only the server sends it", async () => {
    const Purchase = { as: "Purchase", custom: false, browser: false } as const;
    const pixel = await aWorker({ events: { ...events, Purchase } });
    await pixel.publish("checkout_completed", completedIn("DE"));

    expect(pixel.hits()).toEqual([]);
    expect(pixel.posts()).toMatchObject([{ leg: { sent: false, because: "switched-off", to: ["1111111111"] } }]);
  });

  test("not at all if it is off: no hit, no post, no subscription", async () => {
    const { ViewContent: _, ...others } = events;
    const pixel = await aWorker({ events: others });
    await pixel.publish("product_viewed", viewed());

    expect(pixel.requests).toEqual([]);
    expect(pixel.subscribed()).not.toContain("product_viewed");
  });
});
