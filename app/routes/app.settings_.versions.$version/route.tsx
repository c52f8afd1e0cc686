import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useEffect } from "react";
import { showToast } from "../../components/app-bridge.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { useWords } from "../../components/words-context.ts";
import { settingDifferences } from "../../settings/setting-differences.ts";
import { fieldsOfForm } from "../app/fields-of-form.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { VersionMissingPage } from "./version-missing-page.tsx";
import { wentBackIn } from "./went-back.ts";
import { VersionPage } from "./version-page.tsx";

export const handle = { title: "frame.page.version" } as const satisfies PageHandle;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  const sought = params["version"] ?? "";
  const [version, newest] = await Promise.all([
    admin.settingsVersion(shop, Number(sought)),
    admin.settingsVersions(shop, null),
  ]);
  const inForce = newest.versions[0]?.version ?? 0;
  const current = version && (await admin.settingsVersion(shop, inForce));
  if (version === null || current === null) return data({ sought, shown: null }, { status: 404 });
  const { settings, ...saved } = version;
  const goingBack = settingDifferences(current.settings, settings);
  const shown = {
    version: saved,
    inForce,
    goingBack,
    rehearsal: goingBack.length === 0 ? null : await admin.rehearseGoingBack(shop, saved.version),
    mayGoBack: permissions.includes("change-settings"),
  };
  return data({ sought, shown });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const { intent, seenVersion } = await fieldsOfForm(request);
  if (intent !== "go-back") throw new Response("Unknown form", { status: 400 });
  const seen = Number(seenVersion);
  const answer = await admin.goBackTo(shop, Number(params["version"]), Number.isInteger(seen) && seen > 0 ? seen : 1);
  if (answer === "no-such-version") throw new Response("No such version", { status: 404 });
  return data(answer, { status: answer.kind === "superseded" ? 409 : 200 });
}

export default function Version() {
  const words = useWords();
  const submit = useSubmit();
  const { sought, shown } = useLoaderData<typeof loader>();
  const busy = useNavigation().formData !== undefined;
  const answer = useActionData<typeof action>();
  useEffect(() => {
    if (answer === undefined) return;
    const { message, isError } = wentBackIn(words, answer);
    showToast(message, isError);
  }, [answer, words]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, { replace: true });
  };
  return shown === null ? (
    <VersionMissingPage version={sought} />
  ) : (
    <VersionPage {...shown} busy={busy} onSubmit={send} />
  );
}
