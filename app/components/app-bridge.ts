import type { ShopifyGlobal } from "@shopify/app-bridge-react";
import type { EmbedState } from "../routes/app._index/setup-steps.ts";

/**
 * App Bridge; nothing of it while rendering on the server and where its script could not load. The typed global claims that
 * it is always there; a blocked script must cost the merchant a toast and not the page.
 */
const appBridge = (): Partial<Pick<ShopifyGlobal, "app" | "toast" | "scopes">> =>
  // Invariant of the cast: it only widens the declared type by what may be missing.
  (globalThis as { shopify?: Partial<ShopifyGlobal> }).shopify ?? {};

export function showToast(message: string, isError = false): void {
  appBridge().toast?.show(message, { isError });
}

/** Asks Shopify whether the app embed is on in the published theme. `unknown` where nobody answers. */
export async function embedState(): Promise<EmbedState> {
  const { app } = appBridge();
  if (app === undefined) return "unknown";
  try {
    const extensions = await app.extensions();
    const activations = extensions.flatMap((extension) => extension.activations);
    // Only blocks of a theme extension have a status, and Tandem has one block.
    return activations.some((block) => "status" in block && block.status === "active") ? "on" : "off";
  } catch {
    // Documented to throw where the interface is not available; the guide then goes by what the server saw.
    return "unknown";
  }
}
