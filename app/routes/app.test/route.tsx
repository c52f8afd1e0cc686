import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { CLIENT_ADDRESS } from "../../server/client-address.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { TestPage } from "./test-page.tsx";
import { useTestStream } from "./use-test-stream.ts";

export const handle = { title: "frame.page.test" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  return { ...(await admin.tests(shop)), mayTest: permissions.includes("change-settings") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { intent, key = "", destinationId = "" } = await fieldsOfForm(request);
  if (intent === "remove-test-code") {
    const removed = await admin.removeTestCode(shop, destinationId);
    return data({ outcome: removed === "changed" ? ("code-removed" as const) : ("code-gone" as const) });
  }
  if (intent !== "send-test-purchase") throw new Response("Unknown form", { status: 400 });
  const { headers } = request;
  const wish = { key, ip: headers.get(CLIENT_ADDRESS), userAgent: headers.get("user-agent") };
  return data({ outcome: await admin.sendTestPurchase(shop, wish) });
}

export default function Test() {
  const words = useWords();
  const submit = useSubmit();
  const view = useLoaderData<typeof loader>();
  const busy = useNavigation().formData?.get("intent");
  const answer = useActionData<typeof action>();
  useEffect(() => {
    if (answer === undefined) return;
    const isDone = answer.outcome === "sent" || answer.outcome === "code-removed";
    showToast(words.text(`testing.done.${answer.outcome}`), !isDone);
  }, [answer, words]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  const live = useTestStream(view.events);
  return <TestPage {...view} live={live} busy={typeof busy === "string" ? busy : null} onSubmit={send} />;
}
