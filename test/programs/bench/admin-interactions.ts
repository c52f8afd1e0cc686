import type { VisitedPage } from "./web-vitals.ts";

const TYPED = "42";

/** What merchants do most on the pages that they open most. */
export const VISITED: readonly VisitedPage[] = [
  {
    name: "Home",
    path: "/app",
    interact: async (frame) => {
      for (const period of ["7d", "90d"]) {
        const link = frame.locator(`:is(a, s-link)[href$="period=${period}"]:visible`).first();
        // The period that is shown already has no link.
        if ((await link.count()) > 0) await link.click();
      }
    },
  },
  {
    name: "Events",
    path: "/app/events",
    interact: async (frame, page) => {
      const outcome = frame.locator("select[name=outcome], s-select[name=outcome] select").first();
      await outcome.click();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
    },
  },
  {
    name: "Settings",
    path: "/app/settings",
    interact: async (frame, page) => {
      const field = frame.getByRole("textbox").first();
      await field.click();
      await field.pressSequentially(TYPED);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
    },
  },
];
