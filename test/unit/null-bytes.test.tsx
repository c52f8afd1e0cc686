import { PassThrough, type Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { Suspense } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { withoutNullBytes } from "../../app/routes/app/without-null-bytes.server.ts";

/** Between them, these begin a character of three bytes at each place of React's buffer of 2,048 bytes. */
const PAGES = Array.from({ length: 48 }, (_, n) => (
  <main>
    <Suspense>
      <p>{"-".repeat(n)}</p>
      {Array.from({ length: 200 }, (_line, line) => (
        <p key={line}>if not the stage’s, přijaté „Events“</p>
      ))}
    </Suspense>
  </main>
));

const streamed = (page: React.ReactNode, through: Transform): Promise<string> =>
  new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(page, {
      onAllReady: () => {
        pipe(through);
        text(through).then(resolve, reject);
      },
      onError: reject,
    });
  });

test("React writes null bytes into some pages: without them this file and what it tests can go", async () => {
  const pages = await Promise.all(PAGES.map((page) => streamed(page, new PassThrough())));
  expect(pages.filter((page) => page.includes("\0"))).not.toEqual([]);
});

test("a page is streamed as it is rendered, wherever its characters come to lie", async () => {
  for (const page of PAGES) expect(await streamed(page, withoutNullBytes())).toBe(renderToString(page));
});
