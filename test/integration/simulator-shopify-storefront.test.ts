import { afterAll, beforeAll, expect, test } from "vitest";
import { Agent, request } from "undici";
import { startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
const MUG = 4581920037713;
const agent = new Agent();
let simulator: ShopifySimulator;

beforeAll(async () => {
  simulator = await startSampleShopify();
  simulator.install(SHOP);
});
afterAll(() => simulator.close());

/** A browser's worth of cookies, without the browser. */
function aShopper() {
  const cookies = new Map<string, string>();
  const send = async (path: string, body?: object) => {
    const answer = await request(`http://127.0.0.1:${simulator.port}${path}`, {
      method: body ? "POST" : "GET",
      dispatcher: agent,
      headers: {
        host: SHOP,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body && { "content-type": "application/json" }),
      },
      body: body ? JSON.stringify(body) : null,
    });
    for (const cookie of [answer.headers["set-cookie"] ?? []].flat()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      cookies.set(name, value);
    }
    return {
      status: answer.statusCode,
      location: String(answer.headers["location"] ?? ""),
      text: await answer.body.text(),
    };
  };
  return { get: (path: string) => send(path), post: send };
}

type AjaxCart = { readonly attributes: object; readonly total_price: number; readonly currency: string };

test("private cart attributes are hidden from the Ajax API and from the page, but reach the order", async () => {
  const shopper = aShopper();
  await shopper.post("/cart/add.js", { items: [{ id: MUG, quantity: 1 }] });
  await shopper.post("/cart/update.js", { attributes: { gift: "yes", __secret: "kept-private" } });
  // The simulator's own answer.
  const cart = JSON.parse((await shopper.get("/cart.js")).text) as AjaxCart;
  expect(cart.attributes).toEqual({ gift: "yes" });
  expect((await shopper.get("/cart")).text).not.toContain("kept-private");

  const { location } = await shopper.post("/cart", {});
  const page = await shopper.get(location);
  expect(page.text).not.toContain("kept-private");
  await shopper.post("/cart/update.js", { attributes: { gift: "no" } });
  const buyer = {
    email: "b@example.com",
    firstName: "B",
    lastName: "C",
    address1: "1",
    city: "D",
    zip: "E",
    countryCode: "DE",
  };
  expect((await shopper.post(`${location}/details`, buyer)).status).toBe(200);
  await shopper.post(`${location}/complete`, {});
  // The checkout froze the attributes when it opened.
  expect(simulator.orders.at(-1)?.attributes).toEqual({ gift: "yes", __secret: "kept-private" });
});

test("a buy-now link skips the cart and its attributes", async () => {
  const shopper = aShopper();
  await shopper.post("/cart/update.js", { attributes: { __secret: "x" } });
  const { location } = await shopper.get(`/cart/${MUG}:2`);
  const token = location.split("/").at(-1) ?? "";
  const checkout = simulator.shop(SHOP).checkouts.get(token);
  expect(checkout?.cart).toMatchObject({ attributes: {}, lines: [{ quantity: 2 }] });
});

test("prices follow the market, in hundredths even for a currency without cents", async () => {
  const shopper = aShopper();
  await shopper.get("/?country=JP");
  await shopper.post("/cart/add.js", { items: [{ id: MUG, quantity: 1 }] });
  // The simulator's own answer.
  const cart = JSON.parse((await shopper.get("/cart.js")).text) as AjaxCart;
  expect(cart).toMatchObject({ currency: "JPY", total_price: 306900 });
});

test("the embed renders in the head with the app's metafields once it is switched on, and never in checkout", async () => {
  const { installation } = simulator.shop(SHOP);
  const value = JSON.stringify({ greeting: "hello <there>" });
  const field = { id: "1", namespace: "sample", key: "settings", type: "json", value, updatedAt: "" };
  installation.metafields["sample.settings"] = field;
  const shopper = aShopper();
  expect((await shopper.get("/products/stoneware-mug")).text).not.toContain("sample-embed");
  simulator.setEmbeds(SHOP, true);
  const page = (await shopper.get("/products/stoneware-mug")).text;
  expect(page.split("</head>")[0]).toContain('<meta name="sample-embed" content="hello &lt;there&gt;">');
  const { location } = await shopper.get(`/cart/${MUG}:1`);
  expect((await shopper.get(location)).text).not.toContain("sample-embed");
});

test("pages in the theme editor and in a theme preview are marked as such", async () => {
  const shopper = aShopper();
  expect((await shopper.get("/")).text).toMatch(/"role":"main"}(?!,"designMode")/);
  expect((await shopper.get("/?simulator_editor")).text).toContain('"designMode":true');
  await shopper.get("/?preview_theme_id=143");
  expect((await shopper.get("/")).text).toContain('"role":"unpublished"}');
});

test("unknown pages, products and checkouts are not found", async () => {
  const shopper = aShopper();
  for (const path of ["/nothing", "/products/nothing", "/checkouts/cn/nothing", "/collections/nothing"]) {
    expect((await shopper.get(path)).status).toBe(404);
  }
});
