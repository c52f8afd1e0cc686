import type { Translated } from "../catalogue.ts";

export const costs = {
  "no-access": "Shopify nedalo Tandemu přístup k obchodu. Otevřete aplikaci znovu z administrace obchodu.",
  "no-scope": "Shopify nedovoluje Tandemu číst, kolik vaše produkty stojí: povolte aplikaci zobrazovat produkty.",
  refused: "Shopify odmítá ukázat náklady vašich produktů a uvádí: „{said}“",
  "refused-silently": "Shopify odmítá ukázat náklady vašich produktů a neuvádí proč.",
  forbidden:
    "Shopify nedovoluje Tandemu číst náklady vašich produktů: aplikaci chybí oprávnění, nebo její server není na seznamu povolených adres. Zeptejte se toho, kdo Tandem provozuje.",
  "request-refused":
    "Shopify odmítá požadavek Tandemu na náklady (odpověď {said}). Otevřete aplikaci znovu z administrace obchodu; pokud to nepomůže, zeptejte se toho, kdo Tandem provozuje.",
  unavailable: "Shopify právě neodpovídá. Tandem načte náklady znovu do hodiny.",
} as const satisfies Translated<"costs">;
