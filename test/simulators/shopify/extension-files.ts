import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "smol-toml";
import { textOf } from "./http.ts";
import type { OrderBlockFiles } from "./order-page.ts";

/** Where the app's own files are. Read as Shopify would read them after a deploy: configuration and built artefacts. */
export type DeployedApp = {
  /** shopify.app.toml */
  readonly appConfig: string;
  /** Folder of the web pixel extension, with its shopify.extension.toml. */
  readonly webPixelFolder: string;
  /** The built bundle of that extension. */
  readonly webPixelBundle: string;
  /** Folder of the theme app extension: assets, blocks, snippets, locales. */
  readonly themeFolder: string;
  /** The admin UI extension on an order's page; null: the app has none. */
  readonly orderBlock: OrderBlockFiles | null;
  /** The folder with all extensions, of which those for Shopify Flow are read; null: the app has none. */
  readonly flowFolder: string | null;
};

export type WebhookSubscription = {
  readonly topics: readonly string[];
  readonly uri: string;
  readonly name: string | null;
};

export type AppConfig = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly apiVersion: string;
  readonly subscriptions: readonly WebhookSubscription[];
};

export type SettingsField = {
  readonly key: string;
  readonly type: string;
  readonly validations: readonly { readonly name: string; readonly value: string }[];
};

export type WebPixelConfig = {
  readonly name: string;
  readonly purposes: {
    readonly analytics: boolean;
    readonly marketing: boolean;
    readonly preferences: boolean;
    readonly saleOfData: "enabled" | "disabled" | "ldu";
  };
  readonly fields: readonly SettingsField[];
};

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
const table = (value: unknown): Table => (isTable(value) ? value : {});
const tables = (value: unknown): Table[] => (Array.isArray(value) ? value.filter(isTable) : []);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

const readToml = (path: string): Table => parse(readFileSync(path, "utf8"));

/** shopify.app.toml, or a clear error: an app that could not be deployed cannot be simulated. */
export function readAppConfig(path: string): AppConfig {
  const config = readToml(path);
  const webhooks = table(config["webhooks"]);
  return {
    name: String(config["name"]),
    scopes: textOf(table(config["access_scopes"])["scopes"])
      .split(",")
      .map((scope) => scope.trim())
      .filter(Boolean),
    apiVersion: String(webhooks["api_version"]),
    subscriptions: tables(webhooks["subscriptions"]).map((subscription) => ({
      topics: [...texts(subscription["topics"]), ...texts(subscription["compliance_topics"])],
      uri: String(subscription["uri"]),
      name: typeof subscription["name"] === "string" ? subscription["name"] : null,
    })),
  };
}

const SALE_OF_DATA = ["enabled", "disabled", "ldu"] as const;

export function readWebPixelConfig(folder: string): WebPixelConfig {
  const config = readToml(join(folder, "shopify.extension.toml"));
  if (config["type"] !== "web_pixel_extension") throw new Error(`${folder}: type is not web_pixel_extension`);
  if (config["runtime_context"] !== "strict") throw new Error(`${folder}: app pixels run in the strict context only`);
  const privacy = table(config["customer_privacy"]);
  const saleOfData = SALE_OF_DATA.find((allowed) => allowed === privacy["sale_of_data"]);
  if (saleOfData === undefined) throw new Error(`${folder}: sale_of_data must be one of ${SALE_OF_DATA.join(", ")}`);
  const fields = table(table(config["settings"])["fields"]);
  return {
    name: String(config["name"]),
    purposes: {
      analytics: privacy["analytics"] === true,
      marketing: privacy["marketing"] === true,
      preferences: privacy["preferences"] === true,
      saleOfData,
    },
    fields: Object.entries(fields).map(([key, field]) => ({
      key,
      type: String(table(field)["type"]),
      validations: tables(table(field)["validations"]).map((rule) => ({
        name: String(rule["name"]),
        value: String(rule["value"]),
      })),
    })),
  };
}

/** The theme app extension's handle; Shopify derives it from the name where the TOML has none. */
export function readThemeExtensionHandle(folder: string): string {
  const path = join(folder, "shopify.extension.toml");
  const config = existsSync(path) ? readToml(path) : {};
  return typeof config["handle"] === "string"
    ? config["handle"]
    : (textOf(config["name"]) || basename(folder)).toLowerCase().replace(/\W+/g, "-");
}

export type EmbedBlock = {
  /** File name without its ending: the handle in deep links. */
  readonly handle: string;
  readonly name: string;
  readonly target: "head" | "body" | "compliance_head";
  readonly availableIf: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly source: string;
};

const TARGETS = ["head", "body", "compliance_head"] as const;
const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

/** The extension's app embed blocks. A schema that Shopify would refuse throws with the file's name. */
export function readEmbedBlocks(folder: string): EmbedBlock[] {
  const blocks = join(folder, "blocks");
  if (!existsSync(blocks)) return [];
  const files = readdirSync(blocks).filter((file) => file.endsWith(".liquid"));
  return files.flatMap((file) => {
    const source = readFileSync(join(blocks, file), "utf8");
    const schema = table(JSON.parse(SCHEMA.exec(source)?.[1] ?? "null"));
    if (schema["target"] === "section") return [];
    const target = TARGETS.find((allowed) => allowed === schema["target"]);
    const name = textOf(schema["name"]);
    if (target === undefined) throw new Error(`${file}: target must be section, ${TARGETS.join(", ")}`);
    if (name === "" || name.length > 25) throw new Error(`${file}: the name must have 1 to 25 characters`);
    const defaults = tables(schema["settings"]).filter((setting) => typeof setting["id"] === "string");
    return [
      {
        handle: basename(file, ".liquid"),
        name,
        target,
        availableIf: typeof schema["available_if"] === "string" ? schema["available_if"] : null,
        settings: Object.fromEntries(defaults.map((setting) => [String(setting["id"]), setting["default"] ?? null])),
        source,
      },
    ];
  });
}
