import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import type { FormEvent } from "react";
import { EventsPage } from "./events-page.tsx";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { readEventQuery } from "./read-event-query.ts";

export const meta: MetaFunction = () => [{ title: "Events · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
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
