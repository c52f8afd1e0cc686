type Testable = {
  readonly testEventCode: string | null;
  readonly state: "active" | "paused" | "blocked";
  readonly hasToken: boolean;
};

/** The pixels that test events go to: those with a test event code that can be sent something at all. */
export const testPixels = <Pixel extends Testable>(pixels: readonly Pixel[]): readonly Pixel[] =>
  pixels.filter(({ testEventCode, state, hasToken }) => testEventCode !== null && state !== "paused" && hasToken);
