import type { Pixel } from "./types.ts";

/** The pixels that test events go to: those with a test event code that can be sent something at all. */
export const testPixels = (pixels: readonly Pixel[]): readonly Pixel[] =>
  pixels.filter(({ testEventCode, state, hasToken }) => testEventCode !== null && state !== "paused" && hasToken);
