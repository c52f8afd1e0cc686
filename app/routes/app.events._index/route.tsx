import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import type { FormEvent } from "react";
import type { PageHandle } from "../../components/page-title.ts";
import { orderUrl } from "./event-links.ts";
import { EventsPage } from "./events-page.tsx";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { onlyOrder, readEventQuery } from "./read-event-query.ts";

export const handle = { title: "frame.page.events" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const only = await onlyOrder(new URL(request.url).searchParams, (text) => admin.findOrders(shop, text));
  if (only !== null) throw redirect(orderUrl(only));
  const eventQuery = readEventQuery(new URL(request.url).searchParams);
  const page =
    eventQuery.problem === null ? await admin.events(shop, eventQuery.query) : { rows: [], nextCursor: null };
  return {
    page,
    filter: eventQuery.filter,
    filterProblem: eventQuery.problem,
    isOlderPage: eventQuery.query.cursor !== undefined,
  };
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
