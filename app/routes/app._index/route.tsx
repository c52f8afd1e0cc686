import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { isBeingPublished, isPixelAwaited } from "../../components/publish-progress.ts";
import { useRevalidateWhile } from "../../components/use-revalidate-while.ts";
import { daysBefore } from "../../ledger/days.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { HomePage } from "./home-page.tsx";
import { ACCOUNTED_DAYS, orderAccount } from "./order-account.ts";
import { useEmbedState } from "./use-embed-state.ts";

export const handle = { title: "frame.page.home" } satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { figures, isCounted, now, today, ...view } = await admin.home(shop, ACCOUNTED_DAYS);
  const account = orderAccount({ ...view, figures, isCounted, now, from: daysBefore(today, ACCOUNTED_DAYS - 1) });
  return { ...view, account, apiKey: context.apiKey };
}

export default function Home() {
  const view = useLoaderData<typeof loader>();
  useRevalidateWhile(isBeingPublished(view) || isPixelAwaited(view));
  return <HomePage {...view} embed={useEmbedState()} />;
}
