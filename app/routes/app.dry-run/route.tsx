import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type FormEvent, useCallback, useRef } from "react";
import { type Fetcher, useFollowed } from "../../components/use-followed.ts";
import type { Followed } from "../../server/followed-work.server.ts";
import { type DryRunOutcome, DryRunPage } from "./dry-run-page.tsx";
import { dryRunForReading } from "./dry-run-for-reading.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.dry-run" } as const satisfies PageHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  const { profile } = await admin.setup(shop);
  return { mayRun: permissions.includes("see-customers"), basis: profile.settings.valueBasis };
}

/** The page posts the same form until the answer is there; no request waits for Shopify. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Followed<DryRunOutcome>> {
  const { shop, admin } = await signedInShop(request, context);
  const { from = "", json = "", number = "", answer: browser = "" } = await fieldsOfForm(request);
  const input = { from, json, number, answer: browser };
  const work = await admin.dryRun(shop, input);
  if (work.state === "running") return work;
  const { result } = work;
  return {
    state: "done",
    result: result.kind === "done" ? { kind: "done", result: dryRunForReading(result.result) } : result,
  };
}

export default function DryRun() {
  const sent = useRef<FormData | null>(null);
  const ask = useCallback(
    ({ submit }: Fetcher) => submit(sent.current, { method: "post", action: "/app/dry-run" }),
    [],
  );
  const { isRunning, result = null, start } = useFollowed<DryRunOutcome>(ask);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sent.current = new FormData(event.currentTarget);
    start();
  };
  return <DryRunPage {...useLoaderData<typeof loader>()} outcome={result} busy={isRunning} onSubmit={send} />;
}
