import type { ShopifyGlobal } from "@shopify/app-bridge-react";
import type { EmbedState } from "./setup-steps.ts";

/**
 * App Bridge, or null while rendering on the server and where its script could not load. The typed global claims that
 * it is always there; a blocked script must cost the merchant a toast and not the page.
 */
// Invariant of the cast: it only widens the declared type by `undefined`.
const appBridge = (): ShopifyGlobal | null => (globalThis as { shopify?: ShopifyGlobal }).shopify ?? null;

export function showToast(message: string, isError = false): void {
  appBridge()?.toast.show(message, { isError });
}

/** Asks Shopify whether the app embed is on in the published theme. `unknown` where nobody answers. */
export async function embedState(): Promise<EmbedState> {
  const bridge = appBridge();
  // Older App Bridge scripts and stand-ins lack this interface.
  if (typeof bridge?.app?.extensions !== "function") return "unknown";
  try {
    const extensions = await bridge.app.extensions();
    const activations = extensions.flatMap((extension) => extension.activations);
    // Only blocks of a theme extension have a status, and Tandem has one block.
    return activations.some((block) => "status" in block && block.status === "active") ? "on" : "off";
  } catch {
    // Documented to throw where the interface is not available; the guide then goes by what the server saw.
    return "unknown";
  }
}
