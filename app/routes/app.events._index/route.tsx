import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import type { FormEvent } from "react";
import type { PageHandle } from "../../components/page-title.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { orderUrl } from "../../components/record-urls.ts";
import { EventsPage } from "./events-page.tsx";
import { onlyOrder, readEventQuery } from "./read-event-query.ts";

export const handle = { title: "frame.page.events" } as const satisfies PageHandle;

const NOTHING = { rows: [], nextCursor: null };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  const parameters = new URL(request.url).searchParams;
  const only = await onlyOrder(parameters, (text) => admin.findOrders(shop, text));
  if (only !== null) throw redirect(orderUrl(only));
  const { filter, query, isUnreadable } = readEventQuery(parameters);
  const [page, totals, pixels] = await Promise.all([
    isUnreadable ? NOTHING : admin.events(shop, query),
    isUnreadable ? null : admin.eventTotals(shop, query),
    admin.metaPixelIds(shop),
  ]);
  const isOlderPage = query.cursor !== undefined;
  return { page, totals, filter, isUnreadable, pixels, isOlderPage, mayExport: permissions.includes("export") };
}

export default function Events() {
  const submit = useSubmit();
  const busy = useNavigation().location?.pathname === "/app/events";
  const filter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget);
  };
  return <EventsPage {...useLoaderData<typeof loader>()} busy={busy} onSubmit={filter} />;
}
