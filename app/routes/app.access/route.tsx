import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { isRole } from "../../access/roles.ts";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { AccessPage } from "./access-page.tsx";
import { IS_ERROR } from "./role-outcome.ts";

export const handle = { title: "frame.page.access" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, userId, role, permissions, admin } = await signedInShop(request, context);
  const [staff, changes, seen] = await Promise.all([
    admin.staff(shop),
    admin.changes(shop),
    permissions.includes("see-access") ? admin.accessRecords(shop) : null,
  ]);
  const subjects = [...changes, ...(seen ?? [])].flatMap(({ subject }) => subject ?? []);
  return { userId, role, permissions, staff, changes, seen, facts: await admin.subjectFacts(shop, subjects) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { intent, userId = "", role } = await fieldsOfForm(request);
  if (intent !== "set-role" || !isRole(role)) throw new Response("Unknown form", { status: 400 });
  const outcome = await admin.setRole(shop, userId, role);
  return data({ outcome }, { status: outcome === "no-such-person" ? 404 : 200 });
}

export default function Access() {
  const words = useWords();
  const submit = useSubmit();
  const busy = useNavigation().formData?.get("userId");
  const answer = useActionData<typeof action>();
  useEffect(() => {
    if (answer === undefined) return;
    showToast(words.text(`access.roles.${answer.outcome}`), IS_ERROR[answer.outcome]);
  }, [answer, words]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  return (
    <AccessPage {...useLoaderData<typeof loader>()} busy={typeof busy === "string" ? busy : null} onSubmit={send} />
  );
}
