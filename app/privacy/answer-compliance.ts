import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { ComplianceAnswer, ComplianceRequest } from "./types.ts";

export type ComplianceDeps = {
  /** Removes the personal data from the events of these orders. Returns their number. */
  readonly forgetOrders: (shop: ShopDomain, orderIds: readonly OrderId[]) => Promise<number>;
  readonly countOrders: (shop: ShopDomain, orderIds: readonly OrderId[]) => Promise<number>;
  /** Deletes everything of the shop, in every table. */
  readonly eraseShop: (shop: ShopDomain) => Promise<void>;
  /** Logs the request and the result, with IDs only. They are kept nowhere else. */
  readonly note: (
    event: "privacy.customer-redacted" | "privacy.data-requested" | "privacy.shop-erased",
    fields: Readonly<Record<string, string | number | null | readonly string[]>>,
  ) => void;
};

/**
 * Answers Shopify's compliance webhooks; repeating one changes nothing.
 *
 * A data request is logged, not answered with data: Tandem stores a customer's identity only as hashes, which cannot be
 * reversed, and the Events page shows the merchant everything else under the order ID.
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
