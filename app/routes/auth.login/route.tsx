import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { LoginPage } from "./login-page.tsx";

export const handle = { title: "frame.page.sign-in" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  // With a shop in the URL the library redirects to its admin; otherwise it reports that the shop is missing.
  if (new URL(request.url).searchParams.has("shop")) await context.shopify.login(request);
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  // The library reads the form too, and throws an error if there is none.
  await fieldsOfForm(request.clone());
  const problem = await context.shopify.login(request);
  return problem.shop === undefined ? redirect("/") : { invalid: true };
}

export default function Login() {
  return <LoginPage invalid={useActionData<typeof action>()?.invalid ?? false} />;
}
