import type { Translated } from "../catalogue.ts";

export const choices = {
  "purchase-trigger.paid": "Die Bestellung ist bezahlt oder autorisiert (empfohlen)",
  "purchase-trigger.placed": "Die Bestellung ist aufgegeben, bezahlt oder nicht",
  "purchase-trigger.fulfilled":
    "Die Bestellung ist zugestellt, oder ausgeführt, falls kein Versanddienst die Zustellung meldet",
  "purchase-trigger.tagged": "Die Bestellung erhält einen Tag, den Sie wählen",
  "value-basis.subtotal": "Artikel nach allen Rabatten, ohne Versand (empfohlen)",
  "value-basis.subtotal_without_tax": "Artikel nach allen Rabatten, ohne Versand und Steuern",
  "value-basis.total": "Gesamtbetrag der Bestellung, mit Versand und Steuern",
  "content-id.variant_id": "Varianten-ID, zum Beispiel 43729076",
  "content-id.product_id": "Produkt-ID, zum Beispiel 7234590",
  "content-id.sku": "SKU",
  "content-id.shopify_country_product_variant": "shopify_COUNTRY_PRODUCT_VARIANT (Vertriebskanal Facebook & Instagram)",
  "storefront-mode.pixel": "Tandems Web-Pixel (funktioniert sofort nach der Installation)",
  "storefront-mode.embed": "Die App-Einbettung im Theme, mit Metas eigenem Skript",
  "storefront-mode.lite": "Die App-Einbettung im Theme, ohne Metas eigenes Skript",
  "gift-cards.count": "Als Verkäufe zählen, wie alles andere",
  "gift-cards.leave-out": "Nicht zählen: ihren Preis auslassen",
  "rule-action.withhold": "Nicht senden",
  "rule-action.send": "Senden",
  "rule-match.channel": "Vertriebskanal",
  "rule-match.tag": "Bestellungs-Tag",
} as const satisfies Translated<"choices">;
