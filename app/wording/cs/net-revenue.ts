import type { Translated } from "../catalogue.ts";

export const netRevenue = {
  title: "Čistý výnos",
  "reason.costs-below-coverage": "Náklady jsou známé u příliš malé části položek.",
  "reason.sold-below-cost": "Položky stály víc, než za kolik se prodaly.",
  coverage: "Náklady jsou známé pro {percent, number} % zboží.",
  "not-reported": "Nehlásí se. {reason} {coverage}",
  reported: "{amount}. {coverage}",
  choice: "Hlásit čistý výnos (zisk po nákladech na produkty)",
  "choice.help":
    "Odesílá net_revenue se serverovou stranou každého Purchase: hodnotu bez nákladů na položku uvedených v Shopify.",
  "smallest-coverage": "Nejmenší podíl objednávky, u kterého musí být náklady známé",
  "smallest-coverage.unread":
    "Pod ním se objednávka odešle bez net_revenue. Tandem čte náklady, jak se vaše produkty prodávají.",
  "smallest-coverage.known":
    "Pod ním se objednávka odešle bez net_revenue. {variants, plural, one {Prodala se # varianta} few {Prodaly se # varianty} many {Prodalo se # varianty} other {Prodalo se # variant}}, náklady v Shopify {withCost, plural, one {má #} few {mají #} many {má #} other {má #}}.",
} as const satisfies Translated<"netRevenue">;
