import type { SettingDifference } from "../settings/setting-differences.ts";
import type { Settings } from "../settings/types.ts";

/** What a rehearsal leaves out, because no recorded order tells about it. */
export const LIMITS = ["storefront", "leads", "upsells", "net-revenue", "other"] as const;

export type Limit = (typeof LIMITS)[number];

/** Changed settings that something left out depends on as well. */
export type Unrehearsed = { readonly limit: Limit; readonly settings: readonly string[] };

const OF_STOREFRONT =
  /^(?:storefrontMode|contentId|noAnswer|mapping\.rules\.(?:PageView|View|Search|AddTo|InitiateCheckout|AddPaymentInfo).*)$/;
const OF_LEADS = /^(?:forms|noAnswer|funnel\..*|mapping\.rules\.(?:Lead|LeadStage|Contact|CompleteRegistration)\..*)$/;
const OF_UPSELLS = /^(?:valueBasis|contentId|giftCards|rules|noAnswer|purchaseTrigger)$/;
const OF_NET_REVENUE = /^(?:valueBasis|giftCards)$/;
const OF_THE_REST = /^(?:contextWaitSeconds|customerSegmentation|predictedOrders|mapping\.primary)$/;

/** The limits that a change of settings touches. */
export function unrehearsedOf(
  differences: readonly SettingDifference[],
  { orders }: Pick<Settings, "orders">,
): readonly Unrehearsed[] {
  const depends: Readonly<Record<Limit, (field: string) => boolean>> = {
    storefront: (field) => OF_STOREFRONT.test(field),
    leads: (field) => OF_LEADS.test(field),
    upsells: (field) =>
      /^(?:upsellEvent|mapping\.rules\.UpsellPurchase\..*)$/.test(field) ||
      (orders?.upsellEvent === true && OF_UPSELLS.test(field)),
    "net-revenue": (field) =>
      /^netRevenue(?:Coverage)?$/.test(field) || (orders?.netRevenue === true && OF_NET_REVENUE.test(field)),
    other: (field) => OF_THE_REST.test(field),
  };
  const fields = differences.map(({ field }) => field);
  return LIMITS.map((limit) => ({ limit, settings: fields.filter(depends[limit]) })).filter(
    ({ settings }) => settings.length > 0,
  );
}
