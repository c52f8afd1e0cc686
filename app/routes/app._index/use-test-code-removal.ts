import { useFetcher } from "@remix-run/react";
import { type FormEventHandler, useEffect } from "react";
import { showToast } from "../../components/app-bridge.ts";
import { useWords } from "../../components/words-context.ts";

/** How a test event code that was left in is removed without leaving Home. */
export type TestCodeRemoval = { readonly busy: boolean; readonly onSubmit: FormEventHandler<HTMLFormElement> };

/** The Test page's action answers the form that removes a code with one of these. */
type TestCodeAnswer = { readonly outcome: "code-removed" | "code-gone" };

/** Sends the form to the Test page's action, and says what became of it. */
export function useTestCodeRemoval(): TestCodeRemoval {
  const words = useWords();
  const fetcher = useFetcher<TestCodeAnswer>();
  const { data, state } = fetcher;
  useEffect(() => {
    if (data !== undefined) showToast(words.text(`testing.done.${data.outcome}`), data.outcome !== "code-removed");
  }, [data, words]);
  return {
    busy: state !== "idle",
    onSubmit: (event) => {
      event.preventDefault();
      fetcher.submit(event.currentTarget);
    },
  };
}
