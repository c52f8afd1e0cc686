import { z } from "zod";
import { type OrderId, orderId, shopifyId } from "../../event-contract/event-id.ts";
import { parsedPayload } from "./parsed-payload.ts";
import type { AppTopic, Parsed } from "../types.ts";

/**
 * Shopify's requests to the app itself. The shop comes from the verified header, because the payload's own may be
 * empty. Order IDs are digits, as everywhere.
 */
export type AppRequest =
  | {
      readonly kind: "redact-customer";
      readonly customerId: string | null;
      readonly email: string | null;
      readonly phone: string | null;
      readonly orderIds: readonly OrderId[];
    }
  | {
      readonly kind: "customer-data-request";
      readonly requestId: string | null;
      readonly customerId: string | null;
      readonly email: string | null;
      readonly phone: string | null;
      readonly orderIds: readonly OrderId[];
    }
  | { readonly kind: "redact-shop" }
  | { readonly kind: "uninstalled" }
  | { readonly kind: "scopes-updated"; readonly previous: readonly string[]; readonly current: readonly string[] };

export const APP_TOPICS = [
  "customers/redact",
  "customers/data_request",
  "shop/redact",
  "app/uninstalled",
  "app/scopes_update",
] as const satisfies readonly AppTopic[];
export const isAppTopic = (topic: string): topic is AppTopic => (APP_TOPICS as readonly string[]).includes(topic);

const id = z.union([z.number(), z.string()]).nullish();
const customer = z.object({ id, email: z.string().nullish(), phone: z.string().nullish() }).nullish();
const customerRedact = z.object({ customer, orders_to_redact: z.array(id).nullish() });
const dataRequest = z.object({
  customer,
  orders_requested: z.array(id).nullish(),
  data_request: z.object({ id }).nullish(),
});
const scopesUpdate = z.object({ previous: z.array(z.string()), current: z.array(z.string()) });
const anyObject = z.object({});

/** A compliance or app webhook's body (shopify.dev, 2026-07). */
export function parseAppRequest(topic: AppTopic, body: string): Parsed<AppRequest> {
  switch (topic) {
    case "customers/redact":
      return mapped(parsedPayload(body, customerRedact, "not-an-app-request"), (payload) => ({
        kind: "redact-customer",
        ...whoIs(payload.customer),
        orderIds: orderIds(payload.orders_to_redact),
      }));
    case "customers/data_request":
      return mapped(parsedPayload(body, dataRequest, "not-an-app-request"), (payload) => ({
        kind: "customer-data-request",
        requestId: shopifyId(payload.data_request?.id),
        ...whoIs(payload.customer),
        orderIds: orderIds(payload.orders_requested),
      }));
    case "shop/redact":
      return mapped(parsedPayload(body, anyObject, "not-an-app-request"), () => ({ kind: "redact-shop" }));
    case "app/uninstalled":
      return mapped(parsedPayload(body, anyObject, "not-an-app-request"), () => ({ kind: "uninstalled" }));
    case "app/scopes_update":
      return mapped(parsedPayload(body, scopesUpdate, "not-an-app-request"), ({ previous, current }) => ({
        kind: "scopes-updated",
        previous,
        current,
      }));
  }
}

const mapped = <T>(payload: Parsed<T>, to: (value: T) => AppRequest): Parsed<AppRequest> =>
  payload.ok ? { ok: true, value: to(payload.value) } : payload;

const whoIs = (who: z.infer<typeof customer>) => ({
  customerId: shopifyId(who?.id),
  email: who?.email || null,
  phone: who?.phone || null,
});

const orderIds = (ids: readonly z.infer<typeof id>[] | null | undefined): readonly OrderId[] =>
  (ids ?? []).map(orderId).filter((order) => order !== null);
