import type { CredentialCheck } from "../meta/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId } from "../settings/types.ts";

/** The part of a pixel with a token that the check needs. */
export type CheckedPixel = {
  readonly shop: ShopDomain;
  readonly id: PixelId;
  readonly metaPixelId: string;
  readonly state: "active" | "blocked";
};

export type CheckPixelsDeps = {
  /** Pixels whose check is due, at most `limit`; marks them as checked now. */
  readonly takeUnchecked: (limit: number) => Promise<readonly CheckedPixel[]>;
  readonly tokenOf: (shop: ShopDomain, id: PixelId) => Promise<string | null>;
  /** Checks with Meta without a side effect. */
  readonly check: (metaPixelId: string, token: string) => Promise<CredentialCheck>;
  readonly block: (pixel: Omit<CheckedPixel, "state">, token: string, reason: string) => Promise<void>;
  readonly mend: (pixel: CheckedPixel, token: string) => Promise<void>;
  /** Records that Meta accepts the token. */
  readonly noteTokenAccepted: (pixel: CheckedPixel, token: string) => Promise<void>;
  /** True while shutting down: no new check starts. */
  readonly isStopping: () => boolean;
};

const AT_ONCE = 50;

/**
 * Checks every due pixel with Meta. An invalid token is detected before an event needs it, and a pixel that was fixed
 * at Meta is unblocked without the merchant. An unclear answer changes nothing.
 */
export async function checkPixels(deps: CheckPixelsDeps): Promise<void> {
  while (!deps.isStopping()) {
    const pixels = await deps.takeUnchecked(AT_ONCE);
    for (const pixel of pixels) await checkPixel(pixel, deps);
    if (pixels.length < AT_ONCE) return;
  }
}

async function checkPixel(pixel: CheckedPixel, deps: CheckPixelsDeps): Promise<void> {
  const token = await deps.tokenOf(pixel.shop, pixel.id);
  if (token === null || deps.isStopping()) return;
  const { kind, advice } = await deps.check(pixel.metaPixelId, token);
  const isRefused = kind === "token-invalid" || kind === "pixel-unknown";
  if (isRefused && pixel.state === "active") await deps.block(pixel, token, advice);
  if (kind !== "valid") return;
  await deps.noteTokenAccepted(pixel, token);
  if (pixel.state === "blocked") await deps.mend(pixel, token);
}
