import { differences } from "../../access/differences.ts";
import { FactList } from "../../components/fact-list.tsx";
import { useWords } from "../../components/words-context.ts";
import type { ShopProfile } from "../../settings/types.ts";
import { stateWording } from "../../wording/state-wording.ts";
import { limitsIn } from "./pixel-limits.tsx";

/** The settings for people who may not change them: what is chosen, and no form. */
export function SettingsSummary({ profile: { pixels, settings } }: { readonly profile: ShopProfile }) {
  const words = useWords();
  const { shop: _shop, version, ...choices } = settings;
  return (
    <s-page heading={words.text("frame.page.settings")}>
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
      <s-section heading={words.text("settings.version", { version })}>
        <FactList facts={differences(null, choices).map(({ field, to }) => ({ term: field, value: to }))} />
      </s-section>
    </s-page>
  );
}
