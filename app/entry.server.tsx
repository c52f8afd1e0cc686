import { randomBytes } from "node:crypto";
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { Nonce } from "./components/nonce.ts";
import { WordsContext } from "./components/words-context.ts";
import { contentPolicy, frameAncestorsIn } from "./routes/app/content-policy.ts";
import { readerOfRequest } from "./routes/app/reader-of-request.ts";
import { withoutNullBytes } from "./routes/app/without-null-bytes.server.ts";
import { wordsFor } from "./wording/every-language.ts";

/** Remix aborts a page's pending data after this time; rendering gets one more second to send what it has. */
export const streamTimeout = 5_000;

// eslint-disable-next-line max-params -- Remix calls it with these five
export default function renderPage(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  context.shopify.addDocumentResponseHeaders(request, headers);
  const nonce = randomBytes(16).toString("base64");
  headers.set("Content-Security-Policy", contentPolicy([`nonce-${nonce}`], frameAncestorsIn(headers)));
  headers.set("Content-Type", "text/html; charset=utf-8");

  return new Promise((resolve, reject) => {
    let statusNow = status;
    let shellSent = false;
    // Single fetch streams the loaders' data into the page; with renderToString it would never hydrate.
    const page = (
      <Nonce.Provider value={nonce}>
        <WordsContext.Provider value={wordsFor(readerOfRequest(request))}>
          <RemixServer context={remixContext} url={request.url} nonce={nonce} />
        </WordsContext.Provider>
      </Nonce.Provider>
    );
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onShellReady() {
        shellSent = true;
        const body = withoutNullBytes();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: statusNow }));
        pipe(body);
      },
      onShellError: reject,
      onError(error) {
        statusNow = 500;
        if (shellSent) context.reportError(error);
      },
    });
    // Aborting a completed rendering has no effect, so the timer needs no clearing.
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** Replaces Remix's console output. An aborted request or a 4xx response is not an error of the app. */
// eslint-disable-next-line no-restricted-syntax -- Remix looks for this name
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  const visitorsOwn = isRouteErrorResponse(error) && error.status < 500;
  if (!visitorsOwn && !request.signal.aborted) context.reportError(error);
}
