import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { type ClientActionFunctionArgs, useLoaderData } from "@remix-run/react";
import { answeredOrLost } from "../../components/lost-save.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { SaveBar } from "../../components/save-bar.tsx";
import { useSettingsPage } from "../../components/settings/use-settings-page.ts";
import { VersionedSettings } from "../../components/settings/versioned-settings.tsx";
import { answerSettings, settingsView } from "../app/settings-pages.server.ts";
import { formsView } from "../../settings/form-fields.ts";
import { FormsForm } from "./forms-form.tsx";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.settings-forms" } as const satisfies PageHandle;

export async function loader(args: LoaderFunctionArgs) {
  const view = await settingsView(args);
  return { ...view, forms: formsView(view.profile.settings) };
}

export const action = (args: ActionFunctionArgs) => answerSettings(args);
export const clientAction = (args: ClientActionFunctionArgs) => answeredOrLost(args);

export default function Forms() {
  const { view, forms, unsaved } = useSettingsPage(useLoaderData<typeof loader>());
  return (
    <>
      <VersionedSettings page="forms" view={view}>
        <FormsForm view={view.forms} forms={forms} />
      </VersionedSettings>
      <SaveBar forms={unsaved} isBusy={forms.busy !== null} />
    </>
  );
}
