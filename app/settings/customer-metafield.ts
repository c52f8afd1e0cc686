/** Names one of a customer's metafields, as the Shopify admin shows it: `custom.lead_stage`. */
export type MetafieldName = { readonly namespace: string; readonly key: string };

// shopify.dev, metafield limits: namespaces of 3 to 255 characters and keys of 2 to 64, of letters, digits, hyphens and
// underscores. One that begins with a hyphen would read as a negation in the filter of a subscription.
const FORM = /^(\w[\w-]{2,254})\.(\w[\w-]{1,63})$/;

export const LONGEST_METAFIELD = 320;

/** Null: there is no metafield of this name. */
export function metafieldNamed(text: string | null | undefined): MetafieldName | null {
  const [, namespace, key] = FORM.exec(text ?? "") ?? [];
  return namespace === undefined || key === undefined ? null : { namespace, key };
}
