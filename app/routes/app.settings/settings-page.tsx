import type { Permission } from "../../access/roles.ts";
import { type FormEventHandler, useEffect, useState } from "react";
import type { Pixel, Settings, ShopProfile, FieldProblem } from "../../settings/types.ts";
import { ConsentForm } from "./consent-form.tsx";
import { MeasurementForm } from "./measurement-form.tsx";
import { FormsForm, type FormsView } from "./forms-form.tsx";
import { MappingForm, type MappingView } from "./mapping-form.tsx";
import type { CostState } from "../../costs/types.ts";
import { OrdersForm } from "./orders-form.tsx";
import { PixelForm } from "./pixel-form.tsx";
import { PixelList } from "./pixel-list.tsx";
import { PublishNote } from "./publish-note.tsx";
import type { SavedForm, SaveTrouble, SettingsOutcome } from "./settings-outcome.ts";
import { useWords } from "../../components/words-context.ts";
import { SettingsSummary } from "./settings-summary.tsx";
import type { LatestOrder } from "./value-preview.tsx";

export type SettingsProps = {
  /** What the person who looks may do. */
  readonly permissions: readonly Permission[];
  readonly profile: ShopProfile;
  readonly mapping: MappingView;
  readonly forms: FormsView;
  readonly costs: CostState;
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
  readonly outcome: SettingsOutcome | null;
  /** Null until Shopify has answered, and if there is none. */
  readonly latestOrder: LatestOrder | null;
  /** The form being sent. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  readonly onStartOver: () => void;
};

/** Settings: pixels, the contents of events, which events are sent. Tokens are write-only. */
export function SettingsPage(props: SettingsProps) {
  return props.permissions.includes("change-settings") ? (
    <SettingsForms {...props} />
  ) : (
    <SettingsSummary profile={props.profile} />
  );
}

function SettingsForms(props: SettingsProps) {
  const words = useWords();
  const { profile, mapping, forms, costs, publish, outcome, latestOrder, busy, onSubmit, onStartOver } = props;
  const { settings } = profile;
  const form = (name: SavedForm) => ({
    problems: problemsOf(outcome, `${name}-invalid`),
    trouble: troubleOf(outcome, `save-${name}`),
    busy: busy === `save-${name}`,
    seenVersion: settings.version,
    onSubmit,
    onStartOver,
  });
  return (
    <s-page heading={words.text("frame.page.settings")}>
      <PixelSection {...props} />
      <MeasurementForm
        key={`${savedIn(MEASURED, settings)} ${settings.orders?.triggerTag ?? ""}`}
        settings={settings}
        latestOrder={latestOrder}
        {...form("settings")}
      />
      <PublishNote version={settings.version} publish={publish} />
      <OrdersForm key={savedIn(SAID_OF_ORDERS, settings)} settings={settings} costs={costs} {...form("orders")} />
      <ConsentForm key={savedIn(["noAnswer"], settings)} settings={settings} {...form("consent")} />
      <MappingForm key={JSON.stringify(mapping)} mapping={mapping} {...form("mapping")} />
      <FormsForm key={JSON.stringify(forms)} view={forms} {...form("forms")} />
    </s-page>
  );
}

const MEASURED = [
  "purchaseTrigger",
  "valueBasis",
  "contentId",
  "contentCountry",
  "storefrontMode",
  "contextWaitSeconds",
] as const;
const SAID_OF_ORDERS = ["giftCards", "orders"] as const;

/** Resets a form when the values it shows were saved, and only then, so that unsaved input in another form stays. */
const savedIn = (keys: readonly (keyof Settings)[], settings: Settings): string =>
  JSON.stringify(keys.map((key) => settings[key] ?? null));

const NO_PROBLEMS: readonly FieldProblem[] = [];

type Invalid = Extract<SettingsOutcome, { problems: unknown }>;

/** The problems of this form only; every form of the page gets the same outcome. */
const problemsOf = (outcome: SettingsOutcome | null, kind: Invalid["kind"]): readonly FieldProblem[] =>
  outcome !== null && "problems" in outcome && outcome.kind === kind ? outcome.problems : NO_PROBLEMS;

const troubleOf = (outcome: SettingsOutcome | null, intent: string): SaveTrouble | null =>
  outcome !== null && "intent" in outcome && outcome.intent === intent ? outcome : null;

function PixelSection({ permissions, profile, outcome, busy, onSubmit }: SettingsProps) {
  const words = useWords();
  const [replacing, setReplacing] = useState<Pixel | null>(null);
  const [formNumber, setFormNumber] = useState(0);
  const startAfresh = (pixel: Pixel | null) => {
    setReplacing(pixel);
    setFormNumber((number) => number + 1);
  };
  // Removes the token from the page once it is stored.
  useEffect(() => {
    if (outcome?.kind === "pixel-connected") startAfresh(null);
  }, [outcome]);
  return (
    <>
      <s-paragraph>{words.text("pixels.about")}</s-paragraph>
      {profile.pixels.length > 0 && (
        <PixelList
          pixels={profile.pixels}
          mayDisconnect={permissions.includes("disconnect-pixel")}
          refused={outcome?.kind === "filter-invalid" ? outcome : null}
          trouble={troubleOf(outcome, "filter-pixel")}
          busy={busy}
          onSubmit={onSubmit}
          onReplace={startAfresh}
        />
      )}
      <PixelForm
        key={formNumber}
        pixels={profile.pixels}
        replacing={replacing}
        problems={problemsOf(outcome, "pixel-invalid")}
        trouble={troubleOf(outcome, "connect-pixel")}
        busy={busy === "connect-pixel"}
        onSubmit={onSubmit}
      />
    </>
  );
}
