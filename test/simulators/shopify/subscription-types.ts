/** A metafield of a customer, with the number that REST and webhooks call its ID. */
export type CustomerMetafield = {
  readonly id: number;
  readonly namespace: string;
  readonly key: string;
  readonly value: string;
  readonly updatedAt: string;
};

/** A subscription that the app made for this shop alone, by the Admin API. */
export type ShopSubscription = {
  readonly id: string;
  /** As the Admin API names it: CUSTOMERS_UPDATE. */
  readonly topic: string;
  readonly uri: string;
  readonly filter: string | null;
  readonly includeFields: readonly string[];
  readonly metafields: readonly { readonly namespace: string; readonly key: string }[];
  readonly createdAt: string;
  readonly updatedAt: string;
};
