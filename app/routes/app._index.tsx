import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { HomePage } from "../dashboard/home-page.tsx";
import { useEmbedState } from "../dashboard/use-embed-state.ts";
import { signedInShop } from "./app/signed-in-shop.server.ts";

export const meta: MetaFunction = () => [{ title: "Home · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await signedInShop(request, context);
  return { ...(await context.admin.setup(shop)), apiKey: context.apiKey };
}

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} embed={useEmbedState()} />;
}
