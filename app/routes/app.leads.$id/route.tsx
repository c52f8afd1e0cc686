import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigate, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { answerLeadForm } from "./answer-lead-form.ts";
import { LeadMissingPage, LeadPage } from "./lead-page.tsx";

export const handle = { title: "frame.page.lead" } as const satisfies PageHandle;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, admin, permissions } = await signedInShop(request, context);
  const view = await admin.lead(shop, params["id"] ?? "");
  const may = {
    seesPeople: permissions.includes("see-customers"),
    mayChange: permissions.includes("change-settings"),
  };
  return { view, ...may, moveKey: randomUUID() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const sender = await signedInShop(request, context);
  const outcome = await answerLeadForm(await fieldsOfForm(request), sender);
  return data(outcome, { status: outcome === null ? 404 : 200 });
}

export default function Lead() {
  const { text } = useWords();
  const submit = useSubmit();
  const navigate = useNavigate();
  const intent = useNavigation().formData?.get("intent");
  const outcome = useActionData<typeof action>() ?? null;
  const { view, ...may } = useLoaderData<typeof loader>();
  const isDeleted = outcome?.kind === "deleted";
  useEffect(() => {
    if (!isDeleted) return;
    showToast(text("leadPage.deleted"));
    void navigate("/app/leads", { replace: true });
  }, [isDeleted, navigate, text]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  if (view === null) return <LeadMissingPage />;
  return (
    <LeadPage {...view} {...may} outcome={outcome} busy={typeof intent === "string" ? intent : null} onSubmit={send} />
  );
}
