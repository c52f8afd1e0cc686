import { NothingHere } from "../../components/nothing-here.tsx";

/** Shown for a URL without a matching event of this shop. */
export function EventMissingPage() {
  return (
    <s-page heading="Event">
      <s-link slot="breadcrumb-actions" href="/app/events">
        Events
      </s-link>
      <s-section>
        <NothingHere
          heading="There is no such event"
          text="It may have been deleted after its retention time, or at the customer’s request."
          link={{ label: "Show all events", url: "/app/events" }}
        />
      </s-section>
    </s-page>
  );
}
