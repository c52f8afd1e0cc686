import { expect, test } from "vitest";
import { toastFor } from "../../app/components/settings/settings-outcome.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { fieldNamed, htmlOf } from "./dashboard/html-of.tsx";
import { aPixel, aProfile } from "./dashboard/samples.ts";
import { settingsPage } from "./dashboard/settings-pages.tsx";

const PIXEL = aPixel();
const ADVICE = "The access token may not send events.";

test("a pixel that somebody has checked on another page is shown as being checked, and never as working", () => {
  const html = htmlOf(settingsPage("pixels", { pixelsBeingChecked: [PIXEL.metaPixelId] }));
  expect(html).toMatch(/<s-badge tone="caution">Being checked/);
  expect(html).not.toContain('tone="success"');
});

test("what Meta refuses of a stored pixel stands at its field", () => {
  const outcome = { kind: "pixel-connected", pixelId: PIXEL.id } as const;
  const refusedAt = (field: string) =>
    ({ kind: "checked", answer: "refused", problems: [{ field, message: { advice: ADVICE } }] }) as const;
  const pixels = [aPixel({ state: "blocked", stateReason: ADVICE })];
  const html = (field: string) =>
    htmlOf(settingsPage("pixels", { profile: aProfile({ pixels }), outcome, endOfForm: refusedAt(field) }));
  expect(fieldNamed(html("pixelId"), "pixelId")).toContain(`error="${ADVICE}"`);
  expect(fieldNamed(html("pixelId"), "token")).not.toContain("error=");
  expect(fieldNamed(html("token"), "token")).toContain(`error="${ADVICE}"`);
});

test("the message after the form says that Meta is being asked, and then what it answers", () => {
  const stored = toastFor({ kind: "pixel-connected", pixelId: PIXEL.id }, ENGLISH);
  expect(stored).toEqual({ message: "Pixel stored. Meta is being asked about the token", isError: false });
  const answers = (["valid", "refused", "unreachable", "unclear", "lost"] as const).map((answer) =>
    toastFor({ kind: "pixel-checked", answer, ofForm: true }, ENGLISH),
  );
  expect(answers.map(({ isError }) => isError)).toEqual([false, true, false, false, true]);
  expect(new Set(answers.map(({ message }) => message)).size).toBe(5);
});
