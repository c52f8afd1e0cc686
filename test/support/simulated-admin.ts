import type { AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import { callShopify, exchangeToken, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

/** A simulated Shopify whose shop has installed the app, and whose webhooks never arrive. */
export async function aShopifyOfItsOwn(shop: string): Promise<ShopifySimulator> {
  const simulator = await startSampleShopify();
  simulator.install(shop);
  simulator.faults.drop = Number.MAX_SAFE_INTEGER;
  return simulator;
}

/** Sends Admin API requests to one shop without the app's HTTP client; returns Shopify's refusals by name. */
export async function adminOf(simulator: ShopifySimulator, shop: string): Promise<AdminGraphql> {
  const exchanged = await exchangeToken(simulator, shop, { now: new Date() });
  const headers = { "x-shopify-access-token": String(exchanged.body["access_token"]) };
  return async (query, variables) => {
    const { body } = await callShopify(
      simulator,
      shop,
      "/admin/api/2026-10/graphql.json",
      { query, variables },
      headers,
    );
    if (body["data"] !== undefined && body["errors"] === undefined) return { kind: "answered", data: body["data"] };
    const text = JSON.stringify(body);
    if (text.includes("THROTTLED")) return { kind: "unavailable", message: "throttled" };
    return { kind: "refused", status: 403, message: text };
  };
}
