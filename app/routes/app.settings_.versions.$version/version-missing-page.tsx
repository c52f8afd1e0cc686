import { NothingHere } from "../../components/nothing-here.tsx";
import { useWords } from "../../components/words-context.ts";

/** For a number that no version of this shop's settings has. */
export function VersionMissingPage({ version }: { readonly version: string }) {
  const { text } = useWords();
  return (
    <s-page heading={text("frame.page.version")} inlineSize="small">
      <s-link slot="breadcrumb-actions" href="/app/settings/versions">
        {text("frame.page.versions")}
      </s-link>
      <s-section>
        <NothingHere
          heading={text("versions.missing.heading")}
          text={text("versions.missing.text", { version })}
          link={{ label: text("versions.all"), url: "/app/settings/versions" }}
        />
      </s-section>
    </s-page>
  );
}
