import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
// As Shopify saw the buyer: the order's `client_details`.
const BUYER = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0" };
const STRANGER = { ip: "198.51.100.9", userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/150.0" };
const BUYERS = { fbp: "fb.1.1790000000000.111111111", fbc: "fb.1.1790000000000.buyers-click" };
const STRANGERS = { fbp: "fb.1.1790000000000.999999999", fbc: "fb.1.1790000000000.strangers-click" };

let meta: MetaSimulator;
let app: TestApp;
let shop: string;
let orderId: string;
let checkoutToken: string;
let next = 1;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  const environment = { TRUST_PROXY: "1" };
  app = await startTestApp({ dataDir: "memory://", graphUrl: meta.httpUrl, environment });
});
afterAll(async () => {
  await app.close();
  await meta.close();
});
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
  orderId = String((next += 1) + 7000);
  checkoutToken = `c-${randomUUID()}`;
});

type Changes = Omit<Parameters<typeof aCheckoutReceipt>[0], "shop"> & { readonly ip?: string };

async function post({ ip = STRANGER.ip, ...changes }: Changes): Promise<number> {
  const key = (await app.opened.settings.profile(app.domain(shop)))?.ingestKey ?? "";
  const body = aCheckoutReceipt({ shop, ...changes });
  const headers = { "content-type": "text/plain", "x-forwarded-for": ip };
  return (await fetch(`${app.url}/collect/${key}`, { method: "POST", headers, body })).status;
}

const consent = (marketing: boolean, ms = 0) => ({ marketing, saleOfData: marketing, at: Date.now() + ms });

/** What the buyer's own browser posts. */
const buyer =
  (changes: Changes = {}) =>
  () =>
    post({ orderId, checkoutToken, userAgent: BUYER.userAgent, ip: BUYER.ip, ...BUYERS, ...changes });

const FOREIGN_PAGE = "https://evil.example/phishing";
/** What somebody posts who knows the order's ID, and the checkout token where `known` says so. */
const stranger =
  (known: "token" | "order" | "both" | "another-token", changes: Changes = {}) =>
  () => {
    const ids = {
      token: { checkoutToken },
      order: { orderId },
      both: { orderId, checkoutToken },
      "another-token": { orderId, checkoutToken: "made-up" },
    };
    return post({ ...STRANGERS, ...STRANGER, url: FOREIGN_PAGE, ...ids[known], ...changes });
  };

const sell =
  (region: "US" | "DE", attributes: Readonly<Record<string, string>> = {}) =>
  () =>
    postWebhook(
      app.url,
      anOrderWebhook({
        shop,
        orderId,
        checkoutToken,
        attributes,
        placedAt: new Date().toISOString(),
        buyer: inCountry(region),
      }),
      { shop },
    ).then(({ status }) => status);

const inCountry = (countryCode: string) => ({
  customerId: "42",
  email: "grace@example.com",
  phone: null,
  firstName: "Grace",
  lastName: "Example",
  city: "Town",
  province: null,
  provinceCode: null,
  zip: "10115",
  countryCode,
});

async function inTurn(...steps: readonly (() => Promise<number>)[]): Promise<void> {
  for (const step of steps) expect([200, 204]).toContain(await step());
}

/** What became of the sale, once it is decided. */
async function outcome(): Promise<{ state: string | undefined; sent: string; event: SentEvent | null }> {
  const purchase = async () => (await app.eventsOf(shop)).find(({ eventName }) => eventName === "Purchase");
  await expect.poll(async () => (await purchase())?.state).toMatch(/delivered|withheld|refused/);
  const found = meta.received().find(({ eventId }) => eventId === `purchase.${shop.split(".")[0]}.${orderId}`);
  const event = (found?.server?.event ?? null) as SentEvent | null;
  return { state: (await purchase())?.state, sent: JSON.stringify(event), event };
}
type SentEvent = { event_source_url: string; user_data: Readonly<Record<string, unknown>> };

const orders = (one: () => Promise<number>, other: () => Promise<number>) =>
  [
    ["before the buyer", [one, other]],
    ["after the buyer", [other, one]],
    ["before and after", [one, other, one]],
    ["many times before", [one, one, one, other]],
  ] as const;
const TURNS = ["before the buyer", "after the buyer", "before and after", "many times before"] as const;
const KNOWN = ["order", "another-token", "token", "both"] as const;
const EVERY_WAY = KNOWN.flatMap((known) => TURNS.map((turn) => [known, turn] as const));
const stepsOf = (turn: string, attack: () => Promise<number>, own: () => Promise<number>) =>
  orders(attack, own).find(([name]) => name === turn)?.[1] ?? [];

describe.each(EVERY_WAY)("somebody who knows %s and posts %s", (known, turn) => {
  test("makes no grant of the buyer's refusal", async () => {
    const attack = stranger(known, { consent: consent(true, 9e9), userAgent: BUYER.userAgent });
    await inTurn(...stepsOf(turn, attack, buyer({ consent: consent(false) })), sell("US"));
    expect(await outcome()).toMatchObject({ state: "withheld", event: null });
  });

  test("puts no page and no cookie of theirs into the sale, and routes it nowhere", async () => {
    const leg = { sent: false, because: "no-pixel", to: [] } as const;
    await inTurn(...stepsOf(turn, stranger(known, { leg }), buyer()), sell("US"));
    const { state, sent, event } = await outcome();
    expect(state).toBe("delivered");
    expect(sent).not.toMatch(/evil|999999999|strangers-click|198\.51\.100\.9|Firefox/);
    expect(event?.user_data).toMatchObject({ ...BUYERS, client_ip_address: BUYER.ip });
  });
});

describe.each(["order", "another-token"] as const)("somebody who knows the order alone (%s)", (known) => {
  test.each(TURNS)("does not suppress a sale by a refusal of their own, %s", async (turn) => {
    await inTurn(...stepsOf(turn, stranger(known, { consent: consent(false) }), buyer()), sell("DE"));
    expect(await outcome()).toMatchObject({ state: "delivered" });
  });

  test("grants nothing for a buyer whose browser said nothing", async () => {
    await inTurn(stranger(known), sell("DE"));
    expect(await outcome()).toMatchObject({ state: "withheld" });
  });

  test("adds nothing to a sale whose buyer's browser said nothing", async () => {
    await inTurn(stranger(known), sell("US"));
    const { state, sent } = await outcome();
    expect(state).toBe("delivered");
    expect(sent).not.toMatch(/evil|999999999|strangers-click/);
  });
});

test("a receipt without the token counts where it comes from the buyer's own address", async () => {
  await inTurn(buyer({ checkoutToken: null, consent: consent(true) }), sell("DE"));
  expect((await outcome()).event?.user_data).toMatchObject(BUYERS);
});

test("a receipt of the checkout does not lift the refusal that the order itself carries, unless it is the buyer's", async () => {
  const attributes = { __tandem_consent: JSON.stringify(consent(false, -60_000)) };
  await inTurn(stranger("both", { userAgent: BUYER.userAgent, consent: consent(true, 9e9) }), sell("US", attributes));
  expect(await outcome()).toMatchObject({ state: "withheld" });

  [orderId, checkoutToken] = ["7999", `c-${randomUUID()}`];
  await inTurn(buyer({ consent: consent(true) }), sell("US", attributes));
  await expect.poll(async () => (await app.eventsOf(shop)).map(({ state }) => state)).toContain("delivered");
});

test("the order's own cookies stay, whatever a stranger posts under its token", async () => {
  const attributes = { __tandem_fbp: BUYERS.fbp, __tandem_fbc: BUYERS.fbc };
  await inTurn(stranger("token", { userAgent: BUYER.userAgent }), sell("US", attributes));
  expect((await outcome()).event?.user_data).toMatchObject(BUYERS);
});

describe.each(TURNS)(
  "a stranger with the buyer's user agent, where the buyer has another address than at Shopify, %s",
  (turn) => {
    const own = () => buyer({ ip: "2001:db8:7::7" })();
    const forged = (changes: Changes = {}) => stranger("both", { userAgent: BUYER.userAgent, ...changes });

    test("hides the buyer's page and cookies at most", async () => {
      await inTurn(...stepsOf(turn, forged(), own), sell("US"));
      const { state, sent } = await outcome();
      expect(state).toBe("delivered");
      expect(sent).not.toMatch(/evil|999999999|strangers-click|198\.51\.100\.9/);
    });

    test("does not turn the buyer's refusal into a grant", async () => {
      const refused = buyer({ ip: "2001:db8:7::7", consent: consent(false) });
      await inTurn(...stepsOf(turn, forged({ consent: consent(true) }), refused), sell("US"));
      expect(await outcome()).toMatchObject({ state: "withheld", event: null });
    });
  },
);
