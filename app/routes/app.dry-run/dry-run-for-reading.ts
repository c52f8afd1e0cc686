import type { MetaEvent } from "../../event-contract/meta-event.ts";
import type { EventDryRun, OrderDryRun } from "../../dry-run/dry-run-order.ts";
import { UNSHOWN } from "../../wording/unshown.ts";

/** An event's dry run with its legs as text, ready to show. */
export type EventDryRunForReading = Pick<
  EventDryRun,
  "event" | "actionSource" | "state" | "reason" | "rule" | "netRevenue"
> & {
  readonly server: string | null;
  readonly browser: string | null;
};

export type OrderDryRunForReading = Pick<OrderDryRun, "kind" | "values"> & {
  readonly events: readonly EventDryRunForReading[];
};

/** Runs on the server, before the dry run is sent to the page. */
export const dryRunForReading = ({ kind, values, events }: OrderDryRun): OrderDryRunForReading => ({
  ...(kind !== undefined && { kind }),
  ...(values !== undefined && { values }),
  events: events.map(({ server, browser, ...event }) => ({
    ...event,
    server: server && serverLegAsText(server),
    browser: browser && inLines(browser),
  })),
});

/** One element of Graph's `data[]`, ready to show. */
export const serverLegAsText = (server: MetaEvent): string => inLines(withoutVisitor(server));

const inLines = (value: object): string => JSON.stringify(value, null, 2);

/** Keeps only hashes of personal data. IP address and user agent, which Meta requires in clear, are not shown. */
function withoutVisitor({ user_data: userData, ...event }: MetaEvent): object {
  return {
    ...event,
    user_data: {
      ...userData,
      ...(userData.client_ip_address !== undefined && { client_ip_address: UNSHOWN }),
      ...(userData.client_user_agent !== undefined && { client_user_agent: UNSHOWN }),
    },
  };
}
