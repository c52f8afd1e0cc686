import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useFetcher, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { isBeingPublished } from "../../components/publish-progress.ts";
import { statusOf, toastFor } from "./settings-outcome.ts";
import { SettingsPage } from "./settings-page.tsx";
import { useRevalidateWhile } from "../../components/use-revalidate-while.ts";
import type { LatestOrder } from "./value-preview.tsx";
import type { loader as latestOrderValues } from "../app.latest-order-values.tsx";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { answerSettingsForm } from "./answer-settings-form.server.ts";
import { formsView } from "./forms-view.ts";
import { mappingView } from "./mapping-view.ts";

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

export default function Settings() {
  const words = useWords();
  const outcome = useActionData<typeof action>() ?? null;
  const submit = useSubmit();
  const intent = useNavigation().formData?.get("intent");
  useEffect(() => {
    if (outcome === null) return;
    const { message, isError } = toastFor(outcome, words);
    showToast(message, isError);
  }, [outcome, words]);
  const latestOrder = useLatestOrder();
  const view = useLoaderData<typeof loader>();
  useRevalidateWhile(isBeingPublished(view));
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  const busy = typeof intent === "string" ? intent : null;
  return <SettingsPage {...view} outcome={outcome} latestOrder={latestOrder} busy={busy} onSubmit={send} />;
}

/** The shop's last order, loaded after the page is shown. */
function useLatestOrder(): LatestOrder | null {
  const { load, data } = useFetcher<typeof latestOrderValues>();
  useEffect(() => load("/app/latest-order-values"), [load]);
  return data?.latest ?? null;
}
