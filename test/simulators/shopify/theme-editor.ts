import { adminPage } from "./admin-layout.ts";
import { statusOf } from "./app-embeds.ts";
import type { EmbedBlock } from "./extension-files.ts";
import { escapeHtml, html, redirect, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import type { AppCredentials } from "./session-token.ts";
import type { Shop } from "./types.ts";

export type ThemeEditorContext = {
  readonly app: AppCredentials;
  readonly embedBlocks: () => EmbedBlock[];
  readonly changed: () => void;
};

/**
 * The theme editor's "App embeds" panel. `activateAppId=<client id>/<block>` switches a block on in the form, as the
 * real deep link does; nothing changes in the shop before the merchant presses Save.
 */
export async function themeEditor(
  shop: Shop,
  request: SimulatedRequest,
  context: ThemeEditorContext,
): Promise<SimulatedReply> {
  if (request.method === "POST") return save(shop, request, context);
  const [appId, wanted] = (request.url.searchParams.get("activateAppId") ?? "").split("/");
  const toggles = await Promise.all(
    context.embedBlocks().map(async (block) => {
      const status = await statusOf(block, shop);
      const on = status === "active" || (appId === context.app.apiKey && wanted === block.handle);
      const note = status === "unavailable" ? " (not available yet: the app has not been set up)" : "";
      return `<p><label><input type="checkbox" name="embed" value="${escapeHtml(block.handle)}"${on ? " checked" : ""}> ${escapeHtml(block.name)}</label>${note}</p>`;
    }),
  );
  const saved = request.url.searchParams.has("saved") ? '<p role="status">Saved</p>' : "";
  return html(
    adminPage(
      "Theme editor · Shopify (simulator)",
      `<main><h1>App embeds of ${escapeHtml(shop.name)}</h1>${saved}<form method="post">${toggles.join("") || "<p>No app embeds.</p>"}
<button>Save</button></form><p><a href="/store/${shop.handle}/apps/${context.app.apiKey}">Back to the app</a></p></main>`,
    ),
  );
}

function save(shop: Shop, request: SimulatedRequest, context: ThemeEditorContext): SimulatedReply {
  const wanted = new URLSearchParams(request.body).getAll("embed");
  const known = context.embedBlocks().map((block) => block.handle);
  shop.installation.embeds = known.filter((handle) => wanted.includes(handle));
  context.changed();
  return redirect(`/store/${shop.handle}/themes/current/editor?context=apps&saved`);
}
