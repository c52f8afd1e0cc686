import { join } from "node:path";
import type { EmbedBlock } from "./extension-files.ts";
import { createLiquid, evaluate } from "./liquid.ts";
import { MetafieldDrop } from "./metafield-drop.ts";
import type { Shop } from "./types.ts";

export type EmbedContext = {
  readonly shop: Shop;
  readonly blocks: readonly EmbedBlock[];
  readonly themeFolder: string;
  /** Base address of the extension's assets on Shopify's CDN. */
  readonly assetBase: string;
  /** What formatted prices are in. */
  readonly currency: string;
};

export type ActivationStatus = "active" | "available" | "unavailable";

/** `app` in Liquid: the metafields that the app's own installation owns. */
const appObject = (shop: Shop) => {
  const namespaces: Record<string, Record<string, MetafieldDrop>> = {};
  for (const field of Object.values(shop.installation.metafields)) {
    (namespaces[field.namespace] ??= {})[field.key] = new MetafieldDrop(field);
  }
  return { metafields: namespaces };
};

async function isAvailable(block: EmbedBlock, shop: Shop): Promise<boolean> {
  if (block.availableIf === null) return true;
  const value = await evaluate(block.availableIf, { app: appObject(shop) });
  return value === true || String(value) === "true";
}

/** What App Bridge's `app.extensions()` says of a block. */
export async function statusOf(block: EmbedBlock, shop: Shop): Promise<ActivationStatus> {
  if (!(await isAvailable(block, shop))) return "unavailable";
  return shop.installation.embeds.includes(block.handle) ? "active" : "available";
}

/**
 * Renders the embed blocks that the merchant switched on, with the page's own Liquid objects, and puts them where their
 * target says: at the end of head or body. Shopify does the same with the finished page.
 */
export async function withAppEmbeds(page: string, objects: object, context: EmbedContext): Promise<string> {
  const { shop, themeFolder, assetBase, currency } = context;
  if (!shop.installation.installed) return page;
  const engine = createLiquid({
    snippetsFolder: join(themeFolder, "snippets"),
    localesFolder: join(themeFolder, "locales"),
    assetBase,
    currency,
  });
  let rendered = page;
  for (const block of context.blocks) {
    if ((await statusOf(block, shop)) !== "active") continue;
    const scope = {
      ...objects,
      app: appObject(shop),
      block: {
        id: `AeW${shop.id}${block.handle}`,
        type: `@app/${block.handle}`,
        settings: block.settings,
        shopify_attributes: "",
      },
    };
    const markup: unknown = await engine.parseAndRender(block.source, scope);
    const wrapped = `<!-- BEGIN app block: ${block.handle} -->${String(markup)}<!-- END app block -->`;
    rendered = place(rendered, block.target, wrapped);
  }
  return rendered;
}

function place(page: string, target: EmbedBlock["target"], markup: string): string {
  if (target === "compliance_head") return page.replace("<head>", () => `<head>${markup}`);
  const end = target === "head" ? "</head>" : "</body>";
  return page.replace(end, () => `${markup}\n${end}`);
}
