import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import type { FormEvent } from "react";
import type { PageHandle } from "../../components/page-title.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { LeadsPage } from "./leads-page.tsx";
import { readLeadQuery } from "./read-lead-query.ts";

export const handle = { title: "frame.page.leads" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { filter, query } = readLeadQuery(new URL(request.url).searchParams);
  return { ...(await admin.leads(shop, query)), filter, isOlderPage: query.cursor !== undefined };
}

export default function Leads() {
  const submit = useSubmit();
  const busy = useNavigation().location?.pathname === "/app/leads";
  const filter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget);
  };
  return <LeadsPage {...useLoaderData<typeof loader>()} busy={busy} onSubmit={filter} />;
}
