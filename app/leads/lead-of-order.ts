import type { UserData } from "../event-contract/meta-event.ts";
import type { Funnel } from "../settings/types.ts";
import type { LeadName, LeadState } from "./types.ts";

/**
 * What an order's buyer may be known by as a lead, the surest rule first: Shopify's customer ID is one person's, an email
 * address mostly, a phone number is often a household's.
 */
export const namesOfBuyer = ({ external_id = [], em = [], ph = [] }: UserData): readonly LeadName[] => [
  ...external_id.map((value) => ({ by: "customer", value }) as const),
  ...em.map((value) => ({ by: "email", value }) as const),
  ...ph.map((value) => ({ by: "phone", value }) as const),
];

export type OrderPlaced = { readonly userData: UserData; readonly at: Date };

/** The lead that an order ends, and the rule by which it was found. */
export type LeadOfOrder = { readonly lead: LeadName; readonly state: LeadState };

/**
 * The lead that the order ends: the newest that was sent before it and is open, of the surest rule that finds one.
 * Without an open one, the newest that was disqualified, so that the contradiction is listed. Null: the order is no lead's.
 */
export function leadOfOrder(
  candidates: readonly { readonly lead: LeadName; readonly states: readonly LeadState[] }[],
  order: OrderPlaced,
  { stages }: Funnel,
): LeadOfOrder | null {
  const won = new Set(stages.filter(({ kind }) => kind === "won").map(({ key }) => key));
  const unwon = candidates.flatMap(({ lead, states }) =>
    states
      .filter((state) => isBuyers(state, order) && !state.reached.some(({ stage }) => won.has(stage)))
      .map((state) => ({ lead, state })),
  );
  return unwon.find(({ state }) => !state.isDisqualified) ?? unwon[0] ?? null;
}

/** Two people may share an address or a phone: Shopify's customer ID decides where both have one. */
function isBuyers({ lead }: LeadState, { userData: { external_id: buyer = [] }, at }: OrderPlaced): boolean {
  const { external_id: sender = [] } = lead.userData;
  const isAnothers = buyer.length > 0 && sender.length > 0 && !sender.some((id) => buyer.includes(id));
  return !isAnothers && lead.happenedAt <= at;
}
