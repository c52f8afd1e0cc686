import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { type ClientActionFunctionArgs, useLoaderData } from "@remix-run/react";
import { answeredOrLost } from "../../components/lost-save.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { SaveBar } from "../../components/save-bar.tsx";
import { useSettingsPage } from "../../components/settings/use-settings-page.ts";
import { answerSettings, settingsView } from "../app/settings-pages.server.ts";
import { useRevalidateWhile } from "../../components/use-revalidate-while.ts";
import { PixelsPage } from "./pixels-page.tsx";
import { usePixelCheck } from "./use-pixel-check.ts";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.settings-pixels" } as const satisfies PageHandle;

export const loader = (args: LoaderFunctionArgs) => settingsView(args);
export const action = (args: ActionFunctionArgs) => answerSettings(args);
export const clientAction = (args: ClientActionFunctionArgs) => answeredOrLost(args);

export default function Pixels() {
  const newest = useLoaderData<typeof loader>();
  const { view, forms, unsaved } = useSettingsPage(newest);
  const check = usePixelCheck(forms.outcome);
  // The page that asked follows its own question.
  useRevalidateWhile(check.checking === null && !check.isLost && newest.pixelsBeingChecked.length > 0);
  return (
    <>
      <PixelsPage
        view={{ ...view, pixelsBeingChecked: newest.pixelsBeingChecked }}
        forms={forms}
        check={check}
        unsaved={unsaved}
      />
      <SaveBar forms={unsaved} isBusy={forms.busy !== null} />
    </>
  );
}
