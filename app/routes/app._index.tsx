import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { HomePage } from "../dashboard/home-page.tsx";
import { isBeingPublished, isPixelAwaited } from "../dashboard/publish-progress.ts";
import { useEmbedState } from "../dashboard/use-embed-state.ts";
import { useRevalidateWhile } from "../dashboard/use-revalidate-while.ts";
import { signedInShop } from "./app/signed-in-shop.server.ts";

export const meta: MetaFunction = () => [{ title: "Home · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await signedInShop(request, context);
  return { ...(await context.admin.setup(shop)), apiKey: context.apiKey };
}

export default function Home() {
  const view = useLoaderData<typeof loader>();
  useRevalidateWhile(isBeingPublished(view) || isPixelAwaited(view));
  return <HomePage {...view} embed={useEmbedState()} />;
}
