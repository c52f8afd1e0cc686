import { z } from "zod";

// Admin GraphQL 2026-10: every document that publishes settings, followed by the shape of its answer.

export const SHOP_FACTS = `#graphql
  query TandemShopFacts {
    shop {
      name
      currencyCode
      ianaTimezone
      plan { publicDisplayName }
      shopAddress { countryCodeV2 }
    }
    currentAppInstallation { id }
  }`;

export const PUBLISH_METAFIELDS = `#graphql
  mutation TandemPublishMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code }
    }
  }`;

export const CREATE_WEB_PIXEL = `#graphql
  mutation TandemCreateWebPixel($webPixel: WebPixelInput!) {
    webPixelCreate(webPixel: $webPixel) {
      webPixel { id }
      userErrors { field message code }
    }
  }`;

export const UPDATE_WEB_PIXEL = `#graphql
  mutation TandemUpdateWebPixel($id: ID!, $webPixel: WebPixelInput!) {
    webPixelUpdate(id: $id, webPixel: $webPixel) {
      webPixel { id }
      userErrors { field message code }
    }
  }`;

/** This app's web pixel in the shop. If there is none, Shopify answers with an error instead of null. */
export const CURRENT_WEB_PIXEL = `#graphql
  query TandemCurrentWebPixel {
    webPixel { id }
  }`;

const UserErrors = z.array(z.object({ message: z.string(), code: z.string().nullish() }));
export type UserError = { readonly message: string; readonly code: string | null };

export type ShopFacts = {
  readonly installationId: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name, `Europe/Berlin`. */
  readonly timezone: string;
  readonly plan: string;
  /** ISO 3166-1 alpha-2; null if the shop has no address yet. */
  readonly country: string | null;
};

/** The answer of SHOP_FACTS. Throws if Shopify's answer does not match its documentation, which is a bug. */
export const shopFacts = (answer: unknown): ShopFacts => ShopFactsAnswer.parse(answer);

const ShopFactsAnswer = z
  .object({
    shop: z.object({
      name: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
      plan: z.object({ publicDisplayName: z.string() }),
      shopAddress: z.object({ countryCodeV2: z.string().nullable() }).nullish(),
    }),
    currentAppInstallation: z.object({ id: z.string() }),
  })
  .transform(({ shop, currentAppInstallation }) => ({
    installationId: currentAppInstallation.id,
    name: shop.name,
    currency: shop.currencyCode,
    timezone: shop.ianaTimezone,
    plan: shop.plan.publicDisplayName,
    country: shop.shopAddress?.countryCodeV2 ?? null,
  }));

/** The user errors of PUBLISH_METAFIELDS; empty on success. */
export const metafieldErrors = (answer: unknown): readonly UserError[] =>
  userErrors(z.object({ metafieldsSet: z.object({ userErrors: UserErrors }) }).parse(answer).metafieldsSet.userErrors);

export type WebPixelAnswer = { readonly id: string | null; readonly errors: readonly UserError[] };

/** The answer of CREATE_WEB_PIXEL or UPDATE_WEB_PIXEL. */
export function webPixelAnswer(answer: unknown): WebPixelAnswer {
  const { webPixelCreate, webPixelUpdate } = WebPixelChange.parse(answer);
  const payload = webPixelCreate ?? webPixelUpdate;
  return { id: payload?.webPixel?.id ?? null, errors: userErrors(payload?.userErrors ?? []) };
}

const WebPixelPayload = z.object({ webPixel: z.object({ id: z.string() }).nullish(), userErrors: UserErrors });
const WebPixelChange = z.object({
  webPixelCreate: WebPixelPayload.nullish(),
  webPixelUpdate: WebPixelPayload.nullish(),
});

/** The answer of CURRENT_WEB_PIXEL. */
export const currentWebPixel = (answer: unknown): string | null =>
  z.object({ webPixel: z.object({ id: z.string() }).nullish() }).parse(answer).webPixel?.id ?? null;

const userErrors = (errors: z.infer<typeof UserErrors>): readonly UserError[] =>
  errors.map(({ message, code }) => ({ message, code: code ?? null }));
