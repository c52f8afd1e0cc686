import type { Translated } from "../catalogue.ts";

export const choices = {
  "purchase-trigger.paid": "Objednávka je zaplacená nebo autorizovaná (doporučeno)",
  "purchase-trigger.placed": "Objednávka je zadaná, zaplacená i nezaplacená",
  "purchase-trigger.fulfilled": "Objednávka je doručená, nebo vyřízená tam, kde dopravce doručení nehlásí",
  "purchase-trigger.tagged": "Objednávka dostane štítek, který si zvolíte",
  "value-basis.subtotal": "Položky po všech slevách, bez dopravy (doporučeno)",
  "value-basis.subtotal_without_tax": "Položky po všech slevách, bez dopravy a daně",
  "value-basis.total": "Celková částka objednávky, s dopravou a daní",
  "content-id.variant_id": "ID varianty, například 43729076",
  "content-id.product_id": "ID produktu, například 7234590",
  "content-id.sku": "SKU",
  "content-id.shopify_country_product_variant": "shopify_COUNTRY_PRODUCT_VARIANT (prodejní kanál Facebook & Instagram)",
  "storefront-mode.pixel": "Webový pixel Tandemu (funguje hned po instalaci)",
  "storefront-mode.embed": "Vložení aplikace v motivu, s vlastním skriptem Mety",
  "storefront-mode.lite": "Vložení aplikace v motivu, bez vlastního skriptu Mety",
  "gift-cards.count": "Počítat jako prodej, stejně jako všechno ostatní",
  "gift-cards.leave-out": "Nepočítat: jejich cenu vynechat",
  "rule-action.withhold": "Neodesílat",
  "rule-action.send": "Odesílat",
  "rule-match.channel": "Prodejní kanál",
  "rule-match.tag": "Štítek objednávky",
} as const satisfies Translated<"choices">;
