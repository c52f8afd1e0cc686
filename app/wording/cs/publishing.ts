import type { Translated } from "../catalogue.ts";

export const publishing = {
  "no-web-pixel":
    "Tato aplikace zatím nemá v Shopify webový pixel. Provozovatel Tandemu ji musí jednou nasadit (shopify app deploy).",
  "web-pixel-unnamed": "Shopify webový pixel přijal, ale neuvedl jeho ID.",
  metafield: "Shopify neposílá metapole zákazníků, které vaše fáze uvádějí, a uvádí: „{said}“",
  refused: "Shopify je odmítá a uvádí: „{said}“",
  "refused-silently": "Shopify je odmítá a neuvádí proč.",
  forbidden:
    "Shopify nedovoluje Tandemu je uložit: aplikaci chybí oprávnění, nebo její server není na seznamu povolených adres. Zeptejte se provozovatele Tandemu.",
  "request-refused":
    "Shopify odmítá požadavek Tandemu (odpověď {said}). Otevřete aplikaci znovu z administrace obchodu; pokud to nepomůže, zeptejte se provozovatele Tandemu.",
  unavailable: "Shopify momentálně neodpovídá. Tandem to zkouší každou minutu znovu.",
  earlier: "Shopify je nepřijal: „{said}“",
} as const satisfies Translated<"publishing">;
