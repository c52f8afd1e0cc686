import type { Actor } from "../access/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { checkCredentials } from "../meta/check-credentials.server.ts";
import type { FieldProblem, Pixel, PixelId } from "../settings/types.ts";
import type { PixelChecked } from "./admin-ports.ts";
import type { Followed } from "./followed-work.server.ts";
import type { OpenApp } from "./open-app.server.ts";
import { alertByWorker } from "./operator-alerts.server.ts";
import { blockPixel, MENDED, mendPixel } from "./pixel-ports.server.ts";

/** Whoever asks gets the answer; several people may ask about one pixel. */
type CheckQuestion = { readonly by: Actor; readonly shop: ShopDomain; readonly pixelId: PixelId };

const keyOf = ({ by, shop, pixelId }: CheckQuestion): string => `check-pixel ${by} ${shop} ${pixelId}`;

/** Begins a check whatever became of an earlier one, whose answer was about what was stored before. */
export const beginCheck = (app: OpenApp, question: CheckQuestion): void =>
  app.followed.start(keyOf(question), () => checkPixel(app, question.shop, question.pixelId));

export const followCheck = (app: OpenApp, question: CheckQuestion): Promise<Followed<PixelChecked>> =>
  app.followed.follow(keyOf(question), () => checkPixel(app, question.shop, question.pixelId));

/**
 * The check that the worker makes once a day, now: what Meta says of the token blocks the pixel or mends it, and the
 * operator is alerted as by the worker. While it lasts, every page of the shop says so.
 */
async function checkPixel(app: OpenApp, shop: ShopDomain, pixelId: PixelId): Promise<PixelChecked> {
  const { settings } = app;
  // Not from the profile, which another process may have remembered from before the pixel was connected.
  const check = await settings.startCheck(shop, pixelId);
  if (check === null) return NO_SUCH_PIXEL;
  let isAnswered = false;
  try {
    const token = await settings.tokenOf(shop, check.id);
    const checked = token === null ? NO_SUCH_PIXEL : await askAbout(app, check, token);
    isAnswered = checked.kind === "checked" && checked.answer !== "unreachable";
    return checked;
  } finally {
    await settings.endCheck(check, isAnswered);
  }
}

type Named = Pick<Pixel, "shop" | "id" | "metaPixelId">;

const NO_SUCH_PIXEL: PixelChecked = { kind: "no-such-pixel" };

async function askAbout(app: OpenApp, pixel: Named, token: string): Promise<PixelChecked> {
  const { metaPixelId } = pixel;
  const { kind, advice } = await checkCredentials({ client: app.sending.graph, metaPixelId, token, now: app.now() });
  switch (kind) {
    case "valid":
      await accept(app, pixel, token);
      return { kind: "checked", answer: "valid" };
    case "token-invalid":
    case "pixel-unknown":
      await refuse(app, pixel, { token, reason: advice });
      return refusedAt(kind === "token-invalid" ? "token" : "pixelId", { advice });
    case "unreachable":
    case "unclear":
      return { kind: "checked", answer: kind };
  }
}

const refusedAt = (field: FieldProblem["field"], message: FieldProblem["message"]): PixelChecked => ({
  kind: "checked",
  answer: "refused",
  problems: [{ field, message }],
});

async function accept(app: OpenApp, pixel: Named, token: string): Promise<void> {
  const { shop, id, metaPixelId } = pixel;
  await app.settings.noteTokenAccepted(shop, id, token);
  if (!(await mendPixel(app, pixel, token))) return;
  await alertByWorker(app)({ kind: "pixel-mended", shop, pixelId: metaPixelId, reason: MENDED });
}

async function refuse(app: OpenApp, pixel: Named, refusal: Parameters<typeof blockPixel>[2]): Promise<void> {
  if ((await blockPixel(app, pixel, refusal)) === null) return;
  const { shop, metaPixelId } = pixel;
  await alertByWorker(app)({ kind: "pixel-blocked", shop, pixelId: metaPixelId, reason: refusal.reason });
}
