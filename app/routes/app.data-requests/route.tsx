import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useState } from "react";
import type { PageHandle } from "../../components/page-title.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { DataRequestsPage } from "./data-requests-page.tsx";
import { type DownloadProblem, downloadFile } from "./download-file.ts";

export const handle = { title: "frame.page.data-requests" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  return { mayDownload: permissions.includes("export"), requests: await admin.dataRequests(shop), now: new Date() };
}

export default function DataRequests() {
  const { revalidate } = useRevalidator();
  const [problem, setProblem] = useState<DownloadProblem | null>(null);
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
