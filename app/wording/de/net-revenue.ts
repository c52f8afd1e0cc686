import type { Translated } from "../catalogue.ts";

export const netRevenue = {
  title: "Nettoumsatz",
  "reason.costs-below-coverage": "Für zu wenige Artikel ist der Einkaufspreis bekannt.",
  "reason.sold-below-cost": "Die Artikel haben mehr gekostet, als sie eingebracht haben.",
  coverage: "Einkaufspreise sind für {percent, number} % der Ware bekannt.",
  "not-reported": "Nicht gemeldet. {reason} {coverage}",
  reported: "{amount}. {coverage}",
  choice: "Nettoumsatz melden (Gewinn nach Produktkosten)",
  "choice.help":
    "Sendet net_revenue mit der Serverseite jedes Purchase: den Wert abzüglich der Kosten pro Artikel in Shopify.",
  "smallest-coverage": "Kleinster Anteil einer Bestellung, dessen Kosten bekannt sein müssen",
  "smallest-coverage.unread":
    "Darunter wird eine Bestellung ohne net_revenue gesendet. Tandem liest die Kosten, wenn Ihre Produkte verkauft werden.",
  "smallest-coverage.known":
    "Darunter wird eine Bestellung ohne net_revenue gesendet. Von {variants, plural, one {# verkauften Variante} other {# verkauften Varianten}} {withCost, plural, one {hat #} other {haben #}} Kosten in Shopify.",
} as const satisfies Translated<"netRevenue">;
