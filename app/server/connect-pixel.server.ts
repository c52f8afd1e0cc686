import type { Actor } from "../access/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { problem } from "../settings/field-problem.ts";
import { changeFrom } from "../settings/settings-change.ts";
import type { ParsedInput, Settings } from "../settings/types.ts";
import { parsePixelInput, type PixelCredentials, type SettingsChange } from "../settings/validate-settings.ts";
import { beginCheck } from "./check-pixel.server.ts";
import type { PixelConnected, PixelInput } from "./admin-ports.ts";
import type { OpenApp } from "./open-app.server.ts";
import type { PixelEdits } from "./recorded-edits.server.ts";

type Editor = { readonly edits: PixelEdits; readonly by: Actor };
type Connecting = { readonly shop: ShopDomain; readonly input: PixelInput };

/**
 * Connects a pixel, or gives a connected one another token or test event code. Whether the pair is right, Meta is asked
 * afterwards; if this process ends before, the worker's next round asks.
 */
export async function connectPixel(
  app: OpenApp,
  { edits, by }: Editor,
  { shop, input }: Connecting,
): Promise<PixelConnected> {
  const profile = await app.profile(shop);
  const { settings } = profile;
  const parsed = parsedInput(input, settings);
  if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
  const { credentials, change } = parsed.value;
  const { metaPixelId } = credentials;
  const known = profile.pixels.find((pixel) => pixel.metaPixelId === metaPixelId);
  if (credentials.token === null && known?.hasToken !== true) return withoutToken;
  // A choice that is the saved one already makes no version of its own.
  if (isNew(change, settings)) await app.settings.save(shop, change, by);
  const pixel = await edits.connect(shop, credentials);
  // Before the page reads anew what it shows.
  await app.settings.startCheck(shop, pixel.id);
  beginCheck(app, { by, shop, pixelId: pixel.id });
  if (pixel.state === "active") await app.releaseHeld(pixel);
  await app.beginPublishing(shop);
  return { kind: "connected", pixelId: pixel.id };
}

type Parsed = { readonly credentials: PixelCredentials; readonly change: SettingsChange };

/** The pixel and the choices that its form has besides, with the problems of both. */
function parsedInput(input: PixelInput, settings: Settings): ParsedInput<Parsed> {
  const { pixelId, token, testEventCode, ...choices } = input;
  const credentials = parsePixelInput({ pixelId, token, testEventCode });
  const change = changeFrom(choices, settings);
  if (credentials.ok && change.ok) return { ok: true, value: { credentials: credentials.value, change: change.value } };
  return { ok: false, problems: [credentials, change].flatMap((part) => (part.ok ? [] : part.problems)) };
}

const isNew = ({ purchaseTrigger, triggerTag }: SettingsChange, settings: Settings): boolean =>
  (purchaseTrigger !== undefined && purchaseTrigger !== settings.purchaseTrigger) ||
  (triggerTag !== undefined && triggerTag !== settings.orders?.triggerTag);

const withoutToken: PixelConnected = {
  kind: "invalid",
  problems: [{ field: "token", message: problem("token.not-stored") }],
};
