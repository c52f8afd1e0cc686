import { NothingHere } from "../../components/nothing-here.tsx";
import { useWords } from "../../components/words-context.ts";

/** Shown for a URL without a matching event of this shop. */
export function EventMissingPage() {
  const { text } = useWords();
  return (
    <s-page heading={text("eventPage.event")}>
      <s-link slot="breadcrumb-actions" href="/app/events">
        {text("eventPage.events")}
      </s-link>
      <s-section>
        <NothingHere
          heading={text("eventPage.missing.heading")}
          text={text("eventPage.missing.text")}
          link={{ label: text("eventPage.missing.link"), url: "/app/events" }}
        />
      </s-section>
    </s-page>
  );
}
