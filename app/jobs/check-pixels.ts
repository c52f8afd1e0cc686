import type { CredentialCheck } from "../meta/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId } from "../settings/types.ts";

/** A pixel with a token, as far as checking needs it. */
export type CheckedPixel = {
  readonly shop: ShopDomain;
  readonly id: PixelId;
  readonly metaPixelId: string;
  readonly state: "active" | "blocked";
};

export type CheckPixelsDeps = {
  /** Pixels that nobody has checked for long enough, noted as checked now; at most `limit`. */
  readonly takeUnchecked: (limit: number) => Promise<readonly CheckedPixel[]>;
  readonly tokenOf: (shop: ShopDomain, id: PixelId) => Promise<string | null>;
  /** Asks Meta without leaving a trace. */
  readonly check: (metaPixelId: string, token: string) => Promise<CredentialCheck>;
  readonly block: (pixel: Omit<CheckedPixel, "state">, token: string, reason: string) => Promise<void>;
  readonly mend: (pixel: CheckedPixel, token: string) => Promise<void>;
  /** Remembers that Meta takes the token. */
  readonly noteTokenAccepted: (pixel: CheckedPixel, token: string) => Promise<void>;
  /** Nothing new is begun any more. */
  readonly isStopping: () => boolean;
};

const AT_ONCE = 50;

/**
 * Asks Meta about every pixel whose turn it is. A token that died is noticed before an event needs it, and a pixel that
 * was mended at Meta's end works again without anybody's click. What Meta leaves open changes nothing.
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
