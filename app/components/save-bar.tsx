import { useEffect, useRef, useState } from "react";
import { showSaveBar } from "./app-bridge.ts";
import { useWords } from "./words-context.ts";

/** Put on a form, this has the save bar offer to save it as soon as something in it changes. */
export const SAVED_BY_BAR = { "data-saved-by-bar": "" } as const;

export type UnsavedForms = {
  /** In the order in which their first change was made. */
  readonly forms: readonly HTMLFormElement[];
  /** The form was saved. */
  readonly forget: (form: HTMLFormElement) => void;
};

/** The page's forms that have unsaved changes. */
export function useUnsavedForms(): UnsavedForms {
  const [forms, setForms] = useState<readonly HTMLFormElement[]>([]);
  const [forget] = useState(
    () => (form: HTMLFormElement) => setForms((before) => before.filter((one) => one !== form)),
  );
  useEffect(() => {
    const note = ({ target }: Event): void => {
      const form = formAround(target);
      if (form !== null) setForms((before) => (before.includes(form) ? before : [...before, form]));
    };
    const reset = ({ target }: Event): void => {
      if (target instanceof HTMLFormElement) forget(target);
    };
    const listeners = [
      ["input", note],
      ["change", note],
      ["reset", reset],
    ] as const;
    for (const [name, listener] of listeners) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    };
  }, [forget]);
  return { forms, forget };
}

const formAround = (target: EventTarget | null): HTMLFormElement | null =>
  target instanceof Element ? target.closest<HTMLFormElement>("form[data-saved-by-bar]") : null;

/** Has the save bar appear although no field of the form changed, but which fields it has. */
export const noteChange = (form: HTMLFormElement | null | undefined): void =>
  void form?.dispatchEvent(new Event("change", { bubbles: true }));

type Props = { readonly forms: readonly HTMLFormElement[]; readonly isBusy: boolean };

/** App Bridge's save bar in the admin's top bar; while it is shown, leaving the page asks. */
export function SaveBar({ forms, isBusy }: Props) {
  const words = useWords();
  const bar = useRef<UISaveBarElement>(null);
  // A form that left the page took its changes with it.
  const unsaved = forms.filter(({ isConnected }) => isConnected);
  const isShown = unsaved.length > 0;
  useEffect(() => {
    const { current } = bar;
    if (!isShown || current === null) return;
    void showSaveBar(current, true);
    return () => void showSaveBar(current, false);
  }, [isShown]);
  return (
    // The types of App Bridge leave `ref` out.
    <ui-save-bar {...{ ref: bar }} id="unsaved-changes">
      <button
        type="button"
        {...{ variant: "primary", ...(isBusy && { loading: "" }) }}
        onClick={() => unsaved[0]?.requestSubmit()}
      >
        {words.text("frame.save")}
      </button>
      <button type="button" onClick={() => unsaved.forEach((form) => form.reset())}>
        {words.text("frame.discard")}
      </button>
    </ui-save-bar>
  );
}
