import type { ReactNode } from "react";
import { permissionsOf } from "../../../app/access/roles.ts";
import type { SettingsForms } from "../../../app/components/settings/use-settings-page.ts";
import { type SettingsView, VersionedSettings } from "../../../app/components/settings/versioned-settings.tsx";
import type { CostState } from "../../../app/costs/types.ts";
import { PixelsPage, type PixelsProps } from "../../../app/routes/app.settings._index/pixels-page.tsx";
import type { PixelCheck } from "../../../app/routes/app.settings._index/use-pixel-check.ts";
import { AdvancedForm } from "../../../app/routes/app.settings.advanced/advanced-form.tsx";
import { ConsentForm } from "../../../app/routes/app.settings.consent/consent-form.tsx";
import { FormsForm } from "../../../app/routes/app.settings.forms/forms-form.tsx";
import { PurchaseForm } from "../../../app/routes/app.settings.purchase/purchase-form.tsx";
import type { LatestOrder } from "../../../app/routes/app.settings.purchase/value-preview.tsx";
import { mappingView } from "../../../app/routes/app.settings.storefront-events/mapping-view.ts";
import { StorefrontEventsForm } from "../../../app/routes/app.settings.storefront-events/storefront-events-form.tsx";
import { formsView } from "../../../app/settings/form-fields.ts";
import type { SettingsPageName } from "../../../app/settings/settings-pages.ts";
import { aProfile, NO_COSTS } from "./samples.ts";

export type Shown = SettingsView &
  PixelsProps["view"] &
  Pick<SettingsForms, "outcome"> & {
    readonly costs: CostState;
    readonly latestOrder: LatestOrder | null;
    readonly checking: string | null;
    readonly endOfForm: PixelCheck["endOfForm"];
  };

/** A page of the settings as its route renders it, for an owner of a shop with one pixel unless said otherwise. */
export function settingsPage(page: SettingsPageName, change: Partial<Shown> = {}): ReactNode {
  const shown = { ...AS_SAVED, profile: aProfile(), ...change };
  const { settings } = shown.profile;
  const forms = {
    outcome: shown.outcome,
    busy: null,
    seenVersion: settings.version,
    onSubmit: () => undefined,
    onStartOver: () => undefined,
  };
  const given = { settings, forms };
  const { checking, endOfForm } = shown;
  const check = { checking, endOfForm, isOfForm: false, isLost: false, start: () => undefined };
  if (page === "pixels") return <PixelsPage view={shown} forms={forms} check={check} unsaved={[]} />;
  const FORMS = {
    purchase: <PurchaseForm {...given} latestOrder={shown.latestOrder} />,
    "storefront-events": <StorefrontEventsForm {...given} mapping={mappingView(settings)} />,
    consent: <ConsentForm {...given} />,
    forms: <FormsForm view={formsView(settings)} forms={forms} />,
    advanced: <AdvancedForm {...given} costs={shown.costs} />,
  };
  return (
    <VersionedSettings page={page} view={shown}>
      {FORMS[page]}
    </VersionedSettings>
  );
}

const AS_SAVED = {
  permissions: permissionsOf("owner"),
  publish: { publishedVersion: 4, problem: null },
  costs: NO_COSTS,
  unconfirmedPixels: [],
  pixelsBeingChecked: [],
  outcome: null,
  latestOrder: null,
  checking: null,
  endOfForm: null,
} as const;
