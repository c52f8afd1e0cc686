import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";

/** A field of an action or trigger. `key`: its name in a payload. */
export type FlowField = { readonly key: string; readonly type: string; readonly required: boolean };

export type FlowExtensions = {
  readonly actions: readonly { readonly handle: string; readonly url: string; readonly fields: readonly FlowField[] }[];
  readonly triggers: readonly { readonly handle: string; readonly fields: readonly FlowField[] }[];
  /** Where the app hears which shops use its triggers; null: it does not ask. */
  readonly lifecycleUrl: string | null;
};

// Shopify CLI, packages/app/src/cli/services/flow (2026-11): the types, and what becomes of a reference's key.
const REFERENCES = ["customer_reference", "order_reference", "product_reference"];
const VALUES = ["boolean", "email", "multi_line_text_field", "number_decimal", "single_line_text_field", "url"];
const KEYS = { flow_action: /^[A-Za-z][A-Za-z0-9_-]*$/, flow_trigger: /^[A-Za-z][A-Za-z ]*$/ } as const;

type Table = Readonly<Record<string, unknown>>;
type Kind = keyof typeof KEYS;

const tables = (value: unknown): Table[] => (Array.isArray(value) ? (value as Table[]) : []);

function fieldOf(field: Table, kind: Kind, where: string): FlowField {
  const type = String(field["type"]);
  const required = field["required"] === true;
  if (REFERENCES.includes(type)) return { key: type.replace(/_reference$/, "_id"), type, required };
  const key = String(field["key"]);
  if (!VALUES.includes(type)) throw new Error(`${where}: a field of type ${type} is not supported`);
  if (!KEYS[kind].test(key)) throw new Error(`${where}: the key ${key} has characters that are not allowed`);
  if (kind === "flow_action" && typeof field["name"] !== "string") throw new Error(`${where}: ${key} has no name`);
  if (kind === "flow_trigger" && ("name" in field || "required" in field)) {
    throw new Error(`${where}: a trigger's field has neither a name nor a mark that it is required`);
  }
  return { key, type, required };
}

function addressOf(given: unknown, appUrl: string, where: string): string {
  const url = new URL(String(given), appUrl);
  if (url.protocol !== "https:" && url.hostname !== "localhost") throw new Error(`${where}: the address is not HTTPS`);
  return url.href;
}

/** `tandem.example.com` stands for the app's own host in the repository's files. */
const PLACEHOLDER = "https://tandem.example.com";

type Read = {
  readonly config: Table;
  readonly where: string;
  readonly appUrl: string;
};

function oneOf({ config, where, appUrl }: Read): Partial<FlowExtensions> {
  const [extension = {}] = tables(config["extensions"]);
  const { type, handle } = extension;
  if (typeof handle !== "string" || !/^[A-Za-z0-9-]{1,30}$/.test(handle)) {
    throw new Error(`${where}: a handle has 1 to 30 letters, digits and hyphens`);
  }
  if (typeof extension["name"] !== "string") throw new Error(`${where}: no name`);
  const own = (url: unknown): string => addressOf(String(url).replace(PLACEHOLDER, appUrl), appUrl, where);
  const given = tables((config["settings"] as Table | undefined)?.["fields"]);
  if (type === "flow_trigger_lifecycle_callback") {
    // Its contract demands an absolute address (shopify.dev, "Track Flow lifecycle events", 2026-11).
    if (!String(extension["url"]).startsWith("https://")) throw new Error(`${where}: the url is not absolute`);
    return { lifecycleUrl: own(extension["url"]) };
  }
  const fields = given.map((field) => fieldOf(field, type as Kind, where));
  if (new Set(fields.map(({ key }) => key)).size < fields.length) throw new Error(`${where}: two fields have one key`);
  if (type === "flow_trigger") return { triggers: [{ handle, fields }] };
  return { actions: [{ handle, url: own(extension["runtime_url"]), fields }] };
}

/** The Flow extensions among an app's extensions. What Shopify would refuse to deploy throws with the file's name. */
export function readFlowExtensions(folder: string | null, appUrl: string): FlowExtensions {
  const files = (folder === null || !existsSync(folder) ? [] : readdirSync(folder))
    .map((name) => join(folder ?? "", name, "shopify.extension.toml"))
    .filter((file) => existsSync(file));
  const parts = files.flatMap((where) => {
    const config: Table = parse(readFileSync(where, "utf8"));
    const type = tables(config["extensions"])[0]?.["type"];
    return typeof type === "string" && type.startsWith("flow_") ? [oneOf({ config, where, appUrl })] : [];
  });
  const actions = parts.flatMap((part) => part.actions ?? []);
  const triggers = parts.flatMap((part) => part.triggers ?? []);
  const handles = [...actions, ...triggers].map(({ handle }) => handle);
  if (new Set(handles).size < handles.length) throw new Error("two extensions have one handle");
  return { actions, triggers, lifecycleUrl: parts.find((part) => part.lifecycleUrl)?.lifecycleUrl ?? null };
}
