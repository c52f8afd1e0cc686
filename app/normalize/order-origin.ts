import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
import type { Order } from "../intake/types.ts";

const BY_SOURCE: Readonly<Record<string, ActionSource>> = {
  web: "website",
  checkout_next: "website",
  pos: "physical_store",
};

/**
 * Where the sale happened, as Meta's `action_source`. Only `website` may carry a browser's data: drafts and orders made
 * in the admin or by an app hold the staff's or a server's address and user agent. A channel's order (an app's number as
 * its source) is a website's only where a visit left its mark: a landing page, or Tandem's own cart attributes.
 */
export function actionSourceOf(order: Pick<Order, "source" | "landingSite" | "attributes">): ActionSource {
  const source = order.source ?? "";
  const known = Object.hasOwn(BY_SOURCE, source) ? BY_SOURCE[source] : undefined;
  if (known) return known;
  // Renewals; older names of the source go on after it.
  if (source.startsWith("subscription_contract")) return "system_generated";
  return /^\d+$/.test(source) && wasVisit(order) ? "website" : "other";
}

const wasVisit = ({ landingSite, attributes }: Pick<Order, "landingSite" | "attributes">): boolean =>
  landingSite !== null || Object.values(CART_ATTRIBUTES).some((name) => Object.hasOwn(attributes, name));
