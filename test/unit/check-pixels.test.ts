import { expect, test } from "vitest";

import type { CredentialCheck } from "../../app/meta/types.ts";
import { shopDomain } from "../../app/event-contract/event-id.ts";
import { type CheckedPixel, checkPixels } from "../../app/jobs/check-pixels.ts";

const SHOP = shopDomain("tea.myshopify.com");

/** Pixels that wait for their check, and what is done about each. */
async function checking(
  pixels: readonly [state: CheckedPixel["state"], answer: CredentialCheck["kind"] | "no-token"][],
): Promise<readonly string[]> {
  if (SHOP === null) throw new Error("not a shop");
  const shop = SHOP;
  const waiting = pixels.map(([state], n): CheckedPixel => ({ shop, id: `id-${n}`, metaPixelId: String(n), state }));
  const done: string[] = [];
  await checkPixels({
    takeUnchecked: async (limit) => waiting.splice(0, limit),
    tokenOf: async (_shop, id) => (pixels[Number(id.slice(3))]?.[1] === "no-token" ? null : `token of ${id}`),
    check: async (metaPixelId, token) => {
      expect(token).toBe(`token of id-${metaPixelId}`);
      const kind = pixels[Number(metaPixelId)]?.[1];
      if (kind === undefined || kind === "no-token") throw new Error("nobody may be asked about this pixel");
      return { kind, advice: `${kind}.` };
    },
    block: async ({ metaPixelId }, _token, reason) => void done.push(`block ${metaPixelId}: ${reason}`),
    mend: async ({ metaPixelId }) => void done.push(`mend ${metaPixelId}`),
    noteTokenAccepted: async ({ metaPixelId }, token) => void done.push(`accepted ${metaPixelId}: ${token}`),
    isStopping: () => false,
  });
  return done;
}

test("an invalid token blocks a working pixel before an event needs it, and a valid one unblocks a pixel", async () => {
  expect(
    await checking([
      ["active", "valid"],
      ["active", "token-invalid"],
      ["active", "pixel-unknown"],
      ["blocked", "valid"],
      ["blocked", "token-invalid"],
    ]),
  ).toEqual([
    "accepted 0: token of id-0",
    "block 1: token-invalid.",
    "block 2: pixel-unknown.",
    "accepted 3: token of id-3",
    "mend 3",
  ]);
});

test("an unclear answer changes nothing, and a pixel without a token is not checked", async () => {
  expect(
    await checking([
      ["active", "unreachable"],
      ["blocked", "unreachable"],
      ["active", "unclear"],
      ["blocked", "unclear"],
      ["active", "no-token"],
    ]),
  ).toEqual([]);
});

test("every pixel is checked in turn, however many there are", async () => {
  const many = Array.from({ length: 120 }, (): ["blocked", "valid"] => ["blocked", "valid"]);
  expect((await checking(many)).filter((step) => step.startsWith("mend"))).toHaveLength(120);
});
