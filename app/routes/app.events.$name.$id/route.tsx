import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { EventDetailPage } from "./event-page.tsx";
import { eventForReading } from "./event-for-reading.ts";
import { EventMissingPage } from "./event-missing-page.tsx";
import { timeInQuery } from "../app.events._index/event-links.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";

export const handle = { title: "frame.page.event" } as const satisfies PageHandle;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { name: eventName = "", id: eventId = "" } = params;
  const eventTime = timeInQuery(new URL(request.url).searchParams);
  const event = await admin.event(shop, { eventName, eventId, eventTime });
  return { event: event && eventForReading(event) };
}

export default function EventDetail() {
  const { event } = useLoaderData<typeof loader>();
  return event ? <EventDetailPage event={event} /> : <EventMissingPage />;
}
