import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { type ClientActionFunctionArgs, useLoaderData } from "@remix-run/react";
import { answeredOrLost } from "../../components/lost-save.ts";
import type { PageHandle } from "../../components/page-title.ts";
import { SaveBar } from "../../components/save-bar.tsx";
import { useSettingsPage } from "../../components/settings/use-settings-page.ts";
import { VersionedSettings } from "../../components/settings/versioned-settings.tsx";
import { answerSettings, settingsView } from "../app/settings-pages.server.ts";
import { mappingView } from "./mapping-view.ts";
import { StorefrontEventsForm } from "./storefront-events-form.tsx";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";
export const handle = { title: "frame.page.settings-storefront-events" } as const satisfies PageHandle;

export async function loader(args: LoaderFunctionArgs) {
  const view = await settingsView(args);
  return { ...view, mapping: mappingView(view.profile.settings) };
}

export const action = (args: ActionFunctionArgs) => answerSettings(args);
export const clientAction = (args: ClientActionFunctionArgs) => answeredOrLost(args);

export default function StorefrontEvents() {
  const { view, forms, unsaved } = useSettingsPage(useLoaderData<typeof loader>());
  return (
    <>
      <VersionedSettings page="storefront-events" view={view}>
        <StorefrontEventsForm settings={view.profile.settings} mapping={view.mapping} forms={forms} />
      </VersionedSettings>
      <SaveBar forms={unsaved} isBusy={forms.busy !== null} />
    </>
  );
}
