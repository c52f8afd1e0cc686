import { useNavigation, useRevalidator, useSubmit } from "@remix-run/react";
import { type FormEvent, type FormEventHandler, useEffect, useRef, useState } from "react";
import { showToast } from "../app-bridge.ts";
import { isBeingPublished, type Publication } from "../publish-progress.ts";
import { useUnsavedForms } from "../save-bar.tsx";
import { useRevalidateWhile } from "../use-revalidate-while.ts";
import { useWords } from "../words-context.ts";
import { type SettingsOutcome, toastFor } from "./settings-outcome.ts";
import { useOutcome } from "./use-outcome.ts";

/** What a page of the settings knows of its forms. */
export type SettingsForms = {
  /** Of the form that was sent last, until it is put back. */
  readonly outcome: SettingsOutcome | null;
  /** The form being sent. */
  readonly busy: string | null;
  /** The version that the forms were filled in from. */
  readonly seenVersion: number;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  /** The form was put back, so that it may show the newest version. */
  readonly onStartOver: () => void;
};

export type SettingsPageState<View> = {
  /** What the page shows: the newest, unless something in a form was changed. */
  readonly view: View;
  readonly forms: SettingsForms;
  readonly unsaved: readonly HTMLFormElement[];
};

/** Sends the forms of a page of the settings, says what became of them, and keeps what is not saved. */
export function useSettingsPage<View extends Publication>(newest: View): SettingsPageState<View> {
  const words = useWords();
  const outcome = useOutcome();
  const [past, setPast] = useState<SettingsOutcome | null>(null);
  const { forms: unsaved, forget } = useUnsavedForms();
  const { busy, onSubmit } = useSending(outcome, forget);
  const { revalidate } = useRevalidator();
  // Between the answer to a save and the reading of what it made, the newest view is one from before it.
  const isBehind = outcome?.kind === "settings-saved" && newest.profile.settings.version < outcome.version;
  const held = useHeld(newest, unsaved.length > 0 || isBehind);
  const seenVersion = useSeenVersion(held.profile.settings.version, outcome);
  useRevalidateWhile(isBeingPublished(newest));
  useEffect(() => {
    if (outcome === null) return;
    const { message, isError } = toastFor(outcome, words);
    showToast(message, isError);
  }, [outcome, words]);
  const onStartOver = () => {
    setPast(outcome);
    revalidate();
  };
  const forms = { outcome: outcome === past ? null : outcome, busy, seenVersion, onSubmit, onStartOver };
  return { view: { ...held, publish: newest.publish }, forms, unsaved };
}

const SAVED: ReadonlySet<SettingsOutcome["kind"]> = new Set(["settings-saved", "pixel-connected", "pixel-filtered"]);

/** Sends the page's forms, and forgets the changes of one that was saved, but for those made since it was sent. */
function useSending(outcome: SettingsOutcome | null, forget: (form: HTMLFormElement) => void) {
  const submit = useSubmit();
  const { state, formData } = useNavigation();
  const sent = useRef<SentForm | null>(null);
  const pressed = useRef<HTMLFormElement | null>(null);
  useEffect(() => {
    if (outcome === null || !SAVED.has(outcome.kind) || sent.current === null) return;
    const { form, contents } = sent.current;
    if (outcome.kind === "pixel-filtered" || contentsOf(form) === contents) forget(form);
  }, [outcome, forget]);
  const isOnItsWay = state === "submitting";
  const send = (form: HTMLFormElement) => {
    sent.current = { form, contents: contentsOf(form) };
    submit(form, { replace: true });
  };
  // A second save before the answer to the first would be one by somebody who has not seen the first: it waits.
  useEffect(() => {
    const { current: form } = pressed;
    if (isOnItsWay || form === null) return;
    pressed.current = null;
    if (form.isConnected && !isSame(form, sent.current)) send(form);
  });
  const intent = formData?.get("intent");
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isOnItsWay) pressed.current = event.currentTarget;
    else send(event.currentTarget);
  };
  return { busy: typeof intent === "string" ? intent : null, onSubmit };
}

type SentForm = { readonly form: HTMLFormElement; readonly contents: string };

/** Pressed twice. */
const isSame = (form: HTMLFormElement, sent: SentForm | null): boolean =>
  form === sent?.form && contentsOf(form) === sent.contents;

/** What a person can change of a form, as text. */
const contentsOf = (form: HTMLFormElement): string =>
  JSON.stringify([...new FormData(form)].filter(([name]) => name !== "seenVersion" && name !== "rehearsed"));

/** The author of a save has seen the version that it made, also while more is typed into the form. */
function useSeenVersion(heldVersion: number, outcome: SettingsOutcome | null): number {
  const own = useRef(0);
  if (outcome?.kind === "settings-saved") own.current = outcome.version;
  return Math.max(heldVersion, own.current);
}

/** The view that the person began to change; somebody else's save does not exchange it under their hands. */
function useHeld<View>(newest: View, isHeld: boolean): View {
  const held = useRef(newest);
  if (!isHeld) held.current = newest;
  return held.current;
}
