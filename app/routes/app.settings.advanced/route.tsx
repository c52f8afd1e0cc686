import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { type ClientActionFunctionArgs, useLoaderData } from "@remix-run/react";
import { answeredOrLost } from "../../components/lost-save.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { SaveBar } from "../../components/save-bar.tsx";
import { useSettingsPage } from "../../components/settings/use-settings-page.ts";
import { VersionedSettings } from "../../components/settings/versioned-settings.tsx";
import { answerSettings, settingsView } from "../app/settings-pages.server.ts";
import { AdvancedForm } from "./advanced-form.tsx";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.settings-advanced" } as const satisfies PageHandle;

export const loader = (args: LoaderFunctionArgs) => settingsView(args);

export const action = (args: ActionFunctionArgs) => answerSettings(args);
export const clientAction = (args: ClientActionFunctionArgs) => answeredOrLost(args);

export default function Advanced() {
  const { view, forms, unsaved } = useSettingsPage(useLoaderData<typeof loader>());
  return (
    <>
      <VersionedSettings page="advanced" view={view}>
        <AdvancedForm settings={view.profile.settings} costs={view.costs} forms={forms} />
      </VersionedSettings>
      <SaveBar forms={unsaved} isBusy={forms.busy !== null} />
    </>
  );
}
