import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { HomePage } from "./home-page.tsx";
import { isBeingPublished, isPixelAwaited } from "../../components/publish-progress.ts";
import { useEmbedState } from "./use-embed-state.ts";
import { useRevalidateWhile } from "../../components/use-revalidate-while.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";

export const meta: MetaFunction = () => [{ title: "Home · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  return { ...(await admin.setup(shop)), apiKey: context.apiKey };
}

export default function Home() {
  const view = useLoaderData<typeof loader>();
  useRevalidateWhile(isBeingPublished(view) || isPixelAwaited(view));
  return <HomePage {...view} embed={useEmbedState()} />;
}
