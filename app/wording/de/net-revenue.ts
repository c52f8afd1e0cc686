import type { Translated } from "../catalogue.ts";

export const netRevenue = {
  title: "Nettoumsatz",
  "reason.costs-below-coverage": "Für zu wenige Artikel ist der Einkaufspreis bekannt.",
  "reason.sold-below-cost": "Die Artikel haben mehr gekostet, als sie eingebracht haben.",
  coverage: "Einkaufspreise sind für {percent, number} % der Ware bekannt.",
  "not-reported": "Nicht gemeldet. {reason} {coverage}",
  reported: "{amount}. {coverage}",
} as const satisfies Translated<"netRevenue">;
