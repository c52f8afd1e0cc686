import { useEffect, useRef, useState } from "react";
import { FactList } from "../../components/fact-list.tsx";
import { PublishNote } from "../../components/settings/publish-note.tsx";
import { SettingsFrame } from "../../components/settings/settings-frame.tsx";
import { problemsOf, troubleOf } from "../../components/settings/settings-outcome.ts";
import type { SettingsForms } from "../../components/settings/use-settings-page.ts";
import type { SettingsView } from "../../components/settings/versioned-settings.tsx";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, Pixel } from "../../settings/types.ts";
import { stateWording } from "../../wording/state-wording.ts";
import type { PixelCheckEnd } from "../app.pixel-check.tsx";
import { PixelForm } from "./pixel-form.tsx";
import { limitsIn } from "./pixel-limits.tsx";
import { PixelList } from "./pixel-list.tsx";
import type { PixelCheck } from "./use-pixel-check.ts";

export type PixelsProps = {
  /** Both lists name pixels by Meta's numbers. */
  readonly view: SettingsView & {
    readonly unconfirmedPixels: readonly string[];
    readonly pixelsBeingChecked: readonly string[];
  };
  readonly forms: SettingsForms;
  readonly check: PixelCheck;
  readonly unsaved: readonly HTMLFormElement[];
};

/** The shop's pixels. Their tokens are write-only. */
export function PixelsPage(props: PixelsProps) {
  const { permissions, profile, publish } = props.view;
  return (
    <SettingsFrame page="pixels">
      {permissions.includes("change-settings") ? <PixelForms {...props} /> : <PixelFacts pixels={profile.pixels} />}
      <PublishNote version={profile.settings.version} publish={publish} />
    </SettingsFrame>
  );
}

function PixelForms({ view, forms, check, unsaved }: PixelsProps) {
  const words = useWords();
  const { permissions, profile, unconfirmedPixels, pixelsBeingChecked } = view;
  const { outcome, busy, onSubmit } = forms;
  const [replacing, setReplacing] = useState<Pixel | null>(null);
  const [formNumber, setFormNumber] = useState(0);
  const startAfresh = (pixel: Pixel | null) => {
    setReplacing(pixel);
    setFormNumber((number) => number + 1);
  };
  const { endOfForm } = check;
  const past = useRef<PixelCheckEnd | null>(null);
  // Removes the token from the page, unless Meta refuses it or something else is being typed over it.
  useEffect(() => {
    if (endOfForm === past.current || !isKept(endOfForm) || unsaved.some(isPixelForm)) return;
    past.current = endOfForm;
    startAfresh(null);
  }, [endOfForm, unsaved]);
  return (
    <>
      <s-paragraph>{words.text("pixels.about")}</s-paragraph>
      {profile.pixels.length > 0 && (
        <PixelList
          pixels={profile.pixels}
          unconfirmed={unconfirmedPixels}
          beingChecked={pixelsBeingChecked}
          check={check}
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
        settings={profile.settings}
        pixels={profile.pixels}
        replacing={replacing}
        problems={endOfForm === null ? problemsOf(outcome, "pixel-invalid") : problemsOfEnd(endOfForm)}
        trouble={troubleOf(outcome, "connect-pixel")}
        busy={busy === "connect-pixel" || check.isOfForm}
        onSubmit={onSubmit}
      />
    </>
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

/** What Meta refuses of what the form sent. */
const problemsOfEnd = (end: PixelCheckEnd): readonly FieldProblem[] => ("problems" in end ? end.problems : NO_PROBLEMS);

const isKept = (end: PixelCheckEnd | null): boolean => end?.kind === "checked" && end.answer !== "refused";

const isPixelForm = (form: HTMLFormElement): boolean => new FormData(form).get("intent") === "connect-pixel";

/** The pixels for people who may not change them. */
function PixelFacts({ pixels }: { readonly pixels: readonly Pixel[] }) {
  const words = useWords();
  return (
    <>
      <s-paragraph>{words.text("settings.read-only")}</s-paragraph>
      <s-section heading={words.text("pixels.connected")}>
        {pixels.length === 0 && <s-paragraph>{words.text("pixels.none")}</s-paragraph>}
        <FactList
          facts={pixels.map((pixel) => ({
            term: pixel.metaPixelId,
            value: [stateWording(words, "pixel", pixel.state).label, limitsIn(words, pixel)]
              .filter((part) => part !== null)
              .join(". "),
          }))}
        />
      </s-section>
    </>
  );
}
