import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useFetcher, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { showToast } from "../../dashboard/app-bridge.ts";
import { toastFor } from "../../dashboard/settings-outcome.ts";
import { SettingsPage } from "../../dashboard/settings-page.tsx";
import type { LatestOrder } from "../../dashboard/value-preview.tsx";
import type { loader as latestOrderValues } from "../app.latest-order-values.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { answerSettingsForm } from "./answer-settings-form.server.ts";
import { mappingView } from "./mapping-view.ts";

export const meta: MetaFunction = () => [{ title: "Settings · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await signedInShop(request, context);
  const { profile, publish } = await context.admin.setup(shop);
  return { profile, publish, mapping: mappingView(profile.settings) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const sender = await signedInShop(request, context);
  return answerSettingsForm(await request.formData(), sender, context.admin);
}

export default function Settings() {
  const outcome = useActionData<typeof action>() ?? null;
  const submit = useSubmit();
  const intent = useNavigation().formData?.get("intent");
  useEffect(() => {
    if (outcome === null) return;
    const { message, isError } = toastFor(outcome);
    showToast(message, isError);
  }, [outcome]);
  const latestOrder = useLatestOrder();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  const busy = typeof intent === "string" ? intent : null;
  return (
    <SettingsPage
      {...useLoaderData<typeof loader>()}
      outcome={outcome}
      latestOrder={latestOrder}
      busy={busy}
      onSubmit={send}
    />
  );
}

/** The shop's last order, asked for once the page stands. */
function useLatestOrder(): LatestOrder | null {
  const { load, data } = useFetcher<typeof latestOrderValues>();
  useEffect(() => load("/app/latest-order-values"), [load]);
  return data?.latest ?? null;
}
