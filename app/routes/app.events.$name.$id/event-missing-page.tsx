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
          text="It may have been deleted at the customer’s request, or after its time. What a visitor viewed, searched for or put into the cart is kept event by event for 14 days, unless whoever runs Tandem has chosen another time; after that it is only in the daily figures on Home. Sales and leads are kept for 13 months."
          link={{ label: "Show all events", url: "/app/events" }}
        />
      </s-section>
    </s-page>
  );
}
