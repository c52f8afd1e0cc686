import { withoutPerson } from "../event-contract/meta-event.ts";
import type { EventDetail } from "../ledger/types.ts";

/**
 * The event without what is a customer's: the match keys, the page addresses, and what they typed into a search. It is
 * for people who may not see customers.
 */
export function withoutCustomer(event: EventDetail): EventDetail {
  const server = withoutPerson(event.server);
  return {
    ...event,
    server: { ...server, custom_data: withoutSearch(server.custom_data) },
    browser: event.browser && { ...event.browser, data: withoutSearch(event.browser.data) },
  };
}

const withoutSearch = ({
  search_string: _typed,
  ...data
}: EventDetail["server"]["custom_data"]): EventDetail["server"]["custom_data"] => data;
