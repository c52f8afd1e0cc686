import type { CollectorPost } from "../event-contract/wire.ts";
import type { ShopProfile } from "../settings/types.ts";

/** What themes do not see: the web pixel reports these, in any storefront mode. */
const AT_CHECKOUT: ReadonlySet<string> = new Set(["InitiateCheckout", "AddPaymentInfo", "Purchase"]);

/**
 * Whether only the theme embed can have posted this: forms and customers who are signed in are seen by nothing else, and
 * pages are where the settings say so. A browser with other settings than the present ones may still be the web pixel's.
 */
export const isOfEmbed = (post: CollectorPost, { settings }: Pick<ShopProfile, "settings">): boolean =>
  Boolean(post.form ?? post.person) ||
  (settings.storefrontMode !== "pixel" && post.settingsVersion === settings.version && !AT_CHECKOUT.has(post.name));
