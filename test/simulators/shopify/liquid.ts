import { createHash, createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { textOf } from "./http.ts";
import { Liquid, type TagToken, Tag, type TopLevelToken } from "liquidjs";

export type LiquidFolders = {
  readonly snippetsFolder: string;
  readonly localesFolder?: string;
  /** Templates and layouts of a theme. */
  readonly themeFolder?: string;
  readonly assetBase: string;
  /** `money` and `money_with_currency` of hundredths; an app block formats no prices of its own. */
  readonly currency?: string;
};

/** Schema blocks configure the editor and render nothing. */
class SchemaTag extends Tag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      if ("name" in next && next.name === "endschema") return;
    }
    throw new Error("the schema tag is not closed");
  }
  *render(): Generator<unknown, string> {
    return "";
  }
}

/** Shopify's json filter escapes what could end a script element. */
const liquidJson = (value: unknown): string =>
  (value === undefined ? "null" : JSON.stringify(value)).replace(
    /[<>&]/g,
    (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
  );

const hexDigest = (algorithm: string) => (text: unknown) => createHash(algorithm).update(textOf(text)).digest("hex");

type Dictionary = { readonly [key: string]: string | Dictionary };

function translations(folder: string | undefined): Dictionary {
  const path = folder === undefined ? "" : join(folder, "en.default.json");
  // A locale file is nested text; theme check proves it.
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Dictionary) : {};
}

function translate(dictionary: Dictionary, key: string): string {
  const translation = key
    .split(".")
    .reduce<string | Dictionary | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), dictionary);
  return typeof translation === "string" ? translation : `translation missing: ${key}`;
}

/** A Liquid engine with the filters of Shopify that a small theme and an app block use; unknown filters throw. */
export function createLiquid(folders: LiquidFolders): Liquid {
  const engine = new Liquid({
    root: [folders.themeFolder, folders.snippetsFolder].filter((folder) => folder !== undefined),
    partials: [folders.snippetsFolder],
    extname: ".liquid",
    strictFilters: true,
    strictVariables: false,
    jsTruthy: false,
    relativeReference: false,
  });
  const dictionary = translations(folders.localesFolder);
  const hundredths = (amount: unknown): string => (Number(amount) / 100).toFixed(2);
  engine.registerFilter("json", liquidJson);
  engine.registerFilter("asset_url", (file: unknown) => `${folders.assetBase}/${String(file)}`);
  engine.registerFilter("t", (key: unknown) => translate(dictionary, String(key)));
  engine.registerFilter("money", (amount: unknown) => `${hundredths(amount)} ${folders.currency ?? ""}`.trim());
  engine.registerFilter(
    "money_with_currency",
    (amount: unknown) => `<span class=money>${hundredths(amount)} ${folders.currency ?? ""}</span>`,
  );
  engine.registerFilter("money_without_currency", hundredths);
  engine.registerFilter(
    "stylesheet_tag",
    (url: unknown) => `<link href="${String(url)}" rel="stylesheet" media="all">`,
  );
  engine.registerFilter("script_tag", (url: unknown) => `<script src="${String(url)}"></script>`);
  for (const algorithm of ["sha256", "sha1", "md5"]) engine.registerFilter(algorithm, hexDigest(algorithm));
  engine.registerFilter("hmac_sha256", (text: unknown, key: unknown) =>
    createHmac("sha256", String(key)).update(String(text)).digest("hex"),
  );
  engine.registerTag("schema", SchemaTag);
  return engine;
}

/** The value of a Liquid output such as `{{ app.metafields.tandem.enabled }}`. */
export async function evaluate(output: string, scope: object): Promise<unknown> {
  const expression = output.replace(/^\{\{-?|-?\}\}$/g, "").trim();
  const value: unknown = await new Liquid({ jsTruthy: false }).evalValue(expression, scope);
  return typeof value === "object" && value !== null ? value.valueOf() : value;
}
