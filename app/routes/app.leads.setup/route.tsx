import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { answerSetupForm } from "./answer-setup-form.ts";
import { STATUSES } from "./setup-outcome.ts";
import { SetupPage } from "./setup-page.tsx";

export const handle = { title: "frame.page.lead-setup" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin, permissions } = await signedInShop(request, context);
  return { ...(await admin.leadSetup(shop)), mayChange: permissions.includes("change-settings") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const sender = await signedInShop(request, context);
  const outcome = await answerSetupForm(await fieldsOfForm(request), sender);
  return data(outcome, { status: STATUSES[outcome.kind] ?? 200 });
}

const TOASTS = {
  "stages-saved": "leadSetup.saved",
  "hook-mapped": "leadSetup.hooks.mapped",
  revoked: "leadSetup.revoked",
  gone: "leadSetup.gone",
} as const;

const isToast = (kind: string): kind is keyof typeof TOASTS => kind in TOASTS;

export default function LeadSetup() {
  const { text } = useWords();
  const submit = useSubmit();
  const intent = useNavigation().formData?.get("intent");
  const outcome = useActionData<typeof action>() ?? null;
  useEffect(() => {
    if (outcome !== null && isToast(outcome.kind)) showToast(text(TOASTS[outcome.kind]), outcome.kind === "gone");
  }, [outcome, text]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  return (
    <SetupPage
      {...useLoaderData<typeof loader>()}
      outcome={outcome}
      busy={typeof intent === "string" ? intent : null}
      onSubmit={send}
      onAct={(fields) => submit(fields, { method: "post", replace: true })}
    />
  );
}
