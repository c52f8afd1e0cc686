import { expect, test } from "vitest";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { reconcileOrders, type ReconcileDeps } from "../../app/jobs/reconcile-orders.ts";
import type { ReconcileReport } from "../../app/ledger/types.ts";
import type { AdminAnswer, Unanswered } from "../../app/shopify/admin/admin-graphql.server.ts";
import { LIST_ORDERS } from "../../app/shopify/admin/admin-order-list.ts";

// A literal of the right form.
const SHOP = "tea.myshopify.com" as ShopDomain;
const NOW = new Date("2026-11-30T10:00:00Z");
const LIST: AdminAnswer = {
  kind: "answered",
  data: {
    orders: {
      nodes: [
        {
          id: "gid://shopify/Order/7001",
          createdAt: "2026-11-30T09:00:00Z",
          updatedAt: "2026-11-30T09:00:00Z",
          cancelledAt: null,
          displayFinancialStatus: "PAID",
          displayFulfillmentStatus: "UNFULFILLED",
          tags: [],
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: null },
    },
  },
};

const never = async (): Promise<never> => Promise.reject(new Error("not part of a comparison that stops"));

function deps(answers: (operation: string) => AdminAnswer) {
  const kept: ReconcileReport[] = [];
  const given: ReconcileDeps = {
    ...{ state: async () => null, advance: async () => undefined, inLedger: async () => new Map() },
    ...{ inQuarantine: async () => new Set(), profile: async () => null, pause: async () => undefined },
    ...{ add: never, sentData: never, knownPurchase: never, lookAgain: never, closeLead: never, wake: () => undefined },
    now: () => NOW,
    installedAt: async () => new Date("2026-11-01T00:00:00Z"),
    admin: async () => async (operation) => answers(operation),
    finish: async (_, report) => void kept.push(report),
  };
  return { given, kept };
}

test.each<[Unanswered, string]>([
  [{ kind: "refused", status: 200, message: "Access denied for orders." }, "refused: Access denied for orders."],
  [{ kind: "refused", status: 200, message: "" }, "refused"],
  [{ kind: "refused", status: 401, message: "Shopify refused the request (401)." }, "request-refused: 401"],
  [{ kind: "refused", status: 403, message: "Shopify forbids this request (403)." }, "forbidden"],
  [{ kind: "unavailable", message: "Shopify cannot be reached: ECONNREFUSED" }, "unavailable"],
])(
  "%j, of the list or of one order, is kept as a code, and the sentence is the operator's",
  async (answer, problem) => {
    for (const list of [answer, LIST]) {
      const { given, kept } = deps((operation) => (operation === LIST_ORDERS ? list : answer));
      expect(await reconcileOrders(SHOP, given, { graceMs: 0 })).toMatchObject({ problem, message: answer.message });
      expect(kept).toMatchObject([{ problem }]);
      expect(kept[0]).not.toHaveProperty("message");
    }
  },
);
