import { may } from "../access/roles.ts";
import { withoutPerson } from "../event-contract/meta-event.ts";
import { type DecidedNow, type EventNow, type OrderNow, orderNow, type OrderNowDeps } from "../pipeline/order-now.ts";
import { sendAgain } from "../pipeline/send-again.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";

/** What an order would send now, and sending it again. Both read from Shopify while the page waits, not its request. */
export function orderNowPorts(app: OpenApp, { by, role }: PortsUser): Pick<AdminPorts, "orderNow" | "sendAgain"> {
  const { access, events, followed, queue } = app;
  const deps = orderNowDeps(app);
  const shown = may(role, "see-customers") ? asItIs : withoutCustomer;
  return {
    orderNow: async (shop, orderId) => {
      const work = await followed.follow(`order-now ${shop} ${orderId}`, () => orderNow(shop, orderId, deps));
      if (work.state === "running") return work;
      access.seen.note(shop, by, { kind: "dry-run", subject: { kind: "order", name: orderId } });
      return { state: "done", result: forPage(work.result, shown) };
    },
    sendAgain: (shop, { orderId, eventName, eventId }) =>
      followed.follow(`send-again ${by} ${shop} ${orderId} ${eventName} ${eventId}`, () =>
        sendAgain(
          { shop, orderId, eventName, eventId, by },
          { ...deps, sendAgain: events.sendAgain, wake: queue.wake },
        ),
      ),
  };
}

const orderNowDeps = ({
  profile,
  connection,
  events,
  policies,
  saleOptOuts,
  costsOfSold,
  now,
}: OpenApp): OrderNowDeps => ({
  profile,
  admin: connection.offlineAdmin,
  recorded: events.recorded,
  knownPurchase: events.knownPurchase,
  consentPolicy: policies.policyOf,
  optOuts: saleOptOuts,
  unitCosts: costsOfSold,
  now,
});

type Server = EventNow["server"];

const asItIs = (server: Server): Server => server;

const withoutCustomer = (server: Server): Server => server && withoutPerson(server);

/** Without what only the pipeline needs. */
const forPage = (answer: OrderNow<DecidedNow>, shown: (server: Server) => Server): OrderNow =>
  answer.kind !== "decided"
    ? answer
    : {
        kind: "decided",
        events: answer.events.map(({ event: _made, recorded: _row, decision: _decision, ...now }) => ({
          ...now,
          server: shown(now.server),
        })),
      };
