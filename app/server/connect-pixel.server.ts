import type { Actor } from "../access/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { checkCredentials } from "../meta/check-credentials.server.ts";
import { problem } from "../settings/field-problem.ts";
import { changeFrom } from "../settings/settings-change.ts";
import type { FieldProblem, ParsedInput, Settings } from "../settings/types.ts";
import { parsePixelInput, type PixelCredentials, type SettingsChange } from "../settings/validate-settings.ts";
import type { PixelConnected, PixelInput } from "./admin-ports.ts";
import type { OpenApp } from "./open-app.server.ts";
import type { PixelEdits } from "./recorded-edits.server.ts";

type Editor = { readonly edits: PixelEdits; readonly by: Actor };
type Connecting = { readonly shop: ShopDomain; readonly input: PixelInput };

/** Connects a pixel, or gives a connected one another token or test event code; asks Meta whether the pair is right. */
export async function connectPixel(
  app: OpenApp,
  { edits, by }: Editor,
  { shop, input }: Connecting,
): Promise<PixelConnected> {
  const { settings } = await app.profile(shop);
  const parsed = parsedInput(input, settings);
  if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
  const { credentials, change } = parsed.value;
  const { metaPixelId } = credentials;
  const token = credentials.token ?? (await storedToken(app, shop, metaPixelId));
  if (token === null) return invalid("token", problem("token.not-stored"));

  const check = await checkCredentials({ client: app.sending.graph, metaPixelId, token, now: app.now() });
  if (check.kind === "token-invalid") return invalid("token", check.advice);
  if (check.kind === "pixel-unknown") return invalid("pixelId", check.advice);
  // A choice that is the saved one already makes no version of its own.
  if (isNew(change, settings)) await app.settings.save(shop, change, by);
  const pixel = await edits.connect(shop, credentials);
  if (check.kind === "valid") await app.settings.noteTokenAccepted(shop, pixel.id, token);
  await app.releaseHeld(pixel);
  await app.publish(shop);
  return { kind: "connected", checked: check.kind };
}

async function storedToken(app: OpenApp, shop: ShopDomain, metaPixelId: string): Promise<string | null> {
  const known = (await app.profile(shop)).pixels.find((pixel) => pixel.metaPixelId === metaPixelId);
  return known ? app.settings.tokenOf(shop, known.id) : null;
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

const invalid = (field: FieldProblem["field"], message: FieldProblem["message"]): PixelConnected => ({
  kind: "invalid",
  problems: [{ field, message }],
});
