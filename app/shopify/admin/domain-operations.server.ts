import { z } from "zod";

// Admin GraphQL 2026-10 deprecates `domains` for `domainsPaginated`, which that version does not have yet.
export const SHOP_DOMAINS = `#graphql
  query TandemShopDomains {
    shop {
      myshopifyDomain
      primaryDomain { host }
      domains { host }
    }
  }`;

const Domain = z.object({ host: z.string() });
const Answer = z.object({
  shop: z.object({ myshopifyDomain: z.string(), primaryDomain: Domain, domains: z.array(Domain) }),
});

/** Every host of the shop's pages; null if Shopify's answer does not match its documentation. */
export function shopHosts(answer: unknown): readonly string[] | null {
  const { data } = Answer.safeParse(answer);
  if (data === undefined) return null;
  const { myshopifyDomain, primaryDomain, domains } = data.shop;
  return [...new Set([myshopifyDomain, primaryDomain.host, ...domains.map(({ host }) => host)])];
}
