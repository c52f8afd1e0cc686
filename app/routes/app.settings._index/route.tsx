import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { type ClientActionFunctionArgs, useLoaderData } from "@remix-run/react";
import { answeredOrLost } from "../../components/lost-save.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { SaveBar } from "../../components/save-bar.tsx";
import { useSettingsPage } from "../../components/settings/use-settings-page.ts";
import { answerSettings, settingsView } from "../app/settings-pages.server.ts";
import { PixelsPage } from "./pixels-page.tsx";
import { usePixelCheck } from "./use-pixel-check.ts";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.settings-pixels" } as const satisfies PageHandle;

export const loader = (args: LoaderFunctionArgs) => settingsView(args);
export const action = (args: ActionFunctionArgs) => answerSettings(args);
export const clientAction = (args: ClientActionFunctionArgs) => answeredOrLost(args);

export default function Pixels() {
  const { view, forms, unsaved } = useSettingsPage(useLoaderData<typeof loader>());
  const check = usePixelCheck();
  return (
    <>
      <PixelsPage view={view} forms={forms} check={check} />
      <SaveBar forms={unsaved} isBusy={forms.busy !== null} />
    </>
  );
}
