import { expect, test } from "vitest";
import { DataRequestsPage } from "../../app/routes/app.data-requests/data-requests-page.tsx";
import type { DataRequest } from "../../app/privacy/types.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";

const NOW = new Date("2026-11-29T12:00:00Z");
const READY: DataRequest = {
  requestId: "9999",
  orders: ["#1032", "280263"],
  requestedAt: new Date("2026-11-28T12:00:00Z"),
  assembledAt: new Date("2026-11-28T12:01:00Z"),
  downloadedAt: null,
  deletedAt: new Date("2026-12-28T12:01:00Z"),
};
const page = (...requests: readonly DataRequest[]) => (
  <DataRequestsPage mayDownload requests={requests} now={NOW} problem={null} onDownload={() => undefined} />
);

test("a request shows when it was made, its orders, its state and the days that its file is kept", () => {
  expect(textOf(page(READY))).toMatch(/Nov 28, 2026, 12:00 PM .*#1032, 280263 .*Ready .* 30 days .*Download/);
  expect(textOf(page({ ...READY, downloadedAt: NOW }))).toContain("Downloaded");
});

test.each([
  [1, "1 Tag ", "1 den "],
  [2, "2 Tage ", "2 dny "],
  [5, "5 Tage ", "5 dnů "],
])("%i days left are counted as German and Czech count them", (days, german, czech) => {
  const request = page({ ...READY, deletedAt: new Date(NOW.getTime() + days * 86_400_000) });
  expect(textOf(request, wordsFor({ language: "de", locale: "de" }))).toContain(german);
  expect(textOf(request, wordsFor({ language: "cs", locale: "cs" }))).toContain(czech);
});

test("a file that is not put together yet cannot be downloaded", () => {
  const waiting = page({ ...READY, assembledAt: null, deletedAt: null });
  expect(textOf(waiting)).toContain("Being put together");
  expect(htmlOf(waiting)).toMatch(/<s-button[^>]*disabled/);
  expect(htmlOf(page(READY))).not.toMatch(/<s-button[^>]*disabled/);
});

test("without a request the page says where one comes from", () => {
  expect(textOf(page())).toContain("No customer has asked for their data");
});

test("somebody whose role allows no downloads gets no button", () => {
  const requests = [{ ...READY, assembledAt: NOW }];
  const html = htmlOf(
    <DataRequestsPage mayDownload={false} requests={requests} now={NOW} problem={null} onDownload={() => undefined} />,
  );
  expect(html).not.toContain("Download the file of");
  expect(html).toContain("Your role does not allow downloads");
});
