import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useState } from "react";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { DataRequestsPage } from "./data-requests-page.tsx";
import { downloadFile } from "./download-file.ts";

export const meta: MetaFunction = () => [{ title: "Data requests · Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  return { mayDownload: permissions.includes("export"), requests: await admin.dataRequests(shop), now: new Date() };
}

export default function DataRequests() {
  const { revalidate } = useRevalidator();
  const [problem, setProblem] = useState<string | null>(null);
  const download = async (requestId: string): Promise<void> => {
    setProblem(await downloadFile(requestId));
    revalidate();
  };
  return (
    <DataRequestsPage
      {...useLoaderData<typeof loader>()}
      problem={problem}
      onDownload={(requestId) => void download(requestId)}
    />
  );
}
