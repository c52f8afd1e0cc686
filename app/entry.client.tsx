import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { WordsContext } from "./components/words-context.ts";
import { readerOf } from "./wording/languages.ts";
import { loadLanguage } from "./wording/load-language.ts";
import { createWords } from "./wording/words.ts";

// A page that is left while its data is on its way aborts the read. Remix 2.17.5 has the values by then, and nobody waits
// for the promise of the body's end (turbo-stream's `done`), so the browser would report its rejection as uncaught.
window.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof DOMException && event.reason.name === "AbortError") event.preventDefault();
});

// The server chose the locale and wrote it here; the page keeps it as long as it is open.
const reader = readerOf([document.documentElement.lang]);
void loadLanguage[reader.language]().then(({ catalogue }) => {
  const words = createWords(catalogue, reader);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <WordsContext.Provider value={words}>
          <RemixBrowser />
        </WordsContext.Provider>
      </StrictMode>,
    );
  });
});
