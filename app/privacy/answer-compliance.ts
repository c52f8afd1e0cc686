import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { ComplianceAnswer, ComplianceRequest } from "./types.ts";

export type ComplianceDeps = {
  /** Takes the person out of the events of these orders; how many there were. */
  readonly forgetOrders: (shop: ShopDomain, orderIds: readonly OrderId[]) => Promise<number>;
  readonly countOrders: (shop: ShopDomain, orderIds: readonly OrderId[]) => Promise<number>;
  /** Everything of the shop, in every table. */
  readonly eraseShop: (shop: ShopDomain) => Promise<void>;
  /** Named facts with ids: what was asked and what was done is kept in the log, and nowhere else. */
  readonly note: (
    event: "privacy.customer-redacted" | "privacy.data-requested" | "privacy.shop-erased",
    fields: Readonly<Record<string, string | number | null | readonly string[]>>,
  ) => void;
};

/**
 * Answers Shopify's compliance webhooks; doing one twice changes nothing.
 *
 * A data request is noted, not answered with data: Tandem keeps a customer's identity only as hashes, which it cannot
 * turn back, and the merchant finds everything else on the Events page under the order's id.
 */
export async function answerCompliance(
  shop: ShopDomain,
  request: ComplianceRequest,
  deps: ComplianceDeps,
): Promise<ComplianceAnswer> {
  switch (request.kind) {
    case "redact-customer": {
      const events = await deps.forgetOrders(shop, request.orderIds);
      deps.note("privacy.customer-redacted", { shop, orderIds: request.orderIds, events });
      return { kind: "customer-redacted", events };
    }
    case "customer-data-request": {
      const { requestId, orderIds } = request;
      const events = await deps.countOrders(shop, orderIds);
      deps.note("privacy.data-requested", { shop, requestId, orderIds, events });
      return { kind: "data-noted", events };
    }
    case "redact-shop":
      await deps.eraseShop(shop);
      deps.note("privacy.shop-erased", { shop });
      return { kind: "shop-erased" };
  }
}
