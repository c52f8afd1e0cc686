import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aSale, type TrueSale } from "../fixtures/orders/true-sale.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const AMERICA = { metaPixelId: "1111111111111111", token: "EAAtest-token-of-america" };
const WORLD = { metaPixelId: "2222222222222222", token: "EAAtest-token-of-the-world" };
const TILLS = { metaPixelId: "3333333333333333", token: "EAAtest-token-of-the-tills" };

let meta: MetaSimulator;
let app: TestApp;
let shop: string;
let orders = 7_000;

beforeAll(async () => {
  meta = await startMetaSimulator();
  for (const dataset of [AMERICA, WORLD, TILLS]) meta.addDataset(dataset);
  app = await startAppOn("pglite", meta.httpUrl);
});

afterAll(async () => {
  await app.close();
  await meta.close();
});

beforeEach(async () => {
  shop = await app.connectedShop(AMERICA);
  for (const { metaPixelId, token } of [WORLD, TILLS]) await run("connect", "--pixel", metaPixelId, "--token", token);
  await run("filter", "--pixel", AMERICA.metaPixelId, "--countries", "US", "--channels", "online");
  await run("filter", "--pixel", TILLS.metaPixelId, "--channels", "pos");
});

/** A command of `npm run shop` for this shop. */
async function run(command: string, ...options: readonly string[]): Promise<string> {
  const argv = [command, "--shop", shop, ...options];
  const { exitCode, stdout, stderr } = await runShopCommand(argv, shopCommandPorts(app.opened));
  return exitCode === 0 ? stdout : stderr;
}

const { buyer: fromAmerica } = aSale();
const fromJapan = fromAmerica && { ...fromAmerica, province: null, provinceCode: null, countryCode: "JP" };

/** Places an order with this buyer, after what the browser's receipt says where there is one. */
async function order(changes: Partial<TrueSale> = {}, leg?: object): Promise<string> {
  const orderId = String(++orders);
  const checkoutToken = `checkout-${orderId}`;
  if (leg) {
    const receipt = JSON.parse(aCheckoutReceipt({ shop, orderId, checkoutToken })) as object;
    expect((await app.collect(shop, JSON.stringify({ ...receipt, leg }))).status).toBe(204);
  }
  const body = anOrderWebhook({ shop, orderId, checkoutToken, placedAt: new Date().toISOString(), ...changes });
  expect((await postWebhook(app.url, body, { shop })).status).toBe(200);
  return `purchase.${shop.split(".")[0] ?? ""}.${orderId}`;
}

/** Who got the event and under which name, once it is settled. */
async function receivedAs(eventId: string): Promise<readonly string[]> {
  const settled = async () => (await app.eventsOf(shop)).find((event) => event.eventId === eventId)?.state;
  await expect.poll(settled).toMatch(/delivered|withheld/);
  return meta
    .received()
    .filter((event) => event.eventId === eventId)
    .map(({ metaPixelId, eventName }) => `${metaPixelId} ${eventName}`)
    .sort();
}

const reasonOf = async (eventId: string) =>
  (await app.eventsOf(shop)).find((event) => event.eventId === eventId)?.reason;

describe("each of several pixels gets the orders of its own countries and channels", () => {
  test("an order from America goes to America's and to the one for everything", async () => {
    expect(await receivedAs(await order())).toEqual([
      `${AMERICA.metaPixelId} Purchase`,
      `${WORLD.metaPixelId} Purchase`,
    ]);
  });

  test("an order from Japan goes only to the one for everything", async () => {
    expect(await receivedAs(await order({ buyer: fromJapan }))).toEqual([`${WORLD.metaPixelId} Purchase`]);
  });

  test("an in-store sale also goes to the pixel for stores, and never to one for the online store", async () => {
    expect(await receivedAs(await order({ source: "pos" }))).toEqual([
      `${WORLD.metaPixelId} Purchase`,
      `${TILLS.metaPixelId} Purchase`,
    ]);
  });

  test("an order that no pixel takes is withheld with its reason", async () => {
    await run("pause", "--pixel", WORLD.metaPixelId);
    const eventId = await order({ buyer: fromJapan });

    expect(await receivedAs(eventId)).toEqual([]);
    expect(await reasonOf(eventId)).toBe("not-routed");
  });
});

describe("if a browser reported the order", () => {
  test("the server leg goes to the same pixels, whatever the shipping country", async () => {
    const leg = { sent: true, as: "Purchase", to: [AMERICA.metaPixelId] };
    expect(await receivedAs(await order({ buyer: fromJapan }, leg))).toEqual([`${AMERICA.metaPixelId} Purchase`]);
  });

  test("if the merchant renames the event between the two legs, the browser's name stays for this order", async () => {
    const leg = { sent: true, as: "Purchase", to: [WORLD.metaPixelId] };
    await run("map", "--event", "Purchase", "--as", "OrderPlaced");

    expect(await receivedAs(await order({}, leg))).toEqual([`${WORLD.metaPixelId} Purchase`]);
    expect(await receivedAs(await order({ buyer: fromJapan }))).toEqual([`${WORLD.metaPixelId} OrderPlaced`]);
  });
});

describe("a storefront event", () => {
  const view = async (leg: object): Promise<string> => {
    const id = randomUUID();
    const post = { ...(JSON.parse(aCheckoutReceipt({ shop })) as object), name: "ViewContent", id, leg };
    expect((await app.collect(shop, JSON.stringify(post))).status).toBe(204);
    return id;
  };

  test("is sent under the merchant's name, to the browser's pixels", async () => {
    await run("map", "--event", "ViewContent", "--as", "ProductSeen");
    const id = await view({ sent: true, as: "ProductSeen", to: [AMERICA.metaPixelId, WORLD.metaPixelId] });
    expect(await receivedAs(id)).toEqual([`${AMERICA.metaPixelId} ProductSeen`, `${WORLD.metaPixelId} ProductSeen`]);
  });

  test("is never sent under a name invented by the collector's caller", async () => {
    const id = await view({ sent: true, as: "Made up", to: [WORLD.metaPixelId] });
    expect(await receivedAs(id)).toEqual([`${WORLD.metaPixelId} ViewContent`]);
  });

  test("is withheld from the server if the merchant switched that leg off, with its reason", async () => {
    await run("map", "--event", "ViewContent", "--legs", "browser");
    const id = await view({ sent: true, as: "ViewContent", to: [WORLD.metaPixelId] });
    expect(await receivedAs(id)).toEqual([]);
    expect(await reasonOf(id)).toBe("server-leg-off");
  });
});

describe("the command line", () => {
  test("refuses a limit or a name that makes no sense, at its option", async () => {
    expect(await run("filter", "--pixel", WORLD.metaPixelId, "--countries", "Japan")).toMatch(/^--countries: JAPAN/);
    expect(await run("filter", "--pixel", "404")).toMatch(/^--pixel: .* has no pixel 404/);
    expect(await run("map", "--event", "Lead", "--as", "LoanRequest")).toMatch(/^--as: .*sounds like finance/);
    expect(await run("map", "--event", "Sale")).toMatch(/^--event: name one of PageView/);
  });

  test("warns when what is made the primary conversion has no value", async () => {
    expect(await run("map", "--event", "PageView", "--primary")).toMatch(/Warning: PageView carries no value/);
  });

  test("keeps settings that a command does not mention, and removes a limit with all", async () => {
    expect(await run("filter", "--pixel", AMERICA.metaPixelId, "--events", "Purchase,Lead")).toMatch(
      /takes countries US; channels online; events all but PageView/,
    );
    const freed = await run(
      "filter",
      "--pixel",
      AMERICA.metaPixelId,
      "--countries",
      "all",
      "--channels",
      "all",
      "--events",
      "all",
    );
    expect(freed).toMatch(/takes countries all; channels all; events all/);
  });
});
