import { z } from "zod";

const ADDRESS = "firstName lastName phone city zip province provinceCode countryCodeV2";
const PAID = "{ presentmentMoney { amount currencyCode } }";

/** One page of 50 lines costs about 450 of the 1,000 points allowed per query. */
export const READ_ORDER = `#graphql
  query TandemReadOrder($id: ID!, $after: String) {
    order(id: $id) {
      id name createdAt processedAt updatedAt cancelledAt test sourceName displayFinancialStatus tags
      displayFulfillmentStatus
      fulfillments(first: 20) { status displayStatus createdAt updatedAt deliveredAt trackingInfo(first: 1) { number } }
      currencyCode presentmentCurrencyCode checkoutToken clientIp email phone
      totalPriceSet { presentmentMoney { amount currencyCode } shopMoney { amount } }
      totalTaxSet ${PAID}
      currentSubtotalPriceSet ${PAID}
      currentTotalPriceSet ${PAID}
      currentTotalTaxSet ${PAID}
      currentShippingPriceSet ${PAID}
      paymentGatewayNames
      transactions(first: 10) { kind status processedAt }
      totalTipReceivedSet ${PAID}
      customAttributes { key value }
      purchasingEntity { __typename }
      customerJourneySummary { lastVisit { landingPage referrerUrl } }
      customer { id email phone firstName lastName defaultAddress { ${ADDRESS} } }
      billingAddress { ${ADDRESS} }
      shippingAddress { ${ADDRESS} }
      shippingLines(first: 10) {
        nodes {
          isRemoved
          originalPriceSet ${PAID}
          discountedPriceSet ${PAID}
          discountAllocations { allocatedAmountSet ${PAID} }
        }
      }
      lineItems(first: 50, after: $after) {
        nodes {
          id quantity currentQuantity sku isGiftCard requiresShipping
          originalUnitPriceSet ${PAID}
          discountAllocations { allocatedAmountSet ${PAID} }
          product { id }
          variant { id }
          sellingPlan { name }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const text = z.string().nullable();
const bag = z.object({ presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }) });
const allocations = z.array(z.object({ allocatedAmountSet: bag }));
const address = z
  .object({
    firstName: text,
    lastName: text,
    phone: text,
    city: text,
    zip: text,
    province: text,
    provinceCode: text,
    countryCodeV2: text,
  })
  .nullable();
const line = z.object({
  id: z.string(),
  quantity: z.number(),
  currentQuantity: z.number(),
  sku: text,
  isGiftCard: z.boolean(),
  requiresShipping: z.boolean(),
  originalUnitPriceSet: bag,
  discountAllocations: allocations,
  product: z.object({ id: z.string() }).nullable(),
  variant: z.object({ id: z.string() }).nullable(),
  sellingPlan: z.object({ name: z.string() }).nullable(),
});

const AdminOrder = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: text,
  test: z.boolean(),
  sourceName: text,
  displayFinancialStatus: text,
  displayFulfillmentStatus: z.string(),
  fulfillments: z.array(
    z.object({
      status: z.string(),
      displayStatus: text,
      createdAt: z.string(),
      updatedAt: z.string(),
      deliveredAt: text,
      trackingInfo: z.array(z.object({ number: text })),
    }),
  ),
  tags: z.array(z.string()),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  checkoutToken: text,
  clientIp: text,
  email: text,
  phone: text,
  totalPriceSet: bag.extend({ shopMoney: z.object({ amount: z.string() }) }),
  totalTaxSet: bag.nullable(),
  currentSubtotalPriceSet: bag,
  currentTotalPriceSet: bag,
  currentTotalTaxSet: bag,
  currentShippingPriceSet: bag,
  paymentGatewayNames: z.array(z.string()),
  transactions: z.array(z.object({ kind: z.string(), status: z.string(), processedAt: text })),
  totalTipReceivedSet: bag,
  purchasingEntity: z.object({ __typename: z.string() }).nullable(),
  customAttributes: z.array(z.object({ key: z.string(), value: text })),
  customerJourneySummary: z
    .object({ lastVisit: z.object({ landingPage: text, referrerUrl: text }).nullable() })
    .nullable(),
  customer: z
    .object({
      id: z.string(),
      email: text,
      phone: text,
      firstName: text,
      lastName: text,
      defaultAddress: address,
    })
    .nullable(),
  billingAddress: address,
  shippingAddress: address,
  shippingLines: z.object({
    nodes: z.array(
      z.object({
        isRemoved: z.boolean(),
        originalPriceSet: bag,
        discountedPriceSet: bag,
        discountAllocations: allocations,
      }),
    ),
  }),
  lineItems: z.object({
    nodes: z.array(line),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

export type AdminOrder = z.infer<typeof AdminOrder>;
export type AdminLine = z.infer<typeof line>;
export type AdminAddress = z.infer<typeof address>;
export type AdminAllocation = z.infer<typeof allocations>[number];
export type Bag = z.infer<typeof bag>;

export type OrderPage = { readonly order: AdminOrder; readonly nextCursor: string | null };

/** The answer of READ_ORDER; null if the shop no longer has the order. */
export function orderPage(answer: unknown): OrderPage | null {
  const { order } = z.object({ order: AdminOrder.nullable() }).parse(answer);
  if (order === null) return null;
  const { hasNextPage, endCursor } = order.lineItems.pageInfo;
  return { order, nextCursor: hasNextPage ? endCursor : null };
}
