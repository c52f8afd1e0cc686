import { NothingHere } from "../../components/nothing-here.tsx";
import { useWords } from "../../components/words-context.ts";

/** Shown for an order that this shop's ledger does not have. */
export function OrderMissingPage({ order }: { readonly order: string }) {
  const { text } = useWords();
  return (
    <s-page heading={text("orderPage.heading", { order })}>
      <s-link slot="breadcrumb-actions" href="/app/events">
        {text("eventPage.events")}
      </s-link>
      <s-section>
        <NothingHere
          heading={text("orderPage.missing.heading")}
          text={text("orderPage.missing.text")}
          link={{ label: text("orderPage.missing.link"), url: "/app/events" }}
        />
      </s-section>
    </s-page>
  );
}
