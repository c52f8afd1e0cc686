import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { isRole } from "../../access/roles.ts";
import { showToast } from "../../components/app-bridge.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { AccessPage } from "./access-page.tsx";
import { ROLE_OUTCOMES } from "./role-outcome.ts";

export const meta: MetaFunction = () => [{ title: "Access · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, userId, role, permissions, admin } = await signedInShop(request, context);
  const [staff, changes, seen] = await Promise.all([
    admin.staff(shop),
    admin.changes(shop),
    permissions.includes("see-access") ? admin.accessRecords(shop) : null,
  ]);
  return { userId, role, permissions, staff, changes, seen };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { intent, userId = "", role } = await fieldsOfForm(request);
  if (intent !== "set-role" || !isRole(role)) throw new Response("Unknown form", { status: 400 });
  const outcome = await admin.setRole(shop, userId, role);
  return data({ outcome }, { status: outcome === "no-such-person" ? 404 : 200 });
}

export default function Access() {
  const submit = useSubmit();
  const busy = useNavigation().formData?.get("userId");
  const answer = useActionData<typeof action>();
  useEffect(() => {
    if (answer === undefined) return;
    const { message, isError } = ROLE_OUTCOMES[answer.outcome];
    showToast(message, isError);
  }, [answer]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  return (
    <AccessPage {...useLoaderData<typeof loader>()} busy={typeof busy === "string" ? busy : null} onSubmit={send} />
  );
}
