import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = createRequire(import.meta.url);

/** What an attribute may say: one of these words, a boolean's presence, or (null) any text. */
export type AttributeValues = readonly string[] | "boolean" | null;

/** The elements of Polaris web components by tag, as far as the stand-in needs them. */
export type PolarisManifest = Readonly<
  Record<string, { readonly attributes: Readonly<Record<string, AttributeValues>>; readonly slots: readonly string[] }>
>;

type Declaration = {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string; readonly type: { readonly text: string } }[];
  readonly slots?: readonly { readonly name: string }[];
};

function valuesOf(type: string): AttributeValues {
  if (type === "boolean") return "boolean";
  const words = type.split(" | ").map((word) => /^"([^"]*)"$/.exec(word)?.[1]);
  return words.every((word) => word !== undefined) ? words : null;
}

/** Shopify's own list of the elements: `custom-elements.json` of the npm package @shopify/polaris-types. */
export function readPolarisManifest(): PolarisManifest {
  const text = readFileSync(packages.resolve("@shopify/polaris-types/custom-elements"), "utf8");
  // The package's own file, in the format of https://github.com/webcomponents/custom-elements-manifest.
  const { modules } = JSON.parse(text) as { modules: readonly { readonly declarations: readonly Declaration[] }[] };
  const elements = modules.flatMap(({ declarations }) => declarations);
  return Object.fromEntries(
    elements.flatMap(({ tagName, attributes = [], slots = [] }) =>
      tagName === undefined
        ? []
        : [
            [
              tagName,
              {
                attributes: Object.fromEntries(attributes.map(({ name, type }) => [name, valuesOf(type.text)])),
                slots: slots.map(({ name }) => name),
              },
            ],
          ],
    ),
  );
}

/** Shopify's published values of colors, sizes and fonts, as custom properties. */
export const readPolarisTokens = (): string =>
  readFileSync(packages.resolve("@shopify/polaris-tokens/css/styles.css"), "utf8");
