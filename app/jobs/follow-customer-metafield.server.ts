import { isDeepStrictEqual } from "node:util";
import { metafieldNamed } from "../settings/customer-metafield.ts";
import { funnelOf } from "../settings/funnel.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import {
  CHANGE_SUBSCRIPTION,
  CUSTOMER_SUBSCRIPTIONS,
  END_SUBSCRIPTION,
  knownSubscriptions,
  SUBSCRIBE_TO_CUSTOMERS,
  type Subscription,
  subscriptionErrors,
  subscriptionTo,
} from "../shopify/admin/subscription-operations.server.ts";
import { adminAnswer, Refusal } from "./asking-shopify.ts";

type Where = { readonly admin: AdminGraphql; readonly appUrl: string };

/**
 * Makes Shopify send the customers' metafield that the funnel names, and nothing of customers where it names none. What
 * there is already is read from Shopify each time: it deletes subscriptions with the installation, and after a long
 * outage of the app. Throws a Refusal.
 */
export async function followCustomerMetafield(profile: Pick<ShopProfile, "settings">, where: Where): Promise<void> {
  const wanted = wantedOf(profile, where);
  const [first, ...more] = await knownTo(where);
  for (const { id } of more) await mustHold(where, END_SUBSCRIPTION, { id });
  if (first === undefined) return wanted === null ? undefined : begin(wanted, where);
  if (wanted === null) return mustHold(where, END_SUBSCRIPTION, { id: first.id });
  if (isDeepStrictEqual(first.says, wanted)) return;
  await mustHold(where, CHANGE_SUBSCRIPTION, { id: first.id, subscription: wanted });
}

async function begin(wanted: Subscription, where: Where): Promise<void> {
  const errors = await errorsOf(where, SUBSCRIBE_TO_CUSTOMERS, { subscription: wanted });
  // Another publication may have been quicker, whose subscription takes the address.
  const isThere = errors.length > 0 && (await knownTo(where)).some(({ says }) => isDeepStrictEqual(says, wanted));
  if (!isThere) refuseFor(errors);
}

/** Whether the shop's funnel names a metafield, so that there is a subscription to look after. */
export const followsMetafield = ({ settings }: Pick<ShopProfile, "settings">): boolean =>
  metafieldNamed(funnelOf(settings).customerMetafield) !== null;

function wantedOf({ settings }: Pick<ShopProfile, "settings">, { appUrl }: Where): Subscription | null {
  const metafield = metafieldNamed(funnelOf(settings).customerMetafield);
  return metafield && subscriptionTo(metafield, new URL("/webhooks/app", appUrl).href);
}

const knownTo = async ({ admin }: Where) => knownSubscriptions(await adminAnswer(admin, CUSTOMER_SUBSCRIPTIONS));

const errorsOf = async ({ admin }: Where, mutation: string, variables: Record<string, unknown>) =>
  subscriptionErrors(await adminAnswer(admin, mutation, variables));

const mustHold = async (...[where, mutation, variables]: Parameters<typeof errorsOf>): Promise<void> =>
  refuseFor(await errorsOf(where, mutation, variables));

function refuseFor(errors: readonly string[]): void {
  if (errors.length === 0) return;
  throw new Refusal({ code: "metafield", said: errors.join(" ") });
}
