import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import type { FormEvent } from "react";
import { type DryRunOutcome, DryRunPage } from "./dry-run-page.tsx";
import { dryRunForReading } from "./dry-run-for-reading.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";

export const handle = { title: "frame.page.dry-run" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  const { profile } = await admin.setup(shop);
  return { mayRun: permissions.includes("see-customers"), basis: profile.settings.valueBasis };
}

export async function action({ request, context }: ActionFunctionArgs): Promise<DryRunOutcome> {
  const { shop, admin } = await signedInShop(request, context);
  const { from = "", json = "", number = "", answer: browser = "" } = await fieldsOfForm(request);
  const input = { from, json, number, answer: browser };
  const answer = await admin.dryRun(shop, input);
  return answer.kind === "done" ? { kind: "done", result: dryRunForReading(answer.result) } : answer;
}

export default function DryRun() {
  const submit = useSubmit();
  const busy = useNavigation().formData !== undefined;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  const outcome = useActionData<typeof action>() ?? null;
  return <DryRunPage {...useLoaderData<typeof loader>()} outcome={outcome} busy={busy} onSubmit={send} />;
}
