import { acceptedLocales, type Reader, readerOf } from "../../wording/languages.ts";

/**
 * Who reads a page: Shopify puts the merchant's locale into the address of an embedded app (shopify.dev, "Admin
 * localization", 2026-11). A page outside the admin, such as the login, has the browser's wishes only.
 */
export const readerOfRequest = (request: Request): Reader =>
  readerOf([
    new URL(request.url).searchParams.get("locale"),
    ...acceptedLocales(request.headers.get("accept-language")),
  ]);
