import { useWords } from "../words-context.ts";
import { actorIn } from "../../wording/access-words.ts";
import { choiceIn, settingIn } from "../../wording/settings-words.ts";
import type { SaveTrouble } from "./settings-outcome.ts";

/** Why a save came to nothing, in the form, which keeps what was typed. */
export function NotSaved({ trouble }: { readonly trouble: SaveTrouble | null }) {
  const words = useWords();
  if (trouble === null) return null;
  if (trouble.kind === "superseded") return <Superseded trouble={trouble} />;
  return (
    <s-banner tone="critical" heading={words.text("frame.not-saved")}>
      <s-paragraph>{words.text("settings.lost")}</s-paragraph>
    </s-banner>
  );
}

type SupersededProps = { readonly trouble: Extract<SaveTrouble, { kind: "superseded" }> };

/** Both choices of each setting that would be undone, and the question which of them to keep. */
function Superseded({ trouble: { version, savedBy, savedAt, clashes } }: SupersededProps) {
  const words = useWords();
  const by = actorIn(words, savedBy);
  return (
    <s-banner tone="warning" heading={words.text("settings.superseded", { version })}>
      <s-paragraph>{words.text("settings.superseded.by", { by, at: savedAt })}</s-paragraph>
      <s-table>
        <s-table-header-row>
          <s-table-header listSlot="primary">{words.text("settings.superseded.setting")}</s-table-header>
          <s-table-header>{words.text("settings.superseded.theirs", { version })}</s-table-header>
          <s-table-header>{words.text("settings.superseded.mine")}</s-table-header>
        </s-table-header-row>
        <s-table-body>
          {clashes.map(({ field, theirs, mine }) => (
            <s-table-row key={field}>
              <s-table-cell>{settingIn(words, field)}</s-table-cell>
              <s-table-cell>{choiceIn(words, field, theirs)}</s-table-cell>
              <s-table-cell>{choiceIn(words, field, mine)}</s-table-cell>
            </s-table-row>
          ))}
        </s-table-body>
      </s-table>
      <s-button slot="secondary-actions" onClick={(event) => saveOver(event.currentTarget, version)}>
        {words.text("settings.superseded.keep-mine")}
      </s-button>
      <s-button slot="secondary-actions" onClick={(event) => event.currentTarget.closest("form")?.reset()}>
        {words.text("settings.superseded.take-theirs")}
      </s-button>
    </s-banner>
  );
}

/** Sends the form as one whose author has now seen the newest version. */
function saveOver(button: Element, version: number): void {
  const form = button.closest("form");
  const seen = form?.elements.namedItem("seenVersion");
  if (seen instanceof HTMLInputElement) seen.value = String(version);
  form?.requestSubmit();
}
