import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { VersionsPage } from "./versions-page.tsx";

export const handle = { title: "frame.page.versions" } as const satisfies PageHandle;

const NUMBER = /^\d{1,9}$/;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const below = new URL(request.url).searchParams.get("below");
  const cursor = below !== null && NUMBER.test(below) ? Number(below) : null;
  return { ...(await admin.settingsVersions(shop, cursor)), isNewestPage: cursor === null };
}

export default function Versions() {
  return <VersionsPage {...useLoaderData<typeof loader>()} />;
}
