// The 30 countries of the European Economic Area, the United Kingdom and Switzerland: Shopify's own default list
// (help.shopify.com, customer privacy, 2026-07). It applies until the shop's own policy has been read (`consentPolicy`,
// Admin API), and to regions that the policy does not cover.
const OPT_IN_COUNTRIES: ReadonlySet<string> = new Set([
  ..."AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
  ..."IS LI NO".split(" "),
  "GB",
  "CH",
]);

/** Whether marketing requires the visitor's prior consent in `DE`, or in `US-CA` (whose country counts). */
export const requiresConsent = (region: string): boolean => OPT_IN_COUNTRIES.has(region.slice(0, 2).toUpperCase());
