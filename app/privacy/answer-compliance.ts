import type { ShopDomain } from "../event-contract/event-id.ts";
import type { DataRequests } from "./data-requests.server.ts";
import type { ComplianceAnswer, ComplianceRequest, Counts, Customer } from "./types.ts";

export type ComplianceDeps = {
  readonly eraseCustomer: (shop: ShopDomain, customer: Customer) => Promise<Counts>;
  /** Stores the request; a worker assembles the file, so that the webhook is answered at once. */
  readonly openDataRequest: DataRequests["open"];
  /** Deletes everything of the shop, in every table. */
  readonly eraseShop: (shop: ShopDomain) => Promise<void>;
  /** Logs the request and the result, with IDs only. */
  readonly note: (
    event: "privacy.customer-redacted" | "privacy.data-requested" | "privacy.shop-erased",
    fields: Readonly<Record<string, string | number | null>>,
  ) => void;
};

/** Answers Shopify's compliance webhooks; repeating one changes nothing. */
export async function answerCompliance(
  shop: ShopDomain,
  request: ComplianceRequest,
  deps: ComplianceDeps,
): Promise<ComplianceAnswer> {
  switch (request.kind) {
    case "redact-customer": {
      const counts = await deps.eraseCustomer(shop, request);
      deps.note("privacy.customer-redacted", { shop, ...counts });
      return { kind: "customer-redacted", counts };
    }
    case "customer-data-request": {
      const { requestId, outcome } = await deps.openDataRequest(shop, request);
      deps.note("privacy.data-requested", { shop, requestId, outcome });
      return { kind: "data-requested", outcome };
    }
    case "redact-shop":
      await deps.eraseShop(shop);
      deps.note("privacy.shop-erased", { shop });
      return { kind: "shop-erased" };
  }
}
