import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  isRouteErrorResponse,
  useActionData,
  useFetcher,
  useLoaderData,
  useNavigation,
  useRevalidator,
  useSubmit,
} from "@remix-run/react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { isBeingPublished } from "../../components/publish-progress.ts";
import { SaveBar, useUnsavedForms } from "../../components/save-bar.tsx";
import { type SettingsOutcome, statusOf, toastFor } from "./settings-outcome.ts";
import { SettingsPage } from "./settings-page.tsx";
import { useRevalidateWhile } from "../../components/use-revalidate-while.ts";
import type { LatestOrder } from "./value-preview.tsx";
import type { loader as latestOrderValues } from "../app.latest-order-values.tsx";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { answerSettingsForm } from "./answer-settings-form.server.ts";
import { formsView } from "./forms-view.ts";
import { mappingView } from "./mapping-view.ts";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.settings" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin, permissions } = await signedInShop(request, context);
  const { profile, publish, costs } = await admin.setup(shop);
  const { settings } = profile;
  return { permissions, profile, publish, costs, mapping: mappingView(settings), forms: formsView(settings) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const sender = await signedInShop(request, context);
  const outcome = await answerSettingsForm(await fieldsOfForm(request), sender);
  return data(outcome, { status: statusOf(outcome) });
}

/** A save without an answer keeps the page and what was typed into it; a refusal (sign in again) goes its way. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const intent = (await request.clone().formData()).get("intent");
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (!isLost(error)) throw error;
    return { kind: "lost", intent: typeof intent === "string" ? intent : "" } as const;
  }
}

const isLost = (error: unknown): boolean =>
  !(error instanceof Response) && !(isRouteErrorResponse(error) && error.status < 500);

export default function Settings() {
  const words = useWords();
  const outcome = useActionData<typeof action>() ?? null;
  const [past, setPast] = useState<SettingsOutcome | null>(null);
  const { forms, forget } = useUnsavedForms();
  const { busy, send } = useSending(outcome, forget);
  const { revalidate } = useRevalidator();
  const latestOrder = useLatestOrder();
  const newest = useLoaderData<typeof loader>();
  const view = useHeld(newest, forms.length > 0);
  useRevalidateWhile(isBeingPublished(newest));
  useEffect(() => {
    if (outcome === null) return;
    const { message, isError } = toastFor(outcome, words);
    showToast(message, isError);
  }, [outcome, words]);
  const startOver = () => {
    setPast(outcome);
    revalidate();
  };
  const { publish } = newest;
  const props = { ...view, publish, latestOrder, busy, onSubmit: send, onStartOver: startOver };
  return (
    <>
      <SettingsPage {...props} outcome={outcome === past ? null : outcome} />
      <SaveBar forms={forms} isBusy={busy !== null} />
    </>
  );
}

const SAVED: ReadonlySet<SettingsOutcome["kind"]> = new Set(["settings-saved", "pixel-connected", "pixel-filtered"]);

/** Sends the page's forms, and forgets the changes of one that was saved. */
function useSending(outcome: SettingsOutcome | null, forget: (form: HTMLFormElement) => void) {
  const submit = useSubmit();
  const intent = useNavigation().formData?.get("intent");
  const sent = useRef<HTMLFormElement | null>(null);
  useEffect(() => {
    if (outcome !== null && SAVED.has(outcome.kind) && sent.current !== null) forget(sent.current);
  }, [outcome, forget]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sent.current = event.currentTarget;
    submit(event.currentTarget, { replace: true });
  };
  return { busy: typeof intent === "string" ? intent : null, send };
}

/** The view that the person began to change; somebody else's save does not exchange it under their hands. */
function useHeld<View>(newest: View, isHeld: boolean): View {
  const held = useRef(newest);
  if (!isHeld) held.current = newest;
  return held.current;
}

/** The shop's last order, loaded after the page is shown. */
function useLatestOrder(): LatestOrder | null {
  const { load, data } = useFetcher<typeof latestOrderValues>();
  useEffect(() => load("/app/latest-order-values"), [load]);
  return data?.latest ?? null;
}
