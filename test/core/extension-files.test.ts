import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { themeCheckRun } from "@shopify/theme-check-node";
import { Liquid } from "liquidjs";
import { parse } from "smol-toml";
import { describe, expect, test, vi } from "vitest";
import { bundled, TARGETS } from "../../app/cli/build-extensions.mjs";
import { hashedIdentity } from "../../app/normalize/identity.ts";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";

const EMBED = "extensions/tandem-theme-embed";
const BLOCK = readFileSync(`${EMBED}/blocks/tandem-embed.liquid`, "utf8");
const toml = (path: string) => parse(readFileSync(path, "utf8"));

const EMBED_FILES = ["theme embed", "theme embed, report", "theme embed, extras"] as const;

describe("the built scripts", () => {
  test.each(EMBED_FILES)("the committed asset of the %s is what the sources give now", async (name) => {
    expect(readFileSync(String(TARGETS[name].to), "utf8")).toBe(await bundled(name));
  });

  test.each(["web pixel", ...EMBED_FILES, "event contract"] as const)(
    "the %s is within its size budget",
    async (name) => {
      expect(gzipSync(await bundled(name), { level: 9 }).length).toBeLessThanOrEqual(TARGETS[name].budget);
    },
  );

  test("run no text as code and write to no console, whatever the shop's content security policy is", async () => {
    for (const name of ["web pixel", ...EMBED_FILES] as const) {
      expect(await bundled(name)).not.toMatch(/\beval\(|new Function|console\.|document\.write|innerHTML/);
    }
  });
});

describe("shopify.app.toml", () => {
  const app = toml("shopify.app.toml");

  test("subscribes to what the app answers, at the addresses where it answers", () => {
    expect(app["webhooks"]).toEqual({
      api_version: "2026-10",
      subscriptions: [
        { topics: ["orders/create", "orders/paid", "orders/updated", "orders/cancelled"], uri: "/webhooks/orders" },
        { topics: ["app/uninstalled", "app/scopes_update"], uri: "/webhooks/app" },
        {
          compliance_topics: ["customers/data_request", "customers/redact", "shop/redact"],
          uri: "/webhooks/compliance",
        },
      ],
    });
  });

  test("asks for no more access than is used", () => {
    expect(app["access_scopes"]).toEqual({
      scopes:
        "read_customer_events,read_customers,read_orders,read_pixels,read_privacy_settings,write_app_proxy,write_pixels",
    });
  });

  test("names every server that the extensions' code calls", async () => {
    const scripts = (await Promise.all((["web pixel", ...EMBED_FILES] as const).map(bundled))).join("");
    const hosts = [...scripts.matchAll(/https:\/\/[a-z.]+/g)].map(([origin]) => origin);

    expect(new Set(hosts).size).toBeGreaterThan(0);
    expect(app["network_access"]).toMatchObject({
      allowed_sources: expect.arrayContaining([...new Set(hosts), app["application_url"]]) as unknown,
    });
  });

  test("has a name that Shopify takes, and runs embedded", () => {
    expect((app["name"] as string).length).toBeLessThanOrEqual(30);
    expect(app).toMatchObject({
      embedded: true,
      app_proxy: { prefix: "apps" },
      auth: { redirect_urls: [`${app["application_url"] as string}/auth/callback`] },
    });
  });
});

describe("the web pixel's configuration", () => {
  test("asks for consent to marketing, and keeps running under limited data use", () => {
    expect(toml("extensions/tandem-web-pixel/shopify.extension.toml")).toMatchObject({
      type: "web_pixel_extension",
      runtime_context: "strict",
      customer_privacy: { analytics: true, marketing: true, preferences: false, sale_of_data: "ldu" },
      settings: { type: "object", fields: { config: { type: "single_line_text_field" } } },
    });
  });
});

describe("the theme embed", () => {
  test("passes Shopify's theme check", async () => {
    vi.stubEnv("XDG_CACHE_HOME", join(process.cwd(), "node_modules/.cache"));

    const { theme, offenses } = await themeCheckRun(join(process.cwd(), EMBED), "theme-check:theme-app-extension");

    expect(theme.some(({ uri }) => uri.endsWith("/tandem-embed.liquid"))).toBe(true);
    expect(offenses.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
  });

  test("has only the folders that Shopify takes, and an id that stays", () => {
    const folders = readdirSync(EMBED, { withFileTypes: true }).filter((entry) => entry.isDirectory());

    expect(["assets", "blocks", "snippets", "locales"]).toEqual(
      expect.arrayContaining(folders.map(({ name }) => name)),
    );
    expect(toml(`${EMBED}/shopify.extension.toml`)).toMatchObject({
      type: "theme",
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
  });

  // Theme check looks at none of these; Shopify refuses them on deploy only.
  test("its schema names a real target, a short name and known setting types", () => {
    const schema = JSON.parse(/{% schema %}([\s\S]*){% endschema %}/.exec(BLOCK)?.[1] ?? "") as {
      name: string;
      target: string;
      settings: { type: string }[];
    };

    expect(["head", "body", "compliance_head"]).toContain(schema.target);
    expect(schema.name.length).toBeLessThanOrEqual(25);
    expect(["header", "paragraph", "checkbox", "text", "select"]).toEqual(
      expect.arrayContaining(schema.settings.map(({ type }) => type)),
    );
  });
});

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

  test("hands the published settings and the product to the script, ids as text", async () => {
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
      `<script src="/assets/tandem-embed.js" data-report="/assets/tandem-report.js" data-extras="/assets/tandem-extras.js" async ></script>`,
    );
  });

  test("lets no product title out of its JSON", async () => {
    const html = await rendered({ ...page, request: { page_type: "product" }, product });

    expect(html.match(/<script/g)).toHaveLength(3);
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

  test("turns a customer who is logged in into the hashes that the server makes, and nothing readable", async () => {
    const customer = {
      id: 7001,
      email: " Ada@Example.com",
      phone: "+49 30 901820",
      first_name: "Ada-Marie",
      last_name: "O’Example",
      default_address: { city: "Bad Sampleton", zip: "SW1A 1AA", country_code: "GB" },
    };
    const html = await rendered({ ...page, request: { page_type: "index" }, customer });

    const told = (jsonIn(html, "tandem-page") as { person: Record<string, string> }).person;
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
    expect(Object.fromEntries(Object.entries(told).map(([key, hash]) => [key, [hash]]))).toEqual(server);
    expect(html).not.toMatch(/Ada|@example|O’Example|sampleton|901820|SW1A/);
  });

  test("holds no product on other pages, and nothing at all before the app published settings", async () => {
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
