import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Liquid } from "liquidjs";
import { describe, expect, test } from "vitest";
import { hashedIdentity } from "../../app/normalize/identity.ts";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";

const EMBED = "extensions/tandem-theme-embed";
const BLOCK = readFileSync(`${EMBED}/blocks/tandem-embed.liquid`, "utf8");

describe("the theme embed's markup", () => {
  const settings = publishedSettings({ storefrontMode: "embed" });
  const product = {
    id: 8801,
    title: `</script><script>alert("bowl")</script>`,
    type: "Bowls",
    selected_or_first_available_variant: { id: 44001, sku: null, price: 2550 },
    variants: [
      { id: 44001, sku: null, price: 2550 },
      { id: 44002, sku: "OAK-2", price: 3000 },
    ],
  };
  const page = {
    app: { metafields: { tandem: { settings: { value: settings } } } },
    cart: { currency: { iso_code: "EUR" } },
  };

  test("passes the published settings and the product to the script, with IDs as text", async () => {
    const html = await rendered({ ...page, request: { page_type: "product" }, product });

    expect(jsonIn(html, "tandem-settings")).toEqual(settings);
    expect(jsonIn(html, "tandem-page")).toEqual({
      currency: "EUR",
      selected: "44001",
      category: null,
      search: null,
      products: [
        [
          "8801",
          product.title,
          "Bowls",
          [
            ["44001", null, 2550],
            ["44002", "OAK-2", 3000],
          ],
        ],
      ],
      person: null,
    });
    expect(html.replace(/\s+/g, " ")).toContain(
      `<script src="/assets/tandem-embed.js" data-report="/assets/tandem-report.js" data-cart="/assets/tandem-cart.js" data-extras="/assets/tandem-extras.js" async ></script>`,
    );
  });

  test("contains the cart's contents if the embed reports storefront events", async () => {
    const cart = {
      ...page.cart,
      items: [
        { variant_id: 44001, quantity: 2, title: "Oak bowl" },
        { variant_id: 44002, quantity: 1 },
      ],
    };
    const pixel = { metafields: { tandem: { settings: { value: publishedSettings({ storefrontMode: "pixel" }) } } } };
    const html = await rendered({ ...page, cart, request: { page_type: "index" } });

    expect(jsonIn(html, "tandem-cart")).toEqual({
      items: [
        { variant_id: "44001", quantity: 2 },
        { variant_id: "44002", quantity: 1 },
      ],
    });
    expect(await rendered({ ...page, cart, app: pixel, request: { page_type: "index" } })).not.toContain(
      'tandem-cart"',
    );
  });

  test("is empty in the theme editor", async () => {
    const html = await rendered({ ...page, request: { page_type: "product", design_mode: true }, product });

    expect(html).not.toContain("<script");
  });

  test("escapes product titles in its JSON", async () => {
    const html = await rendered({ ...page, request: { page_type: "product" }, product });

    expect(html.match(/<script/g)).toHaveLength(4);
  });

  test("lists a collection and a search, at most ten products with their first variants", async () => {
    const products = Array.from({ length: 12 }, () => product);
    const collection = await rendered({
      ...page,
      request: { page_type: "collection" },
      collection: { title: "Bowls & more", products },
    });
    const search = await rendered({
      ...page,
      request: { page_type: "search" },
      search: { terms: "bowl", performed: true, results: [{ title: "An article" }, product] },
    });

    expect(jsonIn(collection, "tandem-page")).toMatchObject({ category: "Bowls & more", selected: null });
    expect((jsonIn(collection, "tandem-page") as { products: unknown[] }).products).toHaveLength(10);
    expect(jsonIn(search, "tandem-page")).toMatchObject({
      search: "bowl",
      products: [
        ["", "An article", null, []],
        ["8801", product.title, "Bowls", [["44001", null, 2550]]],
      ],
    });
  });

  test("contains a logged-in customer only as the hashes that the server computes", async () => {
    const customer = {
      id: 7001,
      email: " Ada@Example.com",
      phone: "+49 30 901820",
      first_name: "Ada-Marie",
      last_name: "O’Example",
      default_address: { city: "Bad Sampleton", zip: "SW1A 1AA", country_code: "GB" },
    };
    const html = await rendered({ ...page, request: { page_type: "index" }, customer });

    const person = (jsonIn(html, "tandem-page") as { person: Record<string, string> }).person;
    const server = hashedIdentity({
      emails: [customer.email],
      phones: [customer.phone],
      firstName: customer.first_name,
      lastName: customer.last_name,
      city: customer.default_address.city,
      province: null,
      zip: customer.default_address.zip,
      country: "GB",
      customerId: "7001",
    });
    expect(Object.fromEntries(Object.entries(person).map(([key, hash]) => [key, [hash]]))).toEqual(server);
    expect(html).not.toMatch(/Ada|@example|O’Example|sampleton|901820|SW1A/);
  });

  test("contains no product on other pages, and nothing before settings are published", async () => {
    const home = await rendered({ ...page, request: { page_type: "index" } });
    const unpublished = await rendered({
      app: { metafields: { tandem: {} } },
      request: { page_type: "product" },
      product,
    });

    expect(jsonIn(home, "tandem-page")).toMatchObject({ selected: null, products: [] });
    expect(unpublished.trim()).toBe("");
  });
});

const jsonIn = (html: string, id: string): unknown =>
  JSON.parse(new RegExp(`id="${id}">([\\s\\S]*?)</script>`).exec(html)?.[1] ?? "");

/** The block as Shopify's Liquid renders it: `json` escapes what could end a script element. */
function rendered(context: object): Promise<string> {
  const engine = new Liquid({ strictFilters: true, partials: [`${EMBED}/snippets`], extname: ".liquid" });
  const escaped: Record<string, string> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };
  engine.registerFilter("json", (value: unknown) =>
    JSON.stringify(value ?? null).replace(/[<>&]/g, (sign) => escaped[sign] ?? sign),
  );
  engine.registerFilter("sha256", (text: unknown) => createHash("sha256").update(String(text)).digest("hex"));
  engine.registerFilter("asset_url", (file: string) => `/assets/${file}`);
  return engine.parseAndRender(BLOCK.replace(/{% schema %}[\s\S]*{% endschema %}/, ""), context) as Promise<string>;
}
