import type { Translated } from "../catalogue.ts";

export const netRevenue = {
  title: "Čistý výnos",
  "reason.costs-below-coverage": "Náklady jsou známé u příliš malé části položek.",
  "reason.sold-below-cost": "Položky stály víc, než za kolik se prodaly.",
  coverage: "Náklady jsou známé pro {percent, number} % zboží.",
  "not-reported": "Nehlásí se. {reason} {coverage}",
  reported: "{amount}. {coverage}",
} as const satisfies Translated<"netRevenue">;
