import type { ShopDomain } from "../../event-contract/event-id.ts";

/** The file name of the block in extensions/tandem-theme-embed/blocks. */
const BLOCK = "tandem-embed";

/** Opens the editor of the published theme with Tandem's app embed switched on, for the merchant to save. */
export const themeEditorUrl = (shop: ShopDomain, apiKey: string): string =>
  `https://${shop}/admin/themes/current/editor?context=apps&template=index&activateAppId=${encodeURIComponent(apiKey)}/${BLOCK}`;
