import type { ShopifyGlobal } from "@shopify/app-bridge-types";
import type { EmbedState } from "../routes/app._index/setup-steps.ts";

/**
 * App Bridge, if available: it is missing during server rendering and when its script is blocked. Its types say that it
 * always exists, but a blocked script must not break the page.
 */
const appBridge = (): Partial<Pick<ShopifyGlobal, "app" | "toast" | "scopes" | "saveBar">> =>
  // The cast only makes properties optional.
  (globalThis as { shopify?: Partial<ShopifyGlobal> }).shopify ?? {};

export function showToast(message: string, isError = false): void {
  appBridge().toast?.show(message, { isError });
}

type SaveBarElement = Pick<UISaveBarElement, "show" | "hide">;

/**
 * Shows or hides the save bar. Through its element: the page's removal takes the element away first, and an ID then names
 * nothing. Without App Bridge it is an unknown element, which has no such methods.
 */
export async function showSaveBar(bar: Partial<SaveBarElement>, isShown: boolean): Promise<void> {
  await (isShown ? bar.show?.() : bar.hide?.());
}

/** Resolves when the person may leave the page: at once without unsaved changes, else when they confirm it. */
export const leaveConfirmed = async (): Promise<void> => appBridge().saveBar?.leaveConfirmation();

/** Queries App Bridge whether the theme embed is active in the published theme. `unknown` without an answer. */
export async function embedState(): Promise<EmbedState> {
  const { app } = appBridge();
  if (app === undefined) return "unknown";
  try {
    const extensions = await app.extensions();
    const activations = extensions.flatMap((extension) => extension.activations);
    // Only blocks of a theme extension have a status, and Tandem has one block.
    return activations.some((block) => "status" in block && block.status === "active") ? "on" : "off";
  } catch {
    // Documented to throw where the API is unavailable; the setup guide then relies on the events the server received.
    return "unknown";
  }
}
