import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { orderId as shopifyOrderId } from "../../app/event-contract/event-id.ts";
import { sourceUrl } from "../../app/event-contract/source-url.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { recordedEvents } from "../support/recorded.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";

let app: TestApp;
let shop: string;
let key: string;
let next = 1;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop(PIXEL);
  key = (await app.opened.settings.profile(app.domain(shop)))?.ingestKey ?? "";
});
afterAll(() => app.close());

async function post(body: string, headers: Record<string, string> = {}, path = key): Promise<number> {
  const answer = await fetch(`${app.url}/collect/${path}`, {
    method: "POST",
    headers: { "user-agent": CHROME, ...headers },
    body,
  });
  return answer.status;
}

async function isStored(body: string): Promise<boolean> {
  const { name, id, checkoutToken, orderId } = JSON.parse(body) as Readonly<Record<string, string | number | null>>;
  const { prisma } = app.opened.database;
  if (name !== "Purchase") {
    const events = await recordedEvents(app.opened.database, shop);
    return events.some(({ eventName, eventId }) => eventName === name && eventId === id);
  }
  const named = [
    ...(checkoutToken ? [{ checkoutToken: String(checkoutToken) }] : []),
    ...(orderId ? [{ orderId: shopifyOrderId(orderId) ?? "" }] : []),
  ];
  // A receipt that names nothing can be joined to nothing.
  return named.length === 0 || (await prisma.browserContext.count({ where: { shop, OR: named } })) > 0;
}

// As text, because JSON.parse makes an own field of "__proto__" and JSON.stringify of an object literal has none.
const ODD = [
  ...[
    '"\\u0000"',
    '"a\\ud800b"',
    '"\\udc00"',
    '"\\u202e\\u2066x"',
    '"\\u0085\\u007f"',
    '""',
    '" "',
    '"__proto__"',
    '"constructor"',
  ],
  ...[
    "2147483647",
    "2147483648",
    "-1",
    "-0",
    "0.5",
    "1e300",
    "1e999",
    "8640000000000000",
    "8640000000000001",
    "9007199254740993",
  ],
  ...[
    "null",
    "true",
    "[]",
    "{}",
    "[[]]",
    '{"__proto__":{"marketing":true}}',
    '{"constructor":{"prototype":{}}}',
    '{"at":1e300}',
  ],
  ...[
    '{"marketing":true,"saleOfData":true,"at":1e300}',
    '{"marketing":true,"saleOfData":true,"at":-1}',
    '{"marketing":"yes"}',
  ],
  ...[
    '{"sent":true,"as":"\\u0000","to":["1"]}',
    '{"sent":false,"because":"__proto__"}',
    '{"sent":true,"to":["1e5","\\ud800"]}',
  ],
  ...[
    '{"value":1e308,"currency":"EUR"}',
    '{"value":5e-324}',
    '{"currency":"\\u0000\\u0000\\u0000"}',
    '{"content_ids":["\\ud800"]}',
  ],
  ...['{"contents":[{"id":"1","quantity":9007199254740991,"item_price":1e308}]}', '{"search_string":"\\u0000"}'],
  ...[
    '{"num_items":2147483648,"value":1}',
    '{"order_id":"99999999999999999999"}',
    '{"content_name":"\\ud83d\\ude00"}',
    '{"em":"\\u0000"}',
  ],
  ...[
    '"https://tea.example/\\u0000"',
    '"https://tea.example/\\ud800"',
    '"https://\\u202etea.example/"',
    '"http://["',
    '"fb.1.1e300.1"',
  ],
  ...['"99999999999999999999"', '"gid://shopify/Order/1"', '"0"', '"-1"', '"1970-01-01"', '"+275761-01-01T00:00:00Z"'],
  JSON.stringify("x".repeat(1025)),
  JSON.stringify("\u{1F600}".repeat(700)),
  `${"[".repeat(2000)}${"]".repeat(2000)}`,
];
const odd = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
);

const FIELDS = Object.keys(JSON.parse(aCheckoutReceipt({ shop: "tea.myshopify.com" })) as object).concat(
  "person",
  "__proto__",
  "constructor",
);

const bodyOf = (name: string, changes: Readonly<Record<string, string>>): string => {
  const n = String((next += 1));
  const given = {
    shop,
    name: name as "Purchase",
    id: `${name.toLowerCase()}.${n}`,
    checkoutToken: `t-${n}`,
    orderId: n,
  };
  const fields = new Map(
    Object.entries(JSON.parse(aCheckoutReceipt(given)) as object).map(([field, value]) => [
      field,
      JSON.stringify(value),
    ]),
  );
  for (const [field, text] of Object.entries(changes)) fields.set(field, text);
  return `{${[...fields].map(([field, text]) => `${JSON.stringify(field)}:${text}`).join(",")}}`;
};

async function answersWell(body: string, headers?: Record<string, string>): Promise<void> {
  const status = await post(body, headers);
  expect(status === 204 || (status >= 400 && status < 500), `${status} for ${body.slice(0, 500)}`).toBe(true);
  if (status === 204) expect(await isStored(body), body.slice(0, 500)).toBe(true);
}

describe.each(["Purchase", "ViewContent"])("%s", (name) => {
  test.each(FIELDS)("any value of %s is refused, or accepted and stored", async (field) => {
    for (const value of ODD) await answersWell(bodyOf(name, { [field]: value }));
  });

  test("any values of any two fields are refused, or accepted and stored", async () => {
    const changes = fc.tuple(fc.constantFrom(...FIELDS), odd, fc.constantFrom(...FIELDS), odd);
    await fc.assert(
      fc.asyncProperty(changes, ([one, value, other, otherValue]) =>
        answersWell(
          bodyOf(
            name,
            Object.fromEntries([
              [one, value],
              [other, otherValue],
            ]),
          ),
        ),
      ),
      { numRuns: 150 },
    );
  });
});

test("any header is refused, or its post accepted and stored", async () => {
  // What a header may hold: Latin-1 without control characters, and tabs.
  const value = fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    maxLength: 2_000,
  });
  const name = fc.constantFrom(
    "user-agent",
    "x-forwarded-for",
    "forwarded",
    "origin",
    "referer",
    "cookie",
    "content-type",
    "accept-language",
  );
  await fc.assert(
    fc.asyncProperty(name, value, (header, text) =>
      answersWell(bodyOf("ViewContent", { userAgent: "null" }), { [header]: text }),
    ),
    { numRuns: 100 },
  );
});

test.each(["%00", "%ff", "%ED%A0%80", "%", "..%2f", "__proto__", "a".repeat(3000)])(
  "the ingest key %s is nobody's",
  async (path) => {
    const status = await post(bodyOf("ViewContent", {}), {}, path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  },
);

test.each([1_024, 1_025, 12_000])("of a user agent of %i characters at most 1,024 are stored", async (length) => {
  const id = `viewcontent.agent-${length}`;
  const agent = CHROME.padEnd(length, "x");
  expect(
    await post(bodyOf("ViewContent", { id: JSON.stringify(id), userAgent: "null" }), { "user-agent": agent }),
  ).toBe(204);
  const event = (await recordedEvents(app.opened.database, shop)).find(({ eventId }) => eventId === id);
  const { user_data } = event?.body as { user_data: { client_user_agent: string } };
  expect(user_data.client_user_agent).toBe(agent.slice(0, 1_024));
});

test("an address keeps no control, bidirectional or other invisible character, wherever it stands", () => {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const bidi = [0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)];
  for (const code of [...range(0, 0x1f), ...range(0x7f, 0x9f), ...bidi, 0x200b, 0x2060, 0xfeff, 0xd800]) {
    const odd = String.fromCharCode(code);
    for (const url of [
      `https://tea.example/a${odd}b`,
      `https://tea${odd}.example/`,
      `https://tea.example/?utm_source=a${odd}b`,
      `${odd}https://tea.example/`,
    ]) {
      expect(sourceUrl(url) ?? "", `U+${code.toString(16)}`).not.toContain(odd);
    }
  }
});
