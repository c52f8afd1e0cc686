import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { themeCheckRun } from "@shopify/theme-check-node";
import { parse } from "smol-toml";
import { describe, expect, test, vi } from "vitest";
import { bundled, sourcesOf, TARGETS } from "../../app/scripts/build-extensions.mjs";
import { STEPS } from "../../app/scripts/prepare.mjs";
import { LANGUAGES } from "../../app/wording/languages.ts";
import { API_VERSION } from "../../app/shopify/api-version.ts";

const EMBED = "extensions/tandem-theme-embed";
const BLOCK = readFileSync(`${EMBED}/blocks/tandem-embed.liquid`, "utf8");
const toml = (path: string) => parse(readFileSync(path, "utf8"));

const EMBED_FILES = ["theme embed", "theme embed, report", "theme embed, cart", "theme embed, extras"] as const;

describe("the built scripts", () => {
  test.each(EMBED_FILES)("the committed asset of the %s matches its sources", async (name) => {
    expect(readFileSync(String(TARGETS[name].to), "utf8")).toBe(await bundled(name));
  });

  test.each(["web pixel", "order block", ...EMBED_FILES] as const)(
    "a change of any source of the %s builds it again",
    async (name) => {
      const { inputs, ignores } = STEPS.extensions;
      const isWatched = (source: string) =>
        // Packages change with their lock file.
        source.startsWith("node_modules/") ||
        (!ignores.test(source) && inputs.some((input) => source.startsWith(`${input}/`)));

      expect((await sourcesOf(name)).filter((source) => !isWatched(source))).toEqual([]);
    },
  );

  test.each(["web pixel", "order block"] as const)("the %s is within Shopify's own limit", async (name) => {
    expect(Buffer.byteLength(await bundled(name))).toBeLessThanOrEqual(TARGETS[name].limit ?? 0);
  });

  test.each(["web pixel", "order block", ...EMBED_FILES, "event contract"] as const)(
    "the %s is within its size budget",
    async (name) => {
      expect(gzipSync(await bundled(name), { level: 9 }).length).toBeLessThanOrEqual(TARGETS[name].budget);
    },
  );

  test("evaluate no text as code and write nothing to the console", async () => {
    for (const name of ["web pixel", ...EMBED_FILES] as const) {
      expect(await bundled(name)).not.toMatch(/\beval\(|new Function|console\.|document\.write|innerHTML/);
    }
  });
});

describe("shopify.app.toml", () => {
  const app = toml("shopify.app.toml");

  test("subscribes to the topics that the app handles, at its URLs", () => {
    expect(app["webhooks"]).toEqual({
      api_version: API_VERSION,
      subscriptions: [
        {
          topics: ["orders/create", "orders/paid", "orders/updated", "orders/fulfilled", "orders/cancelled"],
          uri: "/webhooks/orders",
        },
        {
          topics: ["app/uninstalled", "app/scopes_update", "customer.tags_added", "customer.tags_removed"],
          uri: "/webhooks/app",
        },
        {
          compliance_topics: ["customers/data_request", "customers/redact", "shop/redact"],
          uri: "/webhooks/compliance",
        },
      ],
    });
  });

  test("requests only scopes that are used", () => {
    expect(app["access_scopes"]).toEqual({
      scopes:
        "read_customer_events,read_customers,read_orders,read_pixels,read_privacy_settings,read_products,write_app_proxy,write_pixels",
    });
  });

  test("lists every server that the extensions call", async () => {
    const scripts = (await Promise.all((["web pixel", ...EMBED_FILES] as const).map(bundled))).join("");
    const hosts = [...scripts.matchAll(/https:\/\/[a-z.]+/g)].map(([origin]) => origin);

    expect(new Set(hosts).size).toBeGreaterThan(0);
    expect(app["network_access"]).toMatchObject({
      allowed_sources: expect.arrayContaining([...new Set(hosts), app["application_url"]]) as unknown,
    });
  });

  test("has a name that Shopify accepts, and runs embedded", () => {
    expect((app["name"] as string).length).toBeLessThanOrEqual(30);
    expect(app).toMatchObject({
      embedded: true,
      app_proxy: { prefix: "apps" },
      auth: { redirect_urls: [`${app["application_url"] as string}/auth/callback`] },
    });
  });
});

describe("the web pixel's configuration", () => {
  test("requires consent to marketing, and keeps running under limited data use", () => {
    expect(toml("extensions/tandem-web-pixel/shopify.extension.toml")).toMatchObject({
      type: "web_pixel_extension",
      runtime_context: "strict",
      customer_privacy: { analytics: true, marketing: true, preferences: false, sale_of_data: "ldu" },
      settings: { type: "object", fields: { config: { type: "single_line_text_field" } } },
    });
  });
});

describe("the order block", () => {
  const FOLDER = "extensions/order-block";
  const config = toml(`${FOLDER}/shopify.extension.toml`);
  const texts = (file: string) =>
    JSON.parse(readFileSync(`${FOLDER}/locales/${file}`, "utf8")) as Readonly<Record<string, string>>;
  const english = texts("en.default.json");

  test("is a UI extension on an order's page, of the version whose package it is built with", () => {
    expect(config).toEqual({
      api_version: "2026-07",
      extensions: [
        {
          type: "ui_extension",
          name: "t:name",
          description: "t:description",
          handle: "tandem-order-block",
          uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
          targeting: [{ target: "admin.order-details.block.render", module: "./src/index.tsx" }],
        },
      ],
    });
    const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    expect(devDependencies["@shopify/ui-extensions"]).toMatch(/^2026\.7\.\d+$/);
  });

  test("has every text in every language that the app has, each with the same placeholders", () => {
    const placeholders = (text = "") => [...text.matchAll(/\{\{\w+\}\}/g)].map(([name]) => name).sort();
    expect(readdirSync(`${FOLDER}/locales`).sort()).toEqual(["cs.json", "de.json", "en.default.json"]);
    for (const language of LANGUAGES.filter((name) => name !== "en")) {
      const translated = texts(`${language}.json`);
      expect(Object.keys(translated)).toEqual(Object.keys(english));
      expect(translated["locale"]).toBe(language);
      for (const [key, text] of Object.entries(english)) {
        expect([key, placeholders(translated[key])]).toEqual([key, placeholders(text)]);
      }
    }
  });

  test("has a name that Shopify takes, and no text that it does not use", async () => {
    expect((english["name"] ?? "").length).toBeLessThanOrEqual(30);
    const script = await bundled("order block");
    const unused = Object.keys(english).filter(
      (key) => !["name", "description"].includes(key) && !script.includes(`"${key}"`),
    );
    expect(unused).toEqual([]);
  });
});

describe("the theme embed", () => {
  test("passes Shopify's theme check", async () => {
    vi.stubEnv("XDG_CACHE_HOME", join(process.cwd(), "node_modules/.cache"));

    const { theme, offenses } = await themeCheckRun(join(process.cwd(), EMBED), "theme-check:theme-app-extension");

    expect(theme.some(({ uri }) => uri.endsWith("/tandem-embed.liquid"))).toBe(true);
    expect(offenses.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
  });

  test("has only folders that Shopify accepts, and a stable ID", () => {
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
