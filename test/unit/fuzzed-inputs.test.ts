import { describe, expect, test } from "vitest";
import { consentCsv } from "../../app/cli/consent-csv.ts";
import { type OperatorPorts, runOperatorCommand } from "../../app/cli/operator-command.ts";
import { runShopCommand, type ShopCommandPorts } from "../../app/cli/shop-command.ts";
import { parseShopOptions } from "../../app/cli/shop-options.ts";
import { assumedBrowser, assumedProfile } from "../../app/dry-run/assumptions.ts";
import { eventId } from "../../app/event-contract/event-id.ts";
import { parseCollectorPost } from "../../app/event-contract/parse-collector-post.ts";
import { sourceUrl } from "../../app/event-contract/source-url.ts";
import { parseGraphBody } from "../../app/meta/graph-answer.ts";
import { regainMs } from "../../app/meta/regain-time.ts";
import { normalizedName, normalizedZip } from "../../app/normalize/identity.ts";
import { plainAddress } from "../../app/normalize/ip-address.ts";
import { normalizedPhone } from "../../app/normalize/phone.ts";
import { publishedFormRules } from "../../app/settings/form-rules.ts";
import { changeFrom } from "../../app/settings/settings-change.ts";
import { orderList } from "../../app/shopify/admin/admin-order-list.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { fieldsOfBody } from "../../app/theme-embed/fields-of-body.ts";
import { searchData } from "../../app/theme-embed/shown-page.ts";
import { searchData as searchedInPixel } from "../../extensions/tandem-web-pixel/src/storefront-events.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";

// Shrunk inputs that `npm run fuzz` crashed with, each beside the promise that it broke.

describe("what Shopify and Meta answer", () => {
  test("an order that comes to more than a number holds exactly is none", () => {
    const [line] = (JSON.parse(anOrderWebhook()) as { line_items: object[] }).line_items;
    const lines = [{ ...line, quantity: Number.MAX_SAFE_INTEGER }];
    expect(parseOrder(anOrderWebhook({}, { line_items: lines }))).toMatchObject({
      ok: false,
      problem: { code: "not-an-order", detail: expect.stringContaining("line_items.0") as string },
    });
  });

  test("a listed order whose time is none is an undocumented answer, and no order without a date", () => {
    const order = {
      id: "gid://shopify/Order/1",
      createdAt: "",
      updatedAt: "2026-11-20T15:15:30Z",
      displayFinancialStatus: "PAID",
    };
    expect(() => orderList({ orders: { nodes: [order], pageInfo: { hasNextPage: false, endCursor: null } } })).toThrow(
      /date/i,
    );
  });

  test("Meta's request to wait for longer than a day is one to wait for a day", () => {
    const header = '{"1":[{"estimated_time_to_regain_access":1e21}]}';
    expect(regainMs({ "x-business-use-case-usage": header })).toBe(24 * 60 * 60 * 1000);
  });

  test("an answer's codes fit into their columns, and its trace ID is text that the database holds", () => {
    const error = (fields: object): string => JSON.stringify({ error: { code: 100, ...fields } });
    expect(parseGraphBody(error({ code: 1e21 }))).toBeNull();
    expect(parseGraphBody(error({ error_subcode: 0.5, fbtrace_id: "\0" }))).toMatchObject({
      error: { code: 100, subcode: null, traceId: null },
    });
    expect(parseGraphBody('{"events_received":1,"fbtrace_id":"\\ud800"}')).toMatchObject({ traceId: null });
  });
});

describe("what browsers and proxies send", () => {
  test("a line break in an address hides no secret behind it", () => {
    const tea = "https://tea.example.com";
    expect(sourceUrl(`${tea}/checkouts/cn/\nc1-f3b9d2/thank-you`)).toBe(`${tea}/checkouts`);
    expect(sourceUrl(`${tea}/products\u0001/x?utm_source=a`)).toBe(`${tea}/products`);
    expect(sourceUrl(`${tea}/?utm_source=a\tb&utm_term=c`)).toBe(`${tea}/?utm_source=a`);
    expect(sourceUrl("https://tea\0.example.com/")).toBe("https://tea");
  });

  test("a field of a cart request that is text and a list at once is the list", () => {
    expect(fieldsOfBody("items=44001&items[0][id]=44002")).toEqual({ items: { 0: { id: "44002" } } });
  });

  test("a long text is cut between characters, and the collector takes what is left", () => {
    const query = `a${"💥".repeat(500)}`;
    for (const data of [
      searchData(query),
      searchedInPixel({ query }, { valueBasis: "total", contentId: "sku", contentCountry: "US" }),
    ]) {
      expect(data?.search_string).toBe(`a${"💥".repeat(499)}`);
      expect(parseCollectorPost(JSON.stringify(aCollectorPost({ name: "Search", data: data ?? {} })))).toMatchObject({
        ok: true,
      });
    }
  });

  test("what only looks like an address with a port stays as it is, however often it is read", () => {
    for (const text of ["[2:1]:443", "[.5:1]:443", "[2001:db8::1 ]:443", "2:1", "1.2:3"]) {
      expect(plainAddress(plainAddress(text))).toBe(plainAddress(text));
    }
    expect(plainAddress("[2001:db8::1]:443")).toBe("2001:db8::1");
    expect(plainAddress("203.0.113.7:51234")).toBe("203.0.113.7");
  });
});

describe("what people type into an address", () => {
  test.each([
    ["0049 30 123456", "4930123456"],
    ["0049 30 1212123456", "49301212123456"],
    ["0049 30 120049 30 12", "49301200493012"],
    ["03-3210-0123", "81332100123"],
    ["0037 12 345678", null],
  ])("the number %s in Japan is %s", (text, expected) => {
    expect(normalizedPhone(text, "JP")).toBe(expected);
  });

  test("five zeros are no ZIP code, whatever follows them", () => {
    expect(normalizedZip("0.0.0.0/01California", "US")).toBeNull();
    expect(normalizedZip("00501-0001", "US")).toBe("00501");
  });
});

describe("what people type", () => {
  test.each(["null\0", "(null)", "Unknown.", "- undefined -", "not available!"])("%j is no name", (text) => {
    expect(normalizedName(text)).toBeNull();
  });

  test.each([
    ["rules", "withhold tag a\0b"],
    ["forms", '[name="\0"] Lead'],
  ])("%s with text that no database holds are refused", (field, text) => {
    expect(changeFrom({ [field]: text }, settingsWith())).toMatchObject({ ok: false, problems: [{ field }] });
  });

  test("a rule's row with such text says so at its field", () => {
    const row = { "rules.rows": "1", "rules.0.match": "tag", "rules.0.value": "a\0b", "rules.0.action": "send" };
    expect(changeFrom(row, settingsWith())).toMatchObject({ ok: false, problems: [{ field: "rules.0.value" }] });
  });

  test.each(["constructor", "toString", "__proto__"])("a form named %s is published by that name", (form) => {
    expect(publishedFormRules([{ form, as: "Lead" }])).toEqual([{ form, as: "Lead" }]);
  });

  test("a dry run takes a pixel's ID of no digits for no ID", () => {
    expect(assumedProfile('{"pixels":["\\ud800"]}')).toMatchObject({
      ok: true,
      value: { pixels: [{ metaPixelId: "0" }] },
    });
  });

  test("a dry run refuses a page's address that is none", () => {
    const read = assumedBrowser('{"consent":true,"url":" "}', aShopDomain(), new Date("2026-11-23T12:00:00Z"));
    expect(read).toMatchObject({ ok: false, problems: [{ field: "url" }] });
  });

  // None is reached.
  const NO_PORTS: unknown = {};
  test.each(["constructor", "toString", "__proto__"])("%s is no command", async (word) => {
    const shop = await runShopCommand([word], NO_PORTS as ShopCommandPorts);
    const operator = await runOperatorCommand([word], NO_PORTS as OperatorPorts);
    expect([shop, operator]).toMatchObject([
      { exitCode: 2, stderr: expect.stringContaining("Usage") as string },
      { exitCode: 2, stderr: expect.stringContaining("Usage") as string },
    ]);
  });
});

test("a long group of one-letter options is refused as a whole, before it is taken apart letter by letter", () => {
  expect(() => parseShopOptions([`-${"a".repeat(20_000)}`])).toThrow(`Unknown option '-${"a".repeat(49)}…'`);
});

test("an exported cell that a spreadsheet would take for a formula is text", () => {
  const csv = consentCsv([
    {
      eventName: "Purchase",
      eventId: eventId("1") ?? expect.unreachable("an event id"),
      orderId: null,
      happenedAt: new Date("2026-11-23T12:00:00Z"),
      state: "withheld",
      reason: '=HYPERLINK("https://example.com")',
      consent: null,
      lateSignal: { marketing: false, saleOfData: false, at: 864e13 },
    },
  ]);
  expect(csv).toContain(`"'=HYPERLINK(""https://example.com"")"`);
  expect(csv).toContain("'+275760-09-13T00:00:00.000Z");
});
